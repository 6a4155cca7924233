package dev.duckpond.oplog;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads what {@link FrameWriter} wrote. The caller has compared the checksum. */
final class FrameReader {
  private final byte[] bytes;
  private final JournalWords words;
  private int position;

  FrameReader(byte[] bytes, int from, JournalWords words) {
    this.bytes = bytes;
    this.position = from;
    this.words = words;
  }

  int readByte() {
    return bytes[position++] & 0xFF;
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
    byte[] out = new byte[count];
    System.arraycopy(bytes, position, out, 0, count);
    position += count;
    return out;
  }

  String readText() {
    int count = Math.toIntExact(readVarint());
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
      int count = Math.toIntExact(readVarint());
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
