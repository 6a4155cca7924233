package dev.duckpond.query;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.io.IOException;

/** Writes one JSON document of columns and rows. */
final class JsonSink implements RowSink {
  /** Changes when a reader of the document would have to. */
  static final int VERSION = 1;

  private final Appendable out;
  private String beforeRow = "\n";

  JsonSink(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin(ResultRows rows) throws IOException {
    out.append("{\"version\":").append(Integer.toString(VERSION)).append(",\"columns\":[");
    String before = "";
    for (ResultColumn column : rows.columns()) {
      out.append(before);
      JsonObject.builder().put("name", column.name()).put("type", column.type()).build().write(out);
      before = ",";
    }
    out.append("],\"rows\":[");
  }

  @Override
  public void row(ResultRows rows) throws IOException {
    out.append(beforeRow).append('[');
    for (int i = 0; i < rows.columns().size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      JsonCells.write(rows, i, out);
    }
    out.append(']');
    beforeRow = ",\n";
  }

  @Override
  public void end(long rowCount) throws IOException {
    out.append("\n],\"row_count\":");
    Json.of(rowCount).write(out);
    out.append("}\n");
  }
}
