package dev.duckpond.tera;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds one immutable value that a template works with: what JSON can say, and nothing else.
 *
 * <p>Arrays and objects are interfaces that a caller may implement, so that ten thousand files need
 * not be built before one page is rendered. The keys of objects are sorted by code point, as Tera
 * 1.x sorts them; the order of the entries of a {@link Map} does not matter.
 */
public sealed interface Value
    permits NullValue,
        BoolValue,
        IntegerValue,
        BigValue,
        FloatValue,
        TextValue,
        ArrayValue,
        ObjectValue {

  /** Deepest nesting of lists and maps that {@link #of(Object)} takes. */
  int MAX_DEPTH = 100;

  /**
   * Copies a Java value: null, a {@link Value}, {@link Boolean}, any number, any {@link
   * CharSequence}, and iterables and maps of these. Decimals become floats.
   *
   * @throws IllegalArgumentException for an object of another class, for a map with keys that are
   *     not text, and beyond {@link #MAX_DEPTH}
   */
  static Value of(@Nullable Object java) {
    return copy(java, 0);
  }

  /** Wraps text. */
  static TextValue text(String text) {
    return new TextValue(text);
  }

  /** Wraps an integer. */
  static IntegerValue integer(long number) {
    return new IntegerValue(number);
  }

  /** Wraps an integer of any size. */
  static Value integer(BigInteger number) {
    return number.bitLength() < Long.SIZE
        ? new IntegerValue(number.longValue())
        : new BigValue(number);
  }

  /** Wraps a float. */
  static FloatValue decimal(double number) {
    return new FloatValue(number);
  }

  /** Returns true or false. */
  static BoolValue bool(boolean flag) {
    return flag ? BoolValue.TRUE : BoolValue.FALSE;
  }

  /** Returns null. */
  static NullValue nothing() {
    return NullValue.NULL;
  }

  /** Names the kind with its article, as messages say it. */
  default String kind() {
    return switch (this) {
      case NullValue _ -> "null";
      case BoolValue _ -> "a boolean";
      case IntegerValue _, BigValue _ -> "an integer";
      case FloatValue _ -> "a float";
      case TextValue _ -> "a string";
      case ArrayValue _ -> "an array";
      case ObjectValue _ -> "an object";
    };
  }

  /** Tells whether an {@code if} takes this for true: not null, false, zero, NaN or empty. */
  default boolean truthy() {
    return switch (this) {
      case NullValue _ -> false;
      case BoolValue flag -> flag.flag();
      case IntegerValue number -> number.number() != 0;
      case BigValue _ -> true;
      case FloatValue number -> number.number() != 0 && !Double.isNaN(number.number());
      case TextValue text -> !text.text().isEmpty();
      case ArrayValue array -> array.size() > 0;
      case ObjectValue object -> !object.keys().isEmpty();
    };
  }

  private static Value copy(@Nullable Object java, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " levels");
    }
    return switch (java) {
      case null -> NullValue.NULL;
      case Value value -> value;
      case Boolean flag -> bool(flag);
      case BigInteger number -> integer(number);
      case Double number -> decimal(number);
      case Float number -> decimal(Double.parseDouble(number.toString()));
      case BigDecimal number -> decimal(number.doubleValue());
      case Number number -> integer(number.longValue());
      case CharSequence text -> text(text.toString());
      case Iterable<?> list -> copyList(list, depth);
      case Map<?, ?> map -> copyMap(map, depth);
      default -> throw new IllegalArgumentException("no value for a " + java.getClass().getName());
    };
  }

  private static ArrayValue copyList(Iterable<?> list, int depth) {
    List<Value> items = new ArrayList<>();
    list.forEach(item -> items.add(copy(item, depth + 1)));
    return ArrayValue.of(items);
  }

  private static ObjectValue copyMap(Map<?, ?> map, int depth) {
    Map<String, Value> members = new TreeMap<>(TextOrder.BY_CODE_POINT);
    for (Map.Entry<?, ?> member : map.entrySet()) {
      if (!(member.getKey() instanceof CharSequence key)) {
        throw new IllegalArgumentException("a key that is not text: " + member.getKey());
      }
      members.put(key.toString(), copy(member.getValue(), depth + 1));
    }
    return ObjectValue.of(members);
  }
}
