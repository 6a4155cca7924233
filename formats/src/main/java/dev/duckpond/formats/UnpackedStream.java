package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes on what a decoder gives, up to a limit, and says what is wrong with the packed bytes. */
final class UnpackedStream extends FilterInputStream {
  private final Packing packing;
  private final String label;
  private final long maxBytes;
  private long bytes;

  UnpackedStream(InputStream decoder, Packing packing, String label, long maxBytes) {
    super(decoder);
    this.packing = packing;
    this.label = label;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(target, offset, length);
    } catch (IOException e) {
      throw damaged(packing, label, e);
    }
    if (read > 0) {
      bytes += read;
      if (bytes > maxBytes) {
        throw tooMuch(label, maxBytes);
      }
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] left = readNBytes((int) Math.min(count, 1 << 16));
    return left.length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  static PondException.Invalid damaged(Packing packing, String label, IOException cause) {
    String why = cause.getMessage();
    return new PondException.Invalid(
        "'" + label + "' cannot be unpacked as " + packing.word(),
        why == null ? "it ends too early" : why,
        "Get it again from where it came from, or leave '+" + packing.word() + "' away.",
        cause);
  }

  static PondException.Invalid tooMuch(String label, long maxBytes) {
    return new PondException.Invalid(
        "'" + label + "' unpacks to more than " + maxBytes + " bytes",
        "so much out of so little is taken for an attack",
        "If it is meant to be so, unpack it yourself and read the result.");
  }
}
