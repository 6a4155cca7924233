package dev.duckpond.query;

import dev.duckpond.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a JSON object a line; a repeated column name gets a number, as members must differ. */
final class NdjsonSink implements RowSink {
  private final Appendable out;
  private final List<String> members = new ArrayList<>();

  NdjsonSink(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin(ResultRows rows) {
    Set<String> used = new HashSet<>();
    rows.columns().forEach(column -> used.add(column.name()));
    Set<String> written = new HashSet<>();
    for (ResultColumn column : rows.columns()) {
      String name = column.name();
      for (int i = 1; !written.add(name); i++) {
        String candidate = column.name() + "_" + i;
        name = used.contains(candidate) ? name : candidate;
      }
      members.add(Json.of(name).toText());
    }
  }

  @Override
  public void row(ResultRows rows) throws IOException {
    out.append('{');
    for (int i = 0; i < members.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(members.get(i)).append(':');
      JsonCells.write(rows, i, out);
    }
    out.append("}\n");
  }

  @Override
  public void end(long rowCount) {}
}
