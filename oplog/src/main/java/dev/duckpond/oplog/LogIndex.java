package dev.duckpond.oplog;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.History;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The operation log in memory: all rows without their contents, up to one commit.
 *
 * <p>It is filled from the index journal, or else from the log itself, and follows the log from
 * there. Thread-safe: one monitor, held while the log is being read.
 */
final class LogIndex {
  /** Commits followed one by one; when there are more, the whole log is read instead. */
  private static final int TAIL_LIMIT = 64;

  private final PondLayout layout;
  private final DeltaState state;
  private final LogFileReader reader;
  private final IndexJournal journal;
  private final History history = new History();
  private final List<LoggedTransaction> transactions = new ArrayList<>();
  private int journaled;
  private long versionsRead;
  private final boolean startedFromJournal;
  private PondIdentity identity;
  private LogPosition position;

  /** Where the whole log comes from when it must be read. */
  interface DeltaState {
    Optional<DeltaTable.State> find() throws IOException;
  }

  private LogIndex(
      PondLayout layout, DeltaState state, LogFileReader reader, IndexJournal journal, Filling by)
      throws IOException {
    this.layout = layout;
    this.state = state;
    this.reader = reader;
    this.journal = journal;
    this.identity = by.identity();
    this.position = by.position();
    add(by.transactions());
    this.startedFromJournal = by.isFromJournal();
    this.journaled = startedFromJournal ? transactions.size() : 0;
    this.versionsRead = startedFromJournal ? 0 : position.version() + 1;
  }

  private record Filling(
      PondIdentity identity,
      LogPosition position,
      List<LoggedTransaction> transactions,
      boolean isFromJournal) {}

  /** Reads the index of the pond at {@code layout}, which must be there. */
  static LogIndex open(PondLayout layout, LogEngine engine) throws IOException {
    LogFileReader reader = new LogFileReader(engine);
    DeltaState state = () -> engine.operations().findState();
    IndexJournal journal = new IndexJournal(layout.indexJournal());
    Optional<IndexJournal.Content> content = readJournal(journal, layout);
    Filling filling =
        content.isPresent()
            ? new Filling(
                content.get().identity(),
                content.get().position(),
                content.get().transactions(),
                true)
            : readLog(layout, state, reader, TxnSeq.NONE);
    LogIndex index = new LogIndex(layout, state, reader, journal, filling);
    index.refresh();
    if (index.journaled < index.transactions.size()) {
      index.tryRewrite();
    }
    return index;
  }

  /** Starts the index of a new pond with its first transaction. */
  static LogIndex start(
      PondLayout layout, LogEngine engine, PondIdentity identity, LoggedTransaction first)
      throws IOException {
    Filling filling = new Filling(identity, requirePosition(layout, 0), List.of(first), false);
    LogIndex index =
        new LogIndex(
            layout,
            () -> engine.operations().findState(),
            new LogFileReader(engine),
            new IndexJournal(layout.indexJournal()),
            filling);
    index.tryRewrite();
    return index;
  }

  /**
   * Finds what the journal holds, if its last position is a commit of this log, byte for byte. That
   * excludes a journal of another pond, of a restored older state, and one whose commits were lost.
   */
  private static Optional<IndexJournal.Content> readJournal(
      IndexJournal journal, PondLayout layout) {
    try {
      Optional<IndexJournal.Content> content = journal.read();
      if (content.isPresent()) {
        LogPosition claimed = content.get().position();
        Optional<LogPosition> found = LogPosition.find(layout.deltaLog(), claimed.version());
        return found.equals(Optional.of(claimed)) ? content : Optional.empty();
      }
      return content;
    } catch (IOException e) {
      warn("The index journal cannot be read; reading the log instead", e);
      return Optional.empty();
    }
  }

  synchronized PondIdentity identity() {
    return identity;
  }

  History history() {
    return history;
  }

  /** Counts the versions of the log that were read, not those the journal knew. */
  synchronized long versionsRead() {
    return versionsRead;
  }

  /** Tells whether the index journal spared reading the whole log. */
  boolean isStartedFromJournal() {
    return startedFromJournal;
  }

