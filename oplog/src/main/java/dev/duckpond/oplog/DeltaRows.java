package dev.duckpond.oplog;

import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.data.vector.DefaultGenericVector;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the actions of a Delta commit.
 *
 * <p>The only class that touches {@code io.delta.kernel.internal}: Kernel's public calls neither
 * set the tags of a file nor answer the response of a committer.
 */
final class DeltaRows {
  private static final String ADD = "add";
  private static final String COMMIT_INFO = "commitInfo";

  private DeltaRows() {}

  /** Answers the action that adds {@code file} to a table without partitions. */
  static Row add(StructType tableSchema, NewDataFile file) {
    Map<String, String> noPartitions = Map.of();
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            tableSchema,
            file.name(),
            VectorUtils.stringStringMapValue(noPartitions),
            file.sizeBytes(),
            file.modifiedAt().toEpochMilli(),
            true,
            Optional.empty(),
            Optional.of(VectorUtils.stringStringMapValue(file.tags())),
            Optional.empty(),
            Optional.empty(),
            Optional.of(statistics(file))));
  }

  private static DataFileStatistics statistics(NewDataFile file) {
    return new DataFileStatistics(
        file.rowCount(), file.min(), file.max(), Map.of(), Optional.empty());
  }

  /** Answers a row of Kernel's scan as the file it stands for. */
  static LoggedFile file(Row scanned) {
    Row add = scanned.getStruct(scanned.getSchema().indexOf(ADD));
    StructType schema = add.getSchema();
    String path = add.getString(schema.indexOf("path"));
    int tags = schema.indexOf("tags");
    Map<String, String> tagMap = tags < 0 || add.isNullAt(tags) ? Map.of() : map(add.getMap(tags));
    return new LoggedFile(decode(path), tagMap);
  }

  /** Answers the name that the path of an add action means; paths are URIs in Delta. */
  static String decode(String path) {
    String plain = URI.create(path).getPath();
    if (plain == null) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    return plain;
  }

  private static Map<String, String> map(MapValue value) {
    return VectorUtils.toJavaMap(value);
  }

  static boolean isCommitInfo(Row action) {
    int ordinal = action.getSchema().indexOf(COMMIT_INFO);
    return ordinal >= 0 && !action.isNullAt(ordinal);
  }

  static String toJson(Row action) {
    return JsonUtils.rowToJson(action);
  }

  /** Answers what Kernel wants to hear from a committer about the published file. */
  static CommitResponse published(FileStatus commitFile) {
    return new CommitResponse(ParsedPublishedDeltaData.forFileStatus(commitFile));
  }

  /** Answers a column of texts. */
  static ColumnVector texts(@Nullable Object[] texts) {
    return DefaultGenericVector.fromArray(StringType.STRING, texts);
  }

  /** Answers an iterator with nothing to close. */
  static <T> CloseableIterator<T> iterate(List<T> items) {
    Iterator<T> iterator = items.iterator();
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public T next() {
        return iterator.next();
      }

      @Override
      public void close() {}
    };
  }
}
