package dev.duckpond.oplog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/**
 * Builds the bytes of journal frames; the encodings are in {@code docs/format/index-journal.md}.
 */
final class FrameWriter {
  private static final int FIRST_BYTES = 1 << 12;

  private final JournalWords words;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  FrameWriter(JournalWords words) {
    this.words = words;
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  byte[] buffer() {
    return bytes;
  }

  void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Writes four bytes, least significant first. */
  void putInt(int value) {
    putByte(value);
    putByte(value >>> 8);
    putByte(value >>> 16);
    putByte(value >>> 24);
  }

  void putIntAt(int position, int value) {
    bytes[position] = (byte) value;
    bytes[position + 1] = (byte) (value >>> 8);
    bytes[position + 2] = (byte) (value >>> 16);
    bytes[position + 3] = (byte) (value >>> 24);
  }

  /** Writes seven bits a byte, least significant first, the top bit set on all but the last. */
  void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      putByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    putByte((int) rest);
  }

  /** Writes a number that may be negative: zig-zag, then as {@link #putVarint}. */
  void putSigned(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  void putBytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  void putText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    putBytes(utf8);
  }

  void putWord(String value) {
    if (isNew(words.texts, value)) {
      putText(value);
    }
  }

  void putId(UUID value) {
    if (isNew(words.ids, value)) {
      putLong(value.getMostSignificantBits());
      putLong(value.getLeastSignificantBits());
    }
  }

  void putMap(Map<String, String> value) {
    if (isNew(words.maps, value)) {
      putVarint(value.size());
      value.forEach((name, text) -> {
        putWord(name);
        putText(text);
      });
    }
  }

  private <T> boolean isNew(Interned<T> known, T value) {
    int before = known.size();
    int number = known.number(value);
    putVarint(number);
    return number == before;
  }

  void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> 32));
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