  /** Answers the number that the next Delta commit takes. */
  synchronized long nextVersion() {
    return position.version() + 1;
  }

  /** Answers the data file that holds the rows of a transaction. */
  synchronized DataFile dataFile(TxnSeq seq) {
    return transactions.get(Math.toIntExact(seq.number() - 1)).file();
  }

  /**
   * Takes in what was committed since.
   *
   * <p>Whether commit N+1 exists is the whole question: clean-up of a Delta log removes the oldest
   * commits first and never the newest, so when N is there and N+1 is not, N is the newest. And as
   * long as N is the same, byte for byte, the log is the one that was read.
   *
   * @throws PondException.Conflict when it is another one
   */
  synchronized void refresh() throws IOException {
    for (int followed = 0; ; followed++) {
      Optional<LogPosition> here = LogPosition.find(layout.deltaLog(), position.version());
      long next = position.version() + 1;
      Optional<LogPosition> found = LogPosition.find(layout.deltaLog(), next);
      boolean isSame = here.equals(Optional.of(position));
      if (isSame && found.isEmpty()) {
        return;
      }
      Optional<CommitFile.Appended> appended =
          isSame && followed < TAIL_LIMIT
              ? CommitFile.read(DeltaNames.commit(layout.deltaLog(), next))
              : Optional.empty();
      if (appended.isPresent() && found.isPresent()) {
        follow(appended.get(), found.get());
      } else {
        reload();
        if (!isSame) {
          return;
        }
      }
    }
  }

  private void follow(CommitFile.Appended appended, LogPosition at) throws IOException {
    TxnSeq seq = appended.note().info().seq();
    if (!appended.pond().equals(identity.id().toString()) || !seq.equals(history.last().next())) {
      throw replaced();
    }
    DataFile file = appended.dataFile();
    List<LogRow> rows = reader.readRows(List.of(file)).getOrDefault(seq, List.of());
    add(List.of(logged(appended.note(), rows, file)));
    position = at;
    versionsRead++;
  }

  private void reload() throws IOException {
    Filling whole = readLog(layout, state, reader, history.last());
    requireSamePond(whole);
    // Compaction may have moved old transactions to other files.
    for (LoggedTransaction each : whole.transactions()) {
      int place = Math.toIntExact(each.transaction().info().seq().number() - 1);
      if (place < transactions.size()) {
        CommittedTransaction known = transactions.get(place).transaction();
        transactions.set(place, new LoggedTransaction(known, each.file()));
      }
    }
    int known = transactions.size();
    add(whole.transactions().subList(known, whole.transactions().size()));
    versionsRead += Math.max(0, whole.position().version() - position.version());
    position = whole.position();
    journaled = 0;
  }

  private void requireSamePond(Filling whole) {
    boolean isSame =
        whole.identity().equals(identity) && whole.transactions().size() >= transactions.size();
    for (int i = 0; isSame && i < transactions.size(); i++) {
      isSame = id(whole.transactions().get(i)).equals(id(transactions.get(i)));
    }
    if (!isSame) {
      throw replaced();
    }
  }

  private static TxnId id(LoggedTransaction logged) {
    return logged.transaction().info().id();
  }

  private PondException.Conflict replaced() {
    return new PondException.Conflict(
        "the pond in " + layout.root() + " was replaced while it was open",
        "its log is not the one that was read",
        "Run the command again.");
  }

  private void add(List<LoggedTransaction> next) {
    for (LoggedTransaction each : next) {
      history.add(each.transaction());
      transactions.add(each);
    }
  }

  /** Takes in a commit that this process has made as {@code version}. */
  synchronized void record(LoggedTransaction committed, long version) throws IOException {
    // Another thread's look at the newest state may have found it first.
    if (history.last().compareTo(committed.transaction().info().seq()) < 0) {
      // Looked at first: without its position the commit is left to the next refresh.
      LogPosition at = requirePosition(layout, version);
      add(List.of(committed));
      position = at;
    }
    try {
      boolean isNext = journaled == transactions.size() - 1 && position.version() == version;
      if (!isNext || !journal.append(committed, position)) {
        journal.rewrite(content());
      }
      journaled = transactions.size();
    } catch (IOException e) {
      journaled = 0;
      warn("The index journal cannot be written; the next command will be slower", e);
    }
  }

