package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0, 1, true",
    "0, 10, 10, 11, true",
    "0, 10, 11, 12, false",
    "5, 10, 0, 5, false",
    "5, 10, 0, 6, true",
    "0, 10, 5, 5, false"
  })
  void bounds_meetRange_halfOpen(long min, long max, long from, long to, boolean expected) {
    assertThat(new EventBounds(min, max).meets(new TimeRange(from, to))).isEqualTo(expected);
  }

  @Test
  void bounds_atInfinity_meetUnboundedRange() {
    EventBounds infinity = new EventBounds(Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(infinity.meets(TimeRange.ALL)).isTrue();
    assertThat(infinity.meets(new TimeRange(0, 10))).isFalse();
  }

  @Test
  void bounds_union_holdsBoth() {
    assertThat(new EventBounds(1, 5).union(new EventBounds(-3, 2)))
        .isEqualTo(new EventBounds(-3, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventBounds(2, 1))
        .withMessage("min 2 is after max 1");
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.000001Z, 1",
    "1970-01-01T00:00:00.000001001Z, 2",
    "1969-12-31T23:59:59.999999Z, -1",
    "1969-12-31T23:59:59.999999001Z, 0",
    "2026-01-01T00:00:00Z, 1767225600000000"
  })
  void range_between_roundsUpToMicros(Instant instant, long micros) {
    TimeRange range = TimeRange.between(Optional.of(instant), Optional.empty());

    assertThat(range).isEqualTo(new TimeRange(micros, Long.MAX_VALUE));
    assertThat(range.startsBounded()).isTrue();
    assertThat(range.endsBounded()).isFalse();
  }

  @Test
  void range_beyondMicros_isUnbounded() {
    assertThat(TimeRange.between(Optional.of(Instant.MIN), Optional.of(Instant.MAX)))
        .isEqualTo(TimeRange.ALL);
    assertThat(TimeRange.between(Optional.empty(), Optional.empty())).isEqualTo(TimeRange.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 5, 20, 5, 10",
    "0, 10, 10, 20, 10, 10",
    "0, 5, 8, 9, 8, 8",
    "0, 9, 2, 3, 2, 3"
  })
  void range_intersect(long from, long to, long otherFrom, long otherTo, long low, long high) {
    TimeRange expected = new TimeRange(low, high);

    assertThat(new TimeRange(from, to).intersect(new TimeRange(otherFrom, otherTo)))
        .isEqualTo(expected);
    assertThat(expected.isEmpty()).isEqualTo(low == high);
  }

  @ParameterizedTest
  @EnumSource(EntryType.class)
  void type_isFoundByItsText(EntryType type) {
    assertThat(EntryType.find(type.text())).contains(type);
  }

  @Test
  void type_wordsAndKinds() {
    assertThat(EntryType.find("series")).contains(EntryType.TABLE_SERIES);
    assertThat(EntryType.find("Table")).isEmpty();
    assertThat(List.of(EntryType.values()).stream().filter(EntryType::isRelation))
        .containsExactly(EntryType.TABLE, EntryType.TABLE_SERIES, EntryType.TABLE_DYNAMIC);
    assertThat(List.of(EntryType.values()).stream().filter(EntryType::isDynamic))
        .containsExactly(
            EntryType.DYNAMIC_DIRECTORY, EntryType.DATA_DYNAMIC, EntryType.TABLE_DYNAMIC);
    assertThat(List.of(EntryType.values()).stream().filter(EntryType::isAppended))
        .containsExactly(EntryType.DATA_SERIES, EntryType.TABLE_SERIES);
  }

  @Test
  void hash_isSha256InLowerCaseHex() {
    // The digest of no bytes and of "abc": FIPS 180-4, example values.
    assertThat(ContentHash.of(new byte[0]))
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(ContentHash.of(new byte[] {'a', 'b', 'c'}))
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentHash("BA".repeat(32)))
        .withMessageStartingWith("not a SHA-256 in lower-case hex");
  }

  @Test
  void numbers_startWhereTheyShould() {
    assertThat(TxnSeq.NONE.next()).isEqualTo(new TxnSeq(1));
    assertThat(Version.FIRST.next()).isGreaterThan(Version.FIRST);
    assertThatIllegalArgumentException().isThrownBy(() -> new TxnSeq(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Version(0))
        .withMessage("versions start at 1, not 0");
  }
}
