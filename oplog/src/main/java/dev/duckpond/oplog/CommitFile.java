package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a commit file of the operation log by itself, to follow a log without loading all of it.
 *
 * <p>Format: one action a line, as the Delta protocol has it.
 */
final class CommitFile {
  private static final Set<String> UNREMARKABLE = Set.of("commitInfo", "txn", "add");

  private CommitFile() {}

  /** A commit that did nothing but add the file of one transaction. */
  record Appended(TransactionNote note, String dataFile) {}

  /**
   * Reads a commit; empty when it is of another kind (compaction, changed properties), which only
   * the whole log explains.
   */
  static Optional<Appended> read(Path file) throws IOException {
    List<JsonObject> adds = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        JsonObject action = Json.parse(line).asObject();
        if (!UNREMARKABLE.containsAll(action.members().keySet())) {
          return Optional.empty();
        }
        action.find("add").ifPresent(add -> adds.add(add.asObject()));
      }
      return adds.size() == 1 ? appended(adds.getFirst()) : Optional.empty();
    } catch (JsonException e) {
      throw Trouble.corrupt(file, "it is not a Delta commit", e);
    }
  }

  private static Optional<Appended> appended(JsonObject add) {
    Optional<String> tag =
        add.findValue("tags").flatMap(tags -> tags.asObject().findText(TransactionNote.TAG));
    List<TransactionNote> notes = tag.map(TransactionNote::listFromTag).orElse(List.of());
    return notes.size() == 1
        ? Optional.of(new Appended(notes.getFirst(), DeltaRows.decode(add.require("path").text())))
        : Optional.empty();
  }
}
