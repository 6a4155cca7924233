package dev.duckpond.oplog;

import dev.duckpond.tinyfs.CommitOutcome;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.Placement;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/** One write to the log: contents in the run's directory until the commit puts them in place. */
final class OplogWrite implements StoreWrite {
  private final TransactionInfo info;
  private final LogEngine engine;
  private final LogIndex index;
  private final BlobStore blobs;
  private final LogAppender appender;
  private final Checkpoints checkpoints;
  private final InstantSource clock;
  private final Path directory;
  private final InlineStage inline;
  private final BlobStage large;
  private volatile boolean isOver;

  OplogWrite(
      TransactionInfo info, LogEngine engine, LogIndex index, BlobStore blobs, InstantSource clock)
      throws IOException {
    this.info = info;
    this.engine = engine;
    this.index = index;
    this.blobs = blobs;
    this.appender = new LogAppender(engine);
    this.checkpoints = new Checkpoints();
    this.clock = clock;
    this.directory =
        Files.createDirectory(engine.stagingDirectory().resolve("write-" + UUID.randomUUID()));
    this.inline = new InlineStage(directory.resolve("inline"));
    this.large = new BlobStage(blobs, directory);
  }

  @Override
  public StagedContent stage(InputStream content, EntryType type) throws IOException {
    requireOpen();
    Reading source = new Reading(content);
    byte[] head = source.readNBytes(BlobStore.INLINE_LIMIT_BYTES + 1);
    try {
      if (head.length <= BlobStore.INLINE_LIMIT_BYTES) {
        ContentHash hash = ContentHash.of(head);
        inline.put(hash, head);
        return new StagedContent(hash, head.length, Placement.INLINE);
      }
      BlobStage.Taken taken = large.take(head, source, type);
      return new StagedContent(taken.hash(), taken.sizeBytes(), Placement.BLOB);
    } catch (IOException e) {
      // The caller's stream is the caller's affair; the pond's disk is ours.
      if (source.hasFailed()) {
        throw e;
      }
      throw Trouble.of("content cannot be taken into the pond", e);
    }
  }

  @Override
  public CommitOutcome commit(List<LogRow> rows) {
    requireOpen();
    isOver = true;
    try {
      return tryCommit(rows.stream().map(this::asLogged).toList());
    } catch (IOException e) {
      throw Trouble.of("transaction " + info.seq() + " cannot be committed", e);
    }
  }

  private CommitOutcome tryCommit(List<LogRow> rows) throws IOException {
    index.refresh();
    TxnSeq latest = index.history().last();
    if (!info.seq().equals(latest.next())) {
      return new CommitOutcome.Conflict(latest);
    }
    large.publish(namedBlobs(rows));
    long version = index.nextVersion();
    String applicationId = index.identity().id().toString();
    LogAppender.Result result =
        appender.append(
            info,
            Micros.truncate(clock.instant()),
            rows,
            this::requireInline,
            (file, note) ->
                engine
                    .operations()
                    .append(version, file, note, applicationId, info.seq().number()));
    return switch (result.published()) {
      case Published.At(long committed) -> {
        record(result.transaction(), committed);
        checkpoints.afterCommit(engine.operations(), committed);
        yield new CommitOutcome.Committed(result.transaction().transaction());
      }
      case Published.Taken taken -> {
        index.refresh();
        yield new CommitOutcome.Conflict(index.history().last());
      }
      case Published.Unsure(Exception cause) -> new CommitOutcome.Unknown(cause);
    };
  }

  /** Takes what is committed into the index; no trouble with that undoes the commit. */
  private void record(LoggedTransaction committed, long version) {
    try {
      index.record(committed, version);
    } catch (IOException e) {
      LoggerFactory.getLogger(OplogWrite.class)
          .warn("Transaction {} is committed; it will be read from the log", info.seq(), e);
    }
  }

  /** Answers the row as it will be read back: times in microseconds; and checks its contents. */
  private LogRow asLogged(LogRow row) {
    return switch (row) {
      case LogRow.EntryPut put -> put;
      case LogRow.EntryRemoved removed -> removed;
      case LogRow.VersionWritten(NodeVersion version) ->
          new LogRow.VersionWritten(asLogged(version));
      case LogRow.AttributesSet(NodeAttributes set) -> new LogRow.AttributesSet(asLogged(set));
    };
  }

  private static NodeAttributes asLogged(NodeAttributes set) {
    return new NodeAttributes(
        set.origin(),
        set.node(),
        set.type(),
        set.txnSeq(),
        Micros.truncate(set.setAt()),
        set.values());
  }

  private NodeVersion asLogged(NodeVersion version) {
    if (!version.txnSeq().equals(info.seq())) {
      throw new IllegalArgumentException(
          "a version of transaction " + version.txnSeq() + " in transaction " + info.seq());
    }
    boolean isStaged =
        switch (version.content().placement()) {
          case INLINE ->
              version.content().equals(StagedContent.EMPTY) || inline.holds(version.hash());
          case BLOB -> large.holds(version.hash(), version.type());
        };
    if (!isStaged) {
      throw new IllegalArgumentException(
          "content " + version.hash() + " was not staged in this write");
    }
    return new NodeVersion(
        version.origin(),
        version.node(),
        version.type(),
        version.version(),
        version.coversFrom(),
        version.txnSeq(),
        Micros.truncate(version.createdAt()),
        version.content(),
        version.facts());
  }

  private byte[] requireInline(ContentHash hash) throws IOException {
    return hash.equals(StagedContent.EMPTY.hash()) ? new byte[0] : inline.require(hash);
  }

  private Set<Path> namedBlobs(List<LogRow> rows) {
    Set<Path> named = new HashSet<>();
    for (LogRow row : rows) {
      if (row instanceof LogRow.VersionWritten(NodeVersion version)
          && version.content().placement() == Placement.BLOB) {
        named.add(blobs.file(version.hash(), version.type()));
      }
    }
    return named;
  }

  private void requireOpen() {
    if (isOver) {
      throw new IllegalStateException("this write has ended");
    }
  }

  @Override
  public void close() {
    isOver = true;
    try {
      inline.close();
      RunDirectory.deleteTree(directory);
    } catch (IOException e) {
      LoggerFactory.getLogger(OplogWrite.class)
          .warn("Staged files stay in {} until the next write", directory, e);
    }
  }
}
