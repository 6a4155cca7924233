package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.time.Instant;

/**
 * What a Delta commit says about itself.
 *
 * @param operation a word that Delta readers know, {@code WRITE} for instance
 * @param at by the clock of the writer
 * @param id of this attempt; it tells our commit from another one of the same number
 * @param rowCount rows added
 * @param duckpond our own facts, kept as one member that other readers pass over
 */
record CommitNote(String operation, Instant at, String id, long rowCount, JsonObject duckpond) {
  private static final String ENGINE = "DuckPond";

  /** Answers the line of the commit file. */
  String toJsonLine() {
    JsonObject info =
        JsonObject.builder()
            .put("timestamp", at.toEpochMilli())
            .put("operation", operation)
            .put("operationParameters", JsonObject.builder().put("mode", "Append").build())
            .put("isBlindAppend", true)
            .put("engineInfo", ENGINE)
            .put("txnId", id)
            .put(
                "operationMetrics",
                JsonObject.builder()
                    .put("numFiles", "1")
                    .put("numOutputRows", Long.toString(rowCount))
                    .build())
            .put("duckpond", duckpond)
            .build();
    return line("commitInfo", info);
  }

  private static String line(String action, Json value) {
    return JsonObject.builder().put(action, value).build().toText();
  }

  /** Answers the line that forbids a second commit of {@code version} by application {@code id}. */
  static String transactionLine(String applicationId, long version, Instant at) {
    return line(
        "txn",
        JsonObject.builder()
            .put("appId", applicationId)
            .put("version", version)
            .put("lastUpdated", at.toEpochMilli())
            .build());
  }
}
