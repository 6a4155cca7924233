package dev.duckpond.query;

import dev.duckpond.tinyfs.PondException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** How a column of a result becomes a vector of Arrow. */
record ArrowColumn(Field field) {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final int DECIMAL_BITS = 128;
  private static final int DECIMAL_DIGITS = 38;

  static ArrowColumn of(ResultColumn column) {
    return new ArrowColumn(new Field(column.name(), FieldType.nullable(type(column)), List.of()));
  }

  private static ArrowType type(ResultColumn column) {
    Matcher decimal = DECIMAL.matcher(column.type());
    if (decimal.matches()) {
      return new ArrowType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), DECIMAL_BITS);
    }
    if (column.type().startsWith("ENUM")) {
      return new ArrowType.Utf8();
    }
    return switch (column.type()) {
      case "BOOLEAN" -> new ArrowType.Bool();
      case "TINYINT" -> new ArrowType.Int(8, true);
      case "SMALLINT" -> new ArrowType.Int(16, true);
      case "INTEGER" -> new ArrowType.Int(32, true);
      case "BIGINT" -> new ArrowType.Int(64, true);
      case "UTINYINT" -> new ArrowType.Int(8, false);
      case "USMALLINT" -> new ArrowType.Int(16, false);
      case "UINTEGER" -> new ArrowType.Int(32, false);
      case "UBIGINT" -> new ArrowType.Int(64, false);
      // Arrow has no wider integer that readers know.
      case "HUGEINT" -> new ArrowType.Decimal(DECIMAL_DIGITS, 0, DECIMAL_BITS);
      case "FLOAT" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case "DOUBLE" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "VARCHAR", "UUID", "JSON", "TIME", "TIME WITH TIME ZONE", "INTERVAL", "BIT" ->
          new ArrowType.Utf8();
      case "\"NULL\"" -> new ArrowType.Utf8();
      case "BLOB" -> new ArrowType.Binary();
      case "DATE" -> new ArrowType.Date(DateUnit.DAY);
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
          new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case "TIMESTAMP_NS" -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
      case "TIMESTAMP WITH TIME ZONE" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      default ->
          throw new PondException.Invalid(
              "the column '" + column.name() + "' cannot be written as arrow",
              "it is of type " + column.type(),
              "Cast it to VARCHAR, or choose --format parquet.");
    };
  }

  void set(FieldVector vector, int row, ResultRows rows, int column) {
    Object value = rows.value(column);
    if (value == null) {
      vector.setNull(row);
      return;
    }
    switch (vector) {
      case BitVector bits -> bits.setSafe(row, Boolean.TRUE.equals(value) ? 1 : 0);
      case TinyIntVector ints -> ints.setSafe(row, ((Number) value).intValue());
      case SmallIntVector ints -> ints.setSafe(row, ((Number) value).intValue());
      case IntVector ints -> ints.setSafe(row, ((Number) value).intValue());
      case BigIntVector ints -> ints.setSafe(row, ((Number) value).longValue());
      case UInt1Vector ints -> ints.setSafe(row, ((Number) value).intValue());
      case UInt2Vector ints -> ints.setSafe(row, ((Number) value).intValue());
      case UInt4Vector ints -> ints.setSafe(row, ((Number) value).intValue());
      case UInt8Vector ints -> ints.setSafe(row, Long.parseUnsignedLong(text(rows, column)));
      case Float4Vector floats -> floats.setSafe(row, ((Number) value).floatValue());
      case Float8Vector floats -> floats.setSafe(row, ((Number) value).doubleValue());
      case DecimalVector decimals -> decimals.setSafe(row, decimal(text(rows, column)));
      case DateDayVector days -> days.setSafe(row, epochDay(text(rows, column)));
      case TimeStampVector times -> times.setSafe(row, rows.epoch(column));
      case VarBinaryVector blobs -> blobs.setSafe(row, HexFormat.of().parseHex(text(rows, column)));
      case VarCharVector texts ->
          texts.setSafe(row, text(rows, column).getBytes(StandardCharsets.UTF_8));
      default -> throw unknown(vector);
    }
  }

  private static BigDecimal decimal(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.precision() > DECIMAL_DIGITS) {
      throw new PondException.Invalid(
          "the number " + text + " cannot be written as arrow",
          "it has more than " + DECIMAL_DIGITS + " digits",
          "Cast the column to VARCHAR.");
    }
    return number;
  }

  private static int epochDay(String day) {
    try {
      return Math.toIntExact(LocalDate.parse(day).toEpochDay());
    } catch (DateTimeParseException e) {
      throw new PondException.Invalid(
          "the day '" + day + "' cannot be written as arrow",
          "only days of the years 0 to 9999 can be",
          "Cast the column to VARCHAR, or choose --format parquet.",
          e);
    }
  }

  private static IllegalStateException unknown(FieldVector vector) {
    return new IllegalStateException("no column becomes a " + vector.getClass().getSimpleName());
  }

  private static String text(ResultRows rows, int column) {
    String text = rows.text(column);
    if (text == null) {
      throw new IllegalStateException("the cell is NULL");
    }
    return text;
  }
}
