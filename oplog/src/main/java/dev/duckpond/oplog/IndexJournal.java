package dev.duckpond.oplog;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file in the cache that replays the operation log without opening it: all rows but their
 * contents, in frames that are appended commit by commit. The format is in {@code
 * docs/format/index-journal.md}.
 *
 * <p>It is never trusted further than it can be checked: each frame has a checksum, and the last
 * position must name a commit file that is there, byte for byte. Not thread-safe.
 */
final class IndexJournal {
  private static final byte[] MAGIC = "DPINDEX2".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_HEAD_BYTES = 8;

  private static final int HASH_BYTES = 32;
  private static final JournalWords NO_WORDS = new JournalWords();

  private static final int IDENTITY = 1;
  private static final int TRANSACTION = 2;
  private static final int POSITION = 3;

  private final Path file;
  private JournalWords words = new JournalWords();
  // Bytes of the file that this object wrote or read; another length means another writer.
  private long knownBytes = -1;

  IndexJournal(Path file) {
    this.file = file;
  }

  /** What a journal held up to its last good position. */
  record Content(
      PondIdentity identity, List<LoggedTransaction> transactions, LogPosition position) {
    Content {
      transactions = List.copyOf(transactions);
    }
  }

  /** Finds the content up to the last whole position; empty when nothing of it can be used. */
  Optional<Content> read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (bytes.length < MAGIC.length
        || !java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    return replay(bytes);
  }

  private Optional<Content> replay(byte[] bytes) {
    Replay replay = new Replay();
    int at = MAGIC.length;
    for (int length = frameLength(bytes, at); length >= 0; length = frameLength(bytes, at)) {
      try {
        replay.take(new FrameReader(bytes, at + FRAME_HEAD_BYTES, length, replay.read));
      } catch (RuntimeException e) {
        // The checksum is right and the content is not: an erring program wrote it, or two at a
        // time. The log has it right, and a file that may be deleted at any time must not keep
        // anybody out; what stands before the last position is good.
        break;
      }
      at += FRAME_HEAD_BYTES + length;
      if (replay.isAtPosition) {
        replay.end = at;
      }
    }
    if (replay.end == bytes.length) {
      words = replay.read;
      knownBytes = bytes.length;
    }
    return replay.content();
  }

  /** What the frames so far say. */
  private static final class Replay {
    private final JournalWords read = new JournalWords();
    private final List<LoggedTransaction> transactions = new ArrayList<>();
    private @Nullable PondIdentity identity;
    private @Nullable LogPosition position;
    private int covered;
    private boolean isAtPosition;
    private int end;

    void take(FrameReader in) {
      isAtPosition = false;
      int kind = in.readByte();
      switch (kind) {
        case IDENTITY -> identity = readIdentity(in);
        case TRANSACTION -> {
          LoggedTransaction next = readTransaction(in);
          if (next.transaction().info().seq().number() != transactions.size() + 1L) {
            throw new IllegalStateException("a transaction is missing before " + next);
          }
          transactions.add(next);
        }
        case POSITION -> {
          position = new LogPosition(in.readVarint(), in.readVarint(), in.readInt());
          covered = transactions.size();
          isAtPosition = true;
        }
        default -> throw new IllegalStateException("no frame has the kind " + kind);
      }
    }

    Optional<Content> content() {
      return identity == null || position == null || covered == 0
          ? Optional.empty()
          : Optional.of(new Content(identity, transactions.subList(0, covered), position));
    }
  }

  /** Answers the payload's length, or -1 when no whole frame with its checksum stands there. */
  private static int frameLength(byte[] bytes, int at) {
    if (bytes.length - at < FRAME_HEAD_BYTES) {
      return -1;
    }
    FrameReader head = new FrameReader(bytes, at, FRAME_HEAD_BYTES, NO_WORDS);
    int length = head.readInt();
    int checksum = head.readInt();
    if (length <= 0 || length > bytes.length - at - FRAME_HEAD_BYTES) {
      return -1;
    }
    return checksum(bytes, at + FRAME_HEAD_BYTES, length) == checksum ? length : -1;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /**
   * Adds a transaction and the position after it.
   *
   * <p>No sync: a tail that a crash takes away or tears is found by its checksum and read again
   * from the log.
   *
   * @return false when the file is not the one this object knows, and was left alone
   */
  boolean append(LoggedTransaction transaction, LogPosition position) throws IOException {
    if (knownBytes < 0) {
      return false;
    }
    // Opened before it is looked at, so that the file that is compared is the one written to.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      if (channel.size() != knownBytes) {
        return false;
      }
      FrameWriter out = new FrameWriter(words);
      putTransaction(out, transaction);
      putPosition(out, position);
      long before = knownBytes;
      // Words are numbered already: should the write fail, this object must not append again.
      knownBytes = -1;
      writeFully(channel, out.toByteArray());
      knownBytes = before + out.length();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Writes the whole journal anew and puts it in place in one step. */
  void rewrite(Content content) throws IOException {
    knownBytes = -1;
    words = new JournalWords();
    Files.createDirectories(Durable.parent(file));
    Path hidden = Durable.hiddenBeside(file);
    long written = 0;
    try {
      try (FileChannel channel =
          FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writeFully(channel, MAGIC);
        written += MAGIC.length;
        FrameWriter first = new FrameWriter(words);
        putIdentity(first, content.identity());
        written += writeFully(channel, first.toByteArray());
        for (LoggedTransaction transaction : content.transactions()) {
          FrameWriter out = new FrameWriter(words);
          putTransaction(out, transaction);
          written += writeFully(channel, out.toByteArray());
        }
        FrameWriter last = new FrameWriter(words);
        putPosition(last, content.position());
        written += writeFully(channel, last.toByteArray());
      }
      Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(hidden);
    }
    knownBytes = written;
  }

  private static int writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return bytes.length;
  }