  /**
   * Makes sure that the newest commit, and so all before it, survive a crash of the machine.
   *
   * @throws IOException when the machine does not confirm it
   */
  synchronized void confirm() throws IOException {
    Path newest = DeltaNames.commit(layout.deltaLog(), position.version());
    Durable.syncFile(newest);
    Durable.confirm(newest);
  }

  private void tryRewrite() {
    try {
      journal.rewrite(content());
      journaled = transactions.size();
    } catch (IOException e) {
      // A reader without write permission lives without it.
      journaled = 0;
    }
  }

  private IndexJournal.Content content() {
    return new IndexJournal.Content(identity, transactions, position);
  }

  private static LogPosition requirePosition(PondLayout layout, long version) throws IOException {
    return LogPosition.find(layout.deltaLog(), version)
        .orElseThrow(() ->
            Trouble.corrupt(
                DeltaNames.commit(layout.deltaLog(), version), "it has just disappeared"));
  }

  /** Reads the whole log; rows only of transactions after {@code known}. */
  private static Filling readLog(
      PondLayout layout, DeltaState state, LogFileReader reader, TxnSeq known) throws IOException {
    CommitFiles.requireWhole(layout.deltaLog());
    DeltaTable.State table =
        state.find().orElseThrow(() -> Trouble.corrupt(layout.deltaLog(), "it holds no table"));
    PondIdentity identity = identity(layout, table.properties());
    record Noted(TransactionNote note, DataFile file) {}
    List<Noted> noted = new ArrayList<>();
    for (LoggedFile file : table.files()) {
      DataFile.Tagged tagged =
          Trouble.decoding(
              layout.deltaLog(),
              "it cannot tell what " + file.name() + " holds",
              () -> DataFile.read(file.name(), file.tags()));
      tagged.notes().forEach(note -> noted.add(new Noted(note, tagged.file())));
    }
    noted.sort(Comparator.comparing(each -> each.note().info().seq()));
    List<DataFile> files =
        noted.stream()
            .filter(each -> each.note().info().seq().compareTo(known) > 0)
            .map(Noted::file)
            .distinct()
            .toList();
    Map<TxnSeq, List<LogRow>> rows = reader.readRows(files);
    List<LoggedTransaction> transactions = new ArrayList<>(noted.size());
    for (Noted each : noted) {
      TxnSeq seq = each.note().info().seq();
      if (seq.number() != transactions.size() + 1L) {
        throw Trouble.corrupt(
            layout.deltaLog(), "transaction " + (transactions.size() + 1) + " is missing");
      }
      transactions.add(logged(each.note(), rows.getOrDefault(seq, List.of()), each.file()));
    }
    return new Filling(identity, requirePosition(layout, table.version()), transactions, false);
  }

  private static LoggedTransaction logged(
      TransactionNote note, List<LogRow> inFileOrder, DataFile file) {
    return new LoggedTransaction(
        new CommittedTransaction(note.info(), note.committedAt(), inFileOrder), file);
  }

  private static PondIdentity identity(PondLayout layout, Map<String, String> properties)
      throws IOException {
    String format = properties.getOrDefault(LogSchema.PROPERTY_FORMAT_VERSION, "");
    if (!format.equals(Integer.toString(LogSchema.FORMAT_VERSION))) {
      throw new PondException.Invalid(
          "the pond in " + layout.root() + " has format '" + format + "'",
          "this program reads format " + LogSchema.FORMAT_VERSION,
          "Use a version of DuckPond that knows it.");
    }
    return Trouble.decoding(
        layout.deltaLog(),
        "the pond's identity is unreadable",
        () -> PondProperties.read(properties));
  }

  // Looked up when needed: starting the logging library costs a quick command tens of milliseconds.
  private static void warn(String message, IOException cause) {
    LoggerFactory.getLogger(LogIndex.class).warn(message, cause);
  }
}
