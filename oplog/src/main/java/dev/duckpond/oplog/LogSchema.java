package dev.duckpond.oplog;

import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;

/** The columns of the operation log; see {@code docs/format/operation-log.md}. */
final class LogSchema {
  /** The number of the format of the log and the blobs, kept in the table's properties. */
  static final int FORMAT_VERSION = 1;

  static final String PROPERTY_POND_ID = "duckpond.pondId";
  static final String PROPERTY_BIRTHPLACE = "duckpond.birthplace";
  static final String PROPERTY_FORMAT_VERSION = "duckpond.formatVersion";
  static final String PROPERTY_CREATED_AT = "duckpond.createdAt";

  static final String ENTRY = "entry";
  static final String VERSION = "version";
  static final String ATTRIBUTES = "attributes";
  static final String PUT = "put";
  static final String REMOVE = "remove";

  static final String TXN_SEQ = "txn_seq";
  static final String NODE_ID = "node_id";

  static final StructType DELTA =
      new StructType()
          .add("pond_id", StringType.STRING)
          .add(TXN_SEQ, LongType.LONG)
          .add("kind", StringType.STRING)
          .add("parent_id", StringType.STRING)
          .add("name", StringType.STRING)
          .add("op", StringType.STRING)
          .add(NODE_ID, StringType.STRING)
          .add("entry_type", StringType.STRING)
          .add("version", LongType.LONG)
          .add("covers_from", LongType.LONG)
          .add("created_at", TimestampType.TIMESTAMP)
          .add("size_bytes", LongType.LONG)
          .add("row_count", LongType.LONG)
          .add("sha256", StringType.STRING)
          .add("content", BinaryType.BINARY)
          .add("min_event_time", LongType.LONG)
          .add("max_event_time", LongType.LONG)
          .add("time_column", StringType.STRING)
          .add("factory", StringType.STRING)
          .add("attributes", StringType.STRING);

  private LogSchema() {}
}
