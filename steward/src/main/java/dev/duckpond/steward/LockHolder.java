package dev.duckpond.steward;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says who holds the write lock and for which transaction. Kept in the lock file while the lock is
 * held, so that others can name the holder, and so that the next writer sees what a crash
 * interrupted: a line, below those of interrupted holders that are not recorded yet.
 */
record LockHolder(long pid, TransactionInfo transaction) {
  String toJson() {
    return JsonObject.builder()
        .put("pid", pid)
        .put("txn_seq", transaction.seq().number())
        .put("txn_id", transaction.id().toString())
        .put("args", JsonArray.ofTexts(transaction.args()))
        .put("user", transaction.user())
        .put("host", transaction.host())
        .put("started_at", transaction.startedAt().toString())
        .build()
        .toText();
  }

  /** Reads the holder that a lock file's text names last; empty when that is torn. */
  static Optional<LockHolder> parse(String text) {
    return parseLine(text.strip().lines().toList().reversed().stream().findFirst().orElse(""));
  }

  /** Reads all holders of a lock file's text, a line each; torn lines are passed over. */
  static List<LockHolder> parseAll(String text) {
    return text.lines().map(LockHolder::parseLine).flatMap(Optional::stream).toList();
  }

  /** Reads a holder; empty when the text is torn, as a crash while writing it may leave it. */
  private static Optional<LockHolder> parseLine(String text) {
    try {
      JsonObject json = Json.parse(text).asObject();
      List<String> args = json.require("args").asArray().texts();
      return Optional.of(
          new LockHolder(
              json.require("pid").longValue(),
              new TransactionInfo(
                  new TxnSeq(json.require("txn_seq").longValue()),
                  TxnId.of(json.require("txn_id").text()),
                  args,
                  json.require("user").text(),
                  json.require("host").text(),
                  Instant.parse(json.require("started_at").text()))));
    } catch (JsonException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Answers one line that names the holder to a person who waits. */
  String describe() {
    return "process %d of %s on %s, since %s: pond %s"
        .formatted(
            pid,
            transaction.user(),
            transaction.host(),
            transaction.startedAt(),
            String.join(" ", transaction.args()));
  }
}
