package dev.duckpond.factories.pages;

import dev.duckpond.query.ColumnName;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tera.ArrayValue;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The columns of a target as templates see them: {@code {fields: […]}}. */
record PageSchema(List<RelationColumn> columns) {
  PageSchema {
    columns = List.copyOf(columns);
  }

  /** Answers the columns of both, each name once. */
  PageSchema with(PageSchema other) {
    Map<String, RelationColumn> all = new LinkedHashMap<>();
    columns.forEach(column -> all.putIfAbsent(column.name(), column));
    other.columns.forEach(column -> all.putIfAbsent(column.name(), column));
    return new PageSchema(List.copyOf(all.values()));
  }

  ObjectValue value() {
    List<Value> fields = new ArrayList<>();
    for (RelationColumn column : columns) {
      ColumnName name = column.parsedName();
      Map<String, Value> field = new TreeMap<>();
      field.put("column", Value.text(column.name()));
      field.put("type", Value.text(column.type()));
      field.put("instrument", Value.text(name.instrument()));
      field.put("name", Value.text(name.name()));
      field.put("unit", Value.text(column.unit()));
      field.put("agg", Value.text(name.agg()));
      fields.add(ObjectValue.of(field));
    }
    return ObjectValue.of(Map.of("fields", ArrayValue.of(fields)));
  }
}
