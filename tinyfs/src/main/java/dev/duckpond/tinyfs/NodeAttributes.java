package dev.duckpond.tinyfs;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user has said about a node, whatever its versions: they stay when it is appended to or
 * moved. The newest of a node replaces those before it.
 *
 * @param origin the pond that wrote it
 * @param setAt from the clock of the writer
 * @param values facts by name, sorted; none when all were taken away. The names are in {@code
 *     docs/format/operation-log.md}
 */
public record NodeAttributes(
    PondId origin,
    NodeId node,
    EntryType type,
    TxnSeq txnSeq,
    Instant setAt,
    Map<String, String> values) {
  public NodeAttributes {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
