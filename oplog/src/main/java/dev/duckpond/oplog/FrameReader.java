package dev.duckpond.oplog;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads what {@link FrameWriter} wrote. The caller has compared the checksum. */
final class FrameReader {
  private final byte[] bytes;
  private final int end;
  private final JournalWords words;
  private int position;

  FrameReader(byte[] bytes, int from, int length, JournalWords words) {
    this.bytes = bytes;
    this.position = from;
    this.end = from + length;
    this.words = words;
  }

  int readByte() {
    if (position >= end) {
      throw new IndexOutOfBoundsException("the frame ends at " + end);
    }
    return bytes[position++] & 0xFF;
  }

  /** Reads how many items follow; each takes a byte at least, so a wrong number is not believed. */
  int readCount() {
    int count = Math.toIntExact(readVarint());
    if (count < 0 || count > end - position) {
      throw new IndexOutOfBoundsException("the frame has no room for " + count + " items");
    }
    return count;
  }

  int readInt() {
    return readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
  }

  long readVarint() {
    long value = 0;
    int shift = 0;
    int next = readByte();
    while (next >= 0x80) {
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
      next = readByte();
    }
    return value | (long) next << shift;
  }

  long readSigned() {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }

  byte[] readBytes(int count) {
    if (count > end - position) {
      throw new IndexOutOfBoundsException("the frame ends at " + end);
    }
    byte[] out = new byte[count];
    System.arraycopy(bytes, position, out, 0, count);
    position += count;
    return out;
  }

  String readText() {
    int count = readCount();
    String text = new String(bytes, position, count, StandardCharsets.UTF_8);
    position += count;
    return text;
  }

  String readWord() {
    int number = Math.toIntExact(readVarint());
    if (number == words.texts.size()) {
      words.texts.number(readText());
    }
    return words.texts.value(number);
  }

  UUID readId() {
    int number = Math.toIntExact(readVarint());
    if (number == words.ids.size()) {
      words.ids.number(new UUID(readLong(), readLong()));
    }
    return words.ids.value(number);
  }

  Map<String, String> readMap() {
    int number = Math.toIntExact(readVarint());
    if (number == words.maps.size()) {
      int count = readCount();
      Map<String, String> map = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        map.put(readWord(), readText());
      }
      words.maps.number(Collections.unmodifiableMap(map));
    }
    return words.maps.value(number);
  }

  long readLong() {
    return Integer.toUnsignedLong(readInt()) | (long) readInt() << 32;
  }
}
