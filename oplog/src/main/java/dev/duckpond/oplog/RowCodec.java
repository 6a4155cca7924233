package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.Version;
import java.util.HexFormat;

/** Writes and reads one row of the log in a journal frame. */
final class RowCodec {
  private static final int PUT = 0;
  private static final int REMOVED = 1;
  private static final int VERSION = 2;
  private static final int ATTRIBUTES = 3;

  private static final int BLOB = 1;
  private static final int ROW_COUNT = 2;
  private static final int BOUNDS = 4;
  private static final int TIME_COLUMN = 8;
  private static final int FACTORY = 16;

  private static final int HASH_BYTES = 32;

  private RowCodec() {}

  static void write(FrameWriter out, LogRow row) {
    switch (row) {
      case LogRow.EntryPut put -> writeEntry(out, PUT, put.entry());
      case LogRow.EntryRemoved removed -> writeEntry(out, REMOVED, removed.entry());
      case LogRow.VersionWritten written -> writeVersion(out, written.version());
      case LogRow.AttributesSet set -> writeAttributes(out, set.attributes());
    }
  }

  static LogRow read(FrameReader in, TxnSeq seq) {
    int kind = in.readByte();
    return switch (kind) {
      case PUT -> new LogRow.EntryPut(readEntry(in));
      case REMOVED -> new LogRow.EntryRemoved(readEntry(in));
      case VERSION -> new LogRow.VersionWritten(readVersion(in, seq));
      case ATTRIBUTES -> new LogRow.AttributesSet(readAttributes(in, seq));
      default -> throw new IllegalStateException("unknown kind of row " + kind);
    };
  }

  private static void writeEntry(FrameWriter out, int kind, DirectoryEntry entry) {
    out.putByte(kind);
    out.putId(entry.parent().uuid());
    out.putText(entry.name().text());
    out.putId(entry.node().uuid());
    out.putWord(entry.type().text());
    out.putId(entry.origin().uuid());
  }

  private static DirectoryEntry readEntry(FrameReader in) {
    return new DirectoryEntry(
        new NodeId(in.readId()),
        new EntryName(in.readText()),
        new NodeId(in.readId()),
        LogText.entryType(in.readWord()),
        new PondId(in.readId()));
  }

  private static void writeAttributes(FrameWriter out, NodeAttributes set) {
    out.putByte(ATTRIBUTES);
    out.putId(set.origin().uuid());
    out.putId(set.node().uuid());
    out.putWord(set.type().text());
    out.putSigned(Micros.of(set.setAt()));
    out.putMap(set.values());
  }

  private static NodeAttributes readAttributes(FrameReader in, TxnSeq seq) {
    return new NodeAttributes(
        new PondId(in.readId()),
        new NodeId(in.readId()),
        LogText.entryType(in.readWord()),
        seq,
        Micros.toInstant(in.readSigned()),
        in.readMap());
  }

  private static void writeVersion(FrameWriter out, NodeVersion version) {
    ContentFacts facts = version.facts();
    out.putByte(VERSION);
    out.putByte(flags(version));
    out.putId(version.origin().uuid());
    out.putId(version.node().uuid());
    out.putWord(version.type().text());
    out.putVarint(version.version().number());
    out.putVarint(version.version().number() - version.coversFrom().number());
    out.putSigned(Micros.of(version.createdAt()));
    out.putBytes(HexFormat.of().parseHex(version.hash().hex()));
    out.putVarint(version.sizeBytes());
    facts.rowCount().ifPresent(out::putVarint);
    if (facts.bounds().isPresent()) {
      out.putSigned(facts.bounds().get().minMicros());
      out.putSigned(facts.bounds().get().maxMicros());
    }
    facts.timeColumn().ifPresent(out::putWord);
    facts.factory().ifPresent(out::putWord);
    out.putMap(facts.attributes());
  }

  private static int flags(NodeVersion version) {
    ContentFacts facts = version.facts();
    return (version.content().placement() == Placement.BLOB ? BLOB : 0)
        | (facts.rowCount().isPresent() ? ROW_COUNT : 0)
        | (facts.bounds().isPresent() ? BOUNDS : 0)
        | (facts.timeColumn().isPresent() ? TIME_COLUMN : 0)
        | (facts.factory().isPresent() ? FACTORY : 0);
  }

  private static NodeVersion readVersion(FrameReader in, TxnSeq seq) {
    int flags = in.readByte();
    PondId origin = new PondId(in.readId());
    NodeId node = new NodeId(in.readId());
    EntryType type = LogText.entryType(in.readWord());
    long number = in.readVarint();
    long coversFrom = number - in.readVarint();
    long createdAtMicros = in.readSigned();
    String hash = HexFormat.of().formatHex(in.readBytes(HASH_BYTES));
    Placement placement = (flags & BLOB) == 0 ? Placement.INLINE : Placement.BLOB;
    StagedContent content = new StagedContent(new ContentHash(hash), in.readVarint(), placement);
    return new NodeVersion(
        origin,
        node,
        type,
        new Version(number),
        new Version(coversFrom),
        seq,
        Micros.toInstant(createdAtMicros),
        content,
        readFacts(in, flags));
  }

  private static ContentFacts readFacts(FrameReader in, int flags) {
    ContentFacts.Builder facts = ContentFacts.builder();
    if ((flags & ROW_COUNT) != 0) {
      facts.rowCount(in.readVarint());
    }
    if ((flags & BOUNDS) != 0) {
      facts.bounds(java.util.Optional.of(new EventBounds(in.readSigned(), in.readSigned())));
    }
    if ((flags & TIME_COLUMN) != 0) {
      facts.timeColumn(in.readWord());
    }
    if ((flags & FACTORY) != 0) {
      facts.factory(in.readWord());
    }
    return facts.attributes(in.readMap()).build();
  }
}
