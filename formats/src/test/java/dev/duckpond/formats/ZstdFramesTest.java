package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZstdFramesTest {
  private static final String MAGIC = "28b52ffd";

  /** A frame of a raw block of three bytes, which is the last, with its size in the header. */
  private static final String RAW = MAGIC + "20" + "03" + "190000" + "616263";

  /** With a window, a checksum, a block of a byte to be repeated, and an empty last one. */
  private static final String REPEATED =
      MAGIC + "04" + "58" + "420100" + "61" + "010000" + "01020304";

  private static final String SKIPPED = "502a4d18" + "04000000" + "ffffffff";

  /** With four bytes for the number of a dictionary and eight for the size. */
  private static final String LONG_HEADER =
      MAGIC + "c3" + "58" + "01020304" + "0300000000000000" + "190000" + "616263";

  @TempDir Path directory;

  private Optional<String> fault(byte[] bytes) throws IOException {
    return ZstdFrames.findFault(Files.write(directory.resolve("x.zst"), bytes));
  }

  private Optional<String> fault(String... hex) throws IOException {
    return fault(bytes(hex));
  }

  private static byte[] bytes(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex));
  }

  @Test
  void findFault_wholeFrames_isEmpty() throws IOException {
    assertThat(fault(RAW)).isEmpty();
    assertThat(fault(REPEATED)).isEmpty();
    assertThat(fault(LONG_HEADER)).isEmpty();
    assertThat(fault(SKIPPED, RAW, SKIPPED, REPEATED, LONG_HEADER, SKIPPED)).isEmpty();
  }

  @Test
  void findFault_cutAnywhereButBetweenFrames_isToldWithTheLength() throws IOException {
    byte[] whole = bytes(SKIPPED, RAW, REPEATED, LONG_HEADER);
    ByteArrayOutputStream ends = new ByteArrayOutputStream();
    int end = 0;
    for (String frame : new String[] {SKIPPED, RAW, REPEATED, LONG_HEADER}) {
      end += frame.length() / 2;
      ends.write(end);
    }
    for (int length = 1; length <= whole.length; length++) {
      boolean isEnd = Arrays.toString(ends.toByteArray()).matches(".*\\b" + length + "\\b.*");
      assertThat(fault(Arrays.copyOf(whole, length)))
          .as("cut after %d bytes", length)
          .isEqualTo(
              isEnd
                  ? Optional.empty()
                  : Optional.of("it is cut short, after " + length + " bytes"));
    }
  }

  @Test
  void findFault_otherBytes_isToldWithThePlace() throws IOException {
    assertThat(fault("")).contains("it is empty");
    assertThat(fault("68656c6c6f2c20776f726c64")).contains("it does not begin as such a file does");
    String at = "it is damaged at byte %d, or goes on with something else";
    assertThat(fault(RAW, "68656c6c6f")).contains(at.formatted(12));
    assertThat(fault(MAGIC, "28", "03", "190000", "616263")).contains(at.formatted(0));
    assertThat(fault(MAGIC, "20", "03", "1f0000", "616263")).contains(at.formatted(6));
    assertThat(fault(MAGIC, "20", "03", "09ff7f", "616263")).contains(at.formatted(6));
  }
}