  private static int begin(FrameWriter out, int kind) {
    int start = out.length();
    out.putInt(0);
    out.putInt(0);
    out.putByte(kind);
    return start;
  }

  private static void end(FrameWriter out, int start) {
    int from = start + FRAME_HEAD_BYTES;
    int length = out.length() - from;
    out.putIntAt(start, length);
    out.putIntAt(start + Integer.BYTES, checksum(out.buffer(), from, length));
  }

  private static void putIdentity(FrameWriter out, PondIdentity identity) {
    int start = begin(out, IDENTITY);
    out.putId(identity.id().uuid());
    out.putText(identity.birthplace());
    putInstant(out, identity.createdAt());
    end(out, start);
  }

  private static PondIdentity readIdentity(FrameReader in) {
    return new PondIdentity(new PondId(in.readId()), in.readText(), readInstant(in));
  }

  private static void putPosition(FrameWriter out, LogPosition position) {
    int start = begin(out, POSITION);
    out.putVarint(position.version());
    out.putVarint(position.sizeBytes());
    out.putInt(position.checksum());
    end(out, start);
  }

  private static void putTransaction(FrameWriter out, LoggedTransaction logged) {
    int start = begin(out, TRANSACTION);
    CommittedTransaction transaction = logged.transaction();
    TransactionInfo info = transaction.info();
    out.putVarint(info.seq().number());
    out.putLong(info.id().uuid().getMostSignificantBits());
    out.putLong(info.id().uuid().getLeastSignificantBits());
    out.putVarint(info.args().size());
    info.args().forEach(out::putText);
    out.putWord(info.user());
    out.putWord(info.host());
    putInstant(out, info.startedAt());
    putInstant(out, transaction.committedAt());
    putFile(out, logged.file());
    out.putVarint(transaction.rows().size());
    for (LogRow row : transaction.rows()) {
      RowCodec.write(out, row);
    }
    end(out, start);
  }

  private static LoggedTransaction readTransaction(FrameReader in) {
    TxnSeq seq = new TxnSeq(in.readVarint());
    TxnId id = new TxnId(new java.util.UUID(in.readLong(), in.readLong()));
    int argCount = in.readCount();
    List<String> args = new ArrayList<>(argCount);
    for (int i = 0; i < argCount; i++) {
      args.add(in.readText());
    }
    TransactionInfo info =
        new TransactionInfo(seq, id, args, in.readWord(), in.readWord(), readInstant(in));
    Instant committedAt = readInstant(in);
    DataFile file = readFile(in);
    int rowCount = in.readCount();
    List<LogRow> rows = new ArrayList<>(rowCount);
    for (int i = 0; i < rowCount; i++) {
      rows.add(RowCodec.read(in, seq));
    }
    return new LoggedTransaction(new CommittedTransaction(info, committedAt, rows), file);
  }

  private static void putFile(FrameWriter out, DataFile file) {
    out.putText(file.name());
    out.putByte(file.seal().isPresent() ? 1 : 0);
    if (file.seal().isPresent()) {
      out.putBytes(HexFormat.of().parseHex(file.seal().get().hash().hex()));
      out.putVarint(file.seal().get().sizeBytes());
    }
  }

  private static DataFile readFile(FrameReader in) {
    String name = in.readText();
    if (in.readByte() == 0) {
      return new DataFile(name, Optional.empty());
    }
    String hex = HexFormat.of().formatHex(in.readBytes(HASH_BYTES));
    return new DataFile(name, Optional.of(new FileSeal(new ContentHash(hex), in.readVarint())));
  }

  private static void putInstant(FrameWriter out, Instant instant) {
    out.putSigned(instant.getEpochSecond());
    out.putVarint(instant.getNano());
  }

  private static Instant readInstant(FrameReader in) {
    return Instant.ofEpochSecond(in.readSigned(), in.readVarint());
  }
}
