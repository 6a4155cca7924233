package dev.duckpond.collect;

import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import java.time.Duration;
import java.util.List;

/** Takes in log files as they grow and rotate. */
final class LogKind implements Kind<LogConfig> {
  static final String NAME = "logfile-ingest";
  private static final EntryName SYSTEM = new EntryName("system");

  private static final Field<HostGlob> ARCHIVED =
      Field.required(
          "archived_pattern",
          Shapes.parsed("an absolute pattern of files", HostGlob::parse),
          "The rotated files; .gz and .bz2 are unpacked.");
  private static final Field<HostGlob> ACTIVE =
      Field.required(
          "active_pattern",
          Shapes.parsed("an absolute pattern of files", HostGlob::parse),
          "The files that are being written.");
  private static final Field<PondPath> PATH =
      Field.required(
          "pond_path",
          Shapes.parsed("a path", PondPath::of),
          "The directory in the pond; files keep their names, and folders that wildcards met.");
  private static final Field<Duration> STALE_AFTER = CollectShapes.staleAfter();
  private static final ObjectShape<LogConfig> SHAPE =
      ObjectShape.of("logs", List.of(ARCHIVED, ACTIVE, PATH, STALE_AFTER), LogKind::config);

  private static LogConfig config(Fields fields) {
    LogConfig config =
        new LogConfig(
            fields.value(ARCHIVED),
            fields.value(ACTIVE),
            fields.value(PATH),
            fields.value(STALE_AFTER));
    if (config.archived().pattern().toString().equals(config.active().pattern().toString())) {
      fields.mistake(
          ARCHIVED,
          "'archived_pattern' and 'active_pattern' are the same",
          "Let one match the rotated files alone: access.log.*, and the other access.log.");
    }
    PondPath path = config.path();
    if (path.isRoot() || path.names().getFirst().equals(SYSTEM)) {
      fields.mistake(
          PATH,
          "logs cannot be in '" + path + "'",
          "Name a directory for them alone that is not in /system: /logs.");
    }
    return config;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DATA_DYNAMIC;
  }

  @Override
  public Shape<LogConfig> shape() {
    return SHAPE;
  }

  @Override
  public String summary() {
    return "takes in what is new in log files when it is run, also across rotation";
  }

  @Override
  public String example() {
    return """
    archived_pattern: /var/log/nginx/access.log.*
    active_pattern: /var/log/nginx/access.log
    pond_path: /logs/nginx
    """;
  }

  @Override
  public DynamicNode open(NodeSite site, LogConfig config) {
    return new LogNode(site, config);
  }
}
