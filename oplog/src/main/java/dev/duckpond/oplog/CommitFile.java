package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a commit file of the operation log by itself: to follow a log without loading all of it,
 * and to make sure that the file is whole, since other readers of a Delta log take a file that was
 * cut at the end of a line for a smaller commit.
 *
 * <p>Format: one action a line, as the Delta protocol has it; {@code docs/format/operation-log.md}.
 */
final class CommitFile {
  private static final Set<String> UNREMARKABLE = Set.of("commitInfo", "txn", "add");

  private final Path file;
  private final List<JsonObject> infos = new ArrayList<>();
  private final List<JsonObject> adds = new ArrayList<>();
  private final List<JsonObject> txns = new ArrayList<>();
  private final List<String> otherLines = new ArrayList<>();
  private boolean isUnremarkable = true;

  private CommitFile(Path file) {
    this.file = file;
  }

  /**
   * A commit that did nothing but add the file of one transaction.
   *
   * @param pond the id of the pond that it was written for
   */
  record Appended(TransactionNote note, DataFile dataFile, String pond) {}

  /**
   * Reads a commit and checks that it is whole; empty when it is of another kind (the first one,
   * compaction, changed properties), which only the whole log explains.
   *
   * @throws PondException.Corrupt when it is not what was written
   */
  static Optional<Appended> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Trouble.decoding(
        file,
        "it is not a commit of a pond",
        () -> {
          CommitFile commit = new CommitFile(file);
          commit.takeLines(bytes);
          return commit.checked();
        });
  }

  private void takeLines(byte[] bytes) throws CharacterCodingException {
    if (bytes.length == 0) {
      throw Trouble.corrupt(file, "it is empty");
    }
    if (bytes[bytes.length - 1] != '\n') {
      throw Trouble.corrupt(file, "it breaks off in the middle of a line");
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      takeLine(line);
    }
  }

  private void takeLine(String line) {
    JsonObject action = Json.parse(line).asObject();
    action.find("commitInfo").ifPresent(info -> infos.add(info.asObject()));
    action.find("add").ifPresent(add -> adds.add(add.asObject()));
    action.find("txn").ifPresent(txn -> txns.add(txn.asObject()));
    isUnremarkable &= UNREMARKABLE.containsAll(action.members().keySet());
    if (action.find("commitInfo").isEmpty()) {
      otherLines.add(line);
    }
  }

  private Optional<Appended> checked() {
    if (infos.size() != 1) {
      throw Trouble.corrupt(file, "it holds no commit information");
    }
    JsonObject ours = infos.getFirst().require("duckpond").asObject();
    Optional<CommitSeal> seal = CommitSeal.find(ours);
    if (seal.isPresent() && !seal.get().equals(CommitSeal.of(otherLines))) {
      throw Trouble.corrupt(file, "its lines are not those that were written");
    }
    return ours.find("txnSeq").isPresent()
        ? checked(TransactionNote.fromJson(ours))
        : Optional.empty();
  }

  /** Checks the commit of a transaction: it adds one file, and says so twice. */
  private Optional<Appended> checked(TransactionNote note) {
    if (adds.size() != 1 || txns.size() != 1) {
      throw Trouble.corrupt(file, "lines of transaction " + note.info().seq() + " are missing");
    }
    DataFile.Tagged tagged = DataFile.read(adds.getFirst());
    if (!tagged.notes().equals(List.of(note))
        || txns.getFirst().require("version").longValue() != note.info().seq().number()) {
      throw Trouble.corrupt(file, "its lines speak of different transactions");
    }
    return isUnremarkable
        ? Optional.of(new Appended(note, tagged.file(), txns.getFirst().require("appId").text()))
        : Optional.empty();
  }
}
