package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.time.Instant;
import java.util.List;

/**
 * What the log says of a transaction beside its rows.
 *
 * <p>It stands in the commit information, for readers of the table's history, and in the tags of
 * the data file, which outlive the commit files: a checkpoint keeps tags and drops commit
 * information. See {@code docs/format/operation-log.md}.
 */
record TransactionNote(TransactionInfo info, Instant committedAt) {
  /** The tag of a data file that holds its transactions, a JSON array. */
  static final String TAG = "duckpond.transactions";

  JsonObject toJson() {
    return JsonObject.builder()
        .put("txnSeq", info.seq().number())
        .put("txnId", info.id().toString())
        .put("args", info.args())
        .put("user", info.user())
        .put("host", info.host())
        .put("startedAt", info.startedAt().toString())
        .put("committedAt", committedAt.toString())
        .build();
  }

  static TransactionNote fromJson(JsonObject json) {
    return new TransactionNote(
        new TransactionInfo(
            new TxnSeq(json.require("txnSeq").longValue()),
            TxnId.of(json.require("txnId").text()),
            json.require("args").asArray().texts(),
            json.require("user").text(),
            json.require("host").text(),
            Instant.parse(json.require("startedAt").text())),
        Instant.parse(json.require("committedAt").text()));
  }

  /** Answers the text of the tag for a file of this one transaction. */
  String toTag() {
    return JsonArray.of(toJson()).toText();
  }

  /** Reads the tag of a data file. */
  static List<TransactionNote> listFromTag(String tag) {
    return Json.parse(tag).asArray().stream().map(note -> fromJson(note.asObject())).toList();
  }
}
