package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
  private static final String TEXT = "{\"a\":1}\n\n{\"a\":\"é\"}\n";

  @TempDir Path directory;
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(directory);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private static byte[] packed(Packing packing, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packer =
        packing == Packing.GZIP
            ? new GZIPOutputStream(out)
            : new BZip2CompressorOutputStream(out)) {
      packer.write(bytes);
    }
    return out.toByteArray();
  }

  private Path zstd(String text) {
    Path file = directory.resolve("in.zst");
    Sql copy =
        new SqlBuilder()
            .text("COPY (SELECT unnest(string_split(")
            .literal(text)
            .text(", chr(10))) AS line) TO ")
            .literal(file.toString())
            .text(" (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\\x01', COMPRESSION zstd)")
            .build();
    workshop.duck().execute(copy);
    return file;
  }

  @Test
  void convert_everyPacking_givesTheSameRows() throws IOException {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    var plain = workshop.rows(TextFormat.JSONLOGS, Map.of(), bytes);
    for (Packing packing : new Packing[] {Packing.GZIP, Packing.BZIP2}) {
      assertThat(workshop.rows(TextFormat.JSONLOGS, packing, Map.of(), packed(packing, bytes)))
          .isEqualTo(plain);
    }
    assertThat(
            workshop.rows(
                TextFormat.JSONLOGS, Packing.ZSTD, Map.of(), zstd("{\"a\":1}\n{\"a\":\"é\"}")))
        .isEqualTo(plain);
    assertThat(directory.resolve("out.parquet.unpacked")).doesNotExist();
  }

  @Test
  void unpack_severalStreamsInOneFile_areAllRead() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(packed(Packing.BZIP2, "a".getBytes(StandardCharsets.UTF_8)));
    both.write(packed(Packing.BZIP2, "b".getBytes(StandardCharsets.UTF_8)));
    Path out = directory.resolve("plain");
    new Unpacking(workshop.duck())
        .unpack(workshop.file("in.bz2", both.toByteArray()), Packing.BZIP2, "x", out);
    assertThat(out).hasContent("ab");
  }

  @Test
  void unpack_bytesOfAnotherKind_areInvalid() {
    Path plain = workshop.file("in", "hello, this is text".getBytes(StandardCharsets.UTF_8));
    Unpacking unpacking = new Unpacking(workshop.duck());
    for (Packing packing : new Packing[] {Packing.GZIP, Packing.BZIP2}) {
      assertThatThrownBy(() -> unpacking.unpack(plain, packing, "x", directory.resolve("plain")))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageStartingWith("'x' cannot be unpacked as " + packing.word())
          .hasMessageEndingWith(
              "Get it again from where it came from, or leave '+" + packing.word() + "' away.");
    }
  }

  @Test
  void unpack_truncated_isInvalid() throws IOException {
    byte[] bytes = new byte[100_000];
    new java.util.Random(3).nextBytes(bytes);
    Unpacking unpacking = new Unpacking(workshop.duck());
    for (Packing packing : new Packing[] {Packing.GZIP, Packing.BZIP2}) {
      byte[] whole = packed(packing, bytes);
      Path cut = workshop.file("cut", java.util.Arrays.copyOf(whole, whole.length / 2));
      assertThatThrownBy(() -> unpacking.unpack(cut, packing, "x", directory.resolve("plain")))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessageStartingWith("'x' cannot be unpacked as " + packing.word());
    }
  }

  @Test
  void unpack_truncatedZstd_isInvalid() throws IOException {
    byte[] whole = Files.readAllBytes(zstd(TEXT.repeat(1000)));
    Unpacking unpacking = new Unpacking(workshop.duck());
    for (int length : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
      Path cut = workshop.file("cut", java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> unpacking.unpack(cut, Packing.ZSTD, "x", directory.resolve("plain")))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessage(
              "'x' cannot be unpacked as zstd: "
                  + (length == 0 ? "it is empty" : "it is cut short, after " + length + " bytes")
                  + ". Get it again from where it came from, or leave '+zstd' away.");
    }
    Path plain = directory.resolve("plain");
    unpacking.unpack(workshop.file("whole", whole), Packing.ZSTD, "x", plain);
    assertThat(plain).hasContent(TEXT.repeat(1000) + "\n");
  }

  @Test
  void unpack_bomb_isRefused() throws IOException {
    byte[] zeros = new byte[(int) Unpacking.UNSUSPICIOUS_BYTES + 1];
    Unpacking unpacking = new Unpacking(workshop.duck());
    for (Packing packing : new Packing[] {Packing.GZIP, Packing.BZIP2}) {
      byte[] packed = packed(packing, zeros);
      Path bomb = workshop.file("bomb", packed);
      long size = Files.size(bomb);
      if (size * Unpacking.MAX_RATIO > Unpacking.UNSUSPICIOUS_BYTES) {
        throw new AssertionError("the bomb is too large to be one: " + size);
      }
      assertThatThrownBy(() -> unpacking.unpack(bomb, packing, "x", directory.resolve("plain")))
          .isInstanceOf(PondException.Invalid.class)
          .hasMessage(
              "'x' unpacks to more than 67108864 bytes: so much out of so little is taken for an"
                  + " attack. If it is meant to be so, unpack it yourself and read the result.");
    }
    Path bomb = workshop.file("bomb", packed(Packing.GZIP, zeros));
    assertThatThrownBy(() -> Unpacking.requireModestGzip(bomb, "x"))
        .isInstanceOf(PondException.Invalid.class);
  }
}
