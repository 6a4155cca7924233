package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnUnitsTest {
  private static final ColumnUnits WARM = ColumnUnits.of(Map.of("warmth", "C", "depth", "m"));

  @Test
  void unitedWith_otherUnitOfAColumn_saysThatItHasNone() {
    ColumnUnits united = WARM.unitedWith(ColumnUnits.of(Map.of("WARMTH", "F", "depth", "m")));

    assertThat(united).isEqualTo(ColumnUnits.of(Map.of("warmth", "", "depth", "m")));
  }

  @Test
  void replacedBy_laterNotes_theyCount() {
    ColumnUnits later = WARM.replacedBy(ColumnUnits.of(Map.of("warmth", "K", "air", "bar")));

    assertThat(later.toText()).isEqualTo("{\"air\":\"bar\",\"depth\":\"m\",\"warmth\":\"K\"}");
  }

  @Test
  void noteOn_columns_onlyThoseThatAreNotedChange() {
    List<RelationColumn> columns =
        WARM.noteOn(
            List.of(new RelationColumn("Warmth", "DOUBLE"), new RelationColumn("a.b", "DOUBLE")));

    assertThat(columns).extracting(RelationColumn::unit).containsExactly("C", "b");
    assertThat(ColumnUnits.notedOn(columns)).isEqualTo(ColumnUnits.of(Map.of("warmth", "C")));
    assertThat(columns.getFirst().withUnit("").unit()).isEmpty();
  }

  @Test
  void unit_ofACount_isNone() {
    assertThat(new RelationColumn("T.C.count", "BIGINT").unit()).isEmpty();
    assertThat(new RelationColumn("T.C.avg", "DOUBLE").unit()).isEqualTo("C");
  }
}
