package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNameTest {

  @ParameterizedTest
  @CsvSource({
    "timestamp,'',timestamp,'',''",
    "Temperature.C,'',Temperature,C,''",
    "Temperature.C.avg,'',Temperature,C,avg",
    "Vulink.Temperature.C,Vulink,Temperature,C,''",
    "Silver.AT500.Specific Conductivity.µS/cm.time_weighted_avg,Silver.AT500,Specific"
        + " Conductivity,µS/cm,time_weighted_avg",
    "avg,'',avg,'',''",
    "timestamp.count,'',timestamp,'',count",
    "DO.AVG,'',DO,AVG,''",
    "a..b,a,'',b,''",
    ".,'','','',''",
    "'','','','',''",
    "min.max,'',min,'',max",
    "DO (mg/L),'',DO,mg/L,''",
    "Surface.DO (mg/L).avg,Surface,DO,mg/L,avg",
    "AT500.% Saturation O₂ (% sat),AT500,% Saturation O₂,% sat,''"
  })
  void parse_anyName_readsFromTheRight(
      String text, String instrument, String name, String unit, String agg) {
    assertThat(ColumnName.parse(text)).isEqualTo(new ColumnName(instrument, name, unit, agg));
  }

  @ParameterizedTest
  @CsvSource({
    "Baro.in. Hg,in. Hg,'',Baro,''",
    "Dock.Baro.in. Hg.avg,in. Hg,Dock,Baro,avg",
    "Dock.DO (mg/L).max,mg/L,Dock,DO,max",
    "Dock.warmth,C,Dock,warmth,''",
    "Dock.pH,'',Dock,pH,''",
    "C,C,'',C,''",
    ".C,C,'',C,''",
    "warmth.count,C,'',warmth,count"
  })
  void parse_unitIsNoted_isToldFromTheName(
      String text, String unit, String instrument, String name, String agg) {
    assertThat(ColumnName.parse(text, unit)).isEqualTo(new ColumnName(instrument, name, unit, agg));
  }
}
