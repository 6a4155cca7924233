package dev.duckpond.oplog;

import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;

/** Gives Delta Kernel files of this machine and Parquet through the SQL engine; no Hadoop. */
final class DeltaEngine implements Engine {
  private final JsonHandler json;
  private final FileSystemClient files;
  private final ExpressionHandler expressions = new DefaultExpressionHandler();
  private final ParquetHandler parquet;

  DeltaEngine(DeltaFileIO io, LogEngine engine) {
    json = new DefaultJsonHandler(io);
    files = new DefaultFileSystemClient(io);
    parquet = new CheckpointParquet(engine, io, json);
  }

  @Override
  public ExpressionHandler getExpressionHandler() {
    return expressions;
  }

  @Override
  public JsonHandler getJsonHandler() {
    return json;
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return files;
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }
}
