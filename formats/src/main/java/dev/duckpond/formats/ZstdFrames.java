package dev.duckpond.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Tells whether a Zstandard file ends where one of its frames ends, without unpacking it: a decoder
 * that reads from a stream takes one that is cut short for one that goes on later.
 *
 * <p>Follows RFC 8878, section 3.1: frames, skippable ones among them, stand one after the other; a
 * frame is a magic number, a header, blocks of which the last is marked, and maybe a checksum. Of
 * each block only the header is read, so the cost is a few bytes of every 128 KiB at most, and no
 * memory. What is inside of the blocks is for the decoder to check. One thread only.
 */
final class ZstdFrames {
  private static final int MAGIC = 0xFD2FB528;

  /** Sixteen magic numbers begin frames that decoders pass over. */
  private static final int SKIPPABLE_MAGIC = 0x184D2A50;

  private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

  private static final int BLOCK_HEADER_BYTES = 3;
  private static final int CHECKSUM_BYTES = 4;

  /** {@code Block_Maximum_Size} of any window. */
  private static final int MAX_BLOCK_BYTES = 128 << 10;

  private static final int BLOCK_RLE = 1;
  private static final int BLOCK_RESERVED = 3;

  private static final int HAS_CHECKSUM = 1 << 2;
  private static final int RESERVED = 1 << 3;
  private static final int IS_SINGLE_SEGMENT = 1 << 5;

  private final FileChannel file;
  private final long size;
  private long position;

  private ZstdFrames(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** The frames of a file are not what they should be. */
  private static final class FaultException extends IOException {
    private static final long serialVersionUID = 1L;

    FaultException(String why) {
      super(why);
    }
  }

  /** Finds what is wrong with the frames of a file, as the cause of a message. */
  static Optional<String> findFault(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ZstdFrames frames = new ZstdFrames(channel);
      do {
        frames.frame();
      } while (frames.position < frames.size);
      return Optional.empty();
    } catch (FaultException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void frame() throws IOException {
    long begin = position;
    if (size == 0) {
      throw new FaultException("it is empty");
    }
    int magic = (int) number(Integer.BYTES);
    if ((magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
      pass(number(Integer.BYTES));
      return;
    }
    if (magic != MAGIC) {
      throw new FaultException(
          begin == 0 ? "it does not begin as such a file does" : damagedAt(begin));
    }
    int descriptor = (int) number(1);
    if ((descriptor & RESERVED) != 0) {
      throw new FaultException(damagedAt(begin));
    }
    pass(restOfHeader(descriptor));
    while (!block()) {
      // The last one ends the frame.
    }
    if ((descriptor & HAS_CHECKSUM) != 0) {
      pass(CHECKSUM_BYTES);
    }
  }

  /** Answers how many bytes of the header follow its descriptor. */
  private static int restOfHeader(int descriptor) {
    boolean isSingleSegment = (descriptor & IS_SINGLE_SEGMENT) != 0;
    int window = isSingleSegment ? 0 : 1;
    int dictionary =
        switch (descriptor & 3) {
          case 0 -> 0;
          case 1 -> 1;
          case 2 -> 2;
          default -> 4;
        };
    int contentSize =
        switch (descriptor >>> 6) {
          case 0 -> isSingleSegment ? 1 : 0;
          case 1 -> 2;
          case 2 -> 4;
          default -> 8;
        };
    return window + dictionary + contentSize;
  }

  /** Passes over a block and tells whether it was the last. */
  private boolean block() throws IOException {
    long begin = position;
    int header = (int) number(BLOCK_HEADER_BYTES);
    int type = header >>> 1 & 3;
    int blockBytes = header >>> 3;
    if (type == BLOCK_RESERVED || blockBytes > MAX_BLOCK_BYTES) {
      throw new FaultException(damagedAt(begin));
    }
    // One byte that is repeated, or as many as the size says.
    pass(type == BLOCK_RLE ? 1 : blockBytes);
    return (header & 1) != 0;
  }

  /** Reads the next bytes as a number, the lowest byte first. */
  private long number(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.limit(bytes);
    long begin = position;
    pass(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, begin + buffer.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return buffer.clear().getLong();
  }

  private void pass(long bytes) throws FaultException {
    position += bytes;
    if (position > size) {
      throw new FaultException("it is cut short, after " + size + " bytes");
    }
  }

  private static String damagedAt(long position) {
    return "it is damaged at byte " + position + ", or goes on with something else";
  }
}
