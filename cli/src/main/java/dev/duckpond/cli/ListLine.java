package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.EntryType;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Tells one path in one line. */
sealed interface ListLine {
  /** Answers the line of a path, without its end. */
  String of(ListedNode node);

  /** Answers the tag of a type, as wide for all. */
  static String kind(EntryType type) {
    return switch (type) {
      case DIRECTORY, DYNAMIC_DIRECTORY -> "[DIR] ";
      case SYMLINK -> "[LINK]";
      case DATA, DATA_SERIES, DATA_DYNAMIC -> "[FILE]";
      case TABLE, TABLE_DYNAMIC -> "[TBL] ";
      case TABLE_SERIES -> "[SER] ";
    };
  }

  /** Kind and path. */
  record Brief() implements ListLine {
    @Override
    public String of(ListedNode node) {
      return kind(node.type()) + " " + TerminalText.escaped(node.path().toString());
    }
  }

  /** Kind, type, size in bytes, node@pond, version, time, path and target, in columns. */
  record Detailed(int sizeWidth, int versionWidth) implements ListLine {
    private static final String NOTHING = "-";

    /** Makes the columns as wide as these paths need. */
    static Detailed fitting(List<ListedNode> nodes) {
      return new Detailed(
          nodes.stream().mapToInt(node -> size(node).length()).max().orElse(1),
          nodes.stream().mapToInt(node -> version(node).length()).max().orElse(1));
    }

    @Override
    public String of(ListedNode node) {
      return String.join(
          " ",
          kind(node.type()),
          padded(node.type().text(), EntryType.DYNAMIC_DIRECTORY.text().length()),
          " ".repeat(sizeWidth - size(node).length()) + size(node),
          padded(ids(node), "012345678901@012345678901".length()),
          padded(version(node), versionWidth),
          padded(time(node), "2026-01-01T00:00:00Z".length()),
          TerminalText.escaped(node.path().toString())
              + node.target().map(target -> " -> " + TerminalText.escaped(target)).orElse(""));
    }

    private static String padded(String text, int width) {
      return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static String size(ListedNode node) {
      return node.sizeBytes().isPresent() ? Long.toString(node.sizeBytes().getAsLong()) : NOTHING;
    }

    private static String version(ListedNode node) {
      return node.version().map(version -> "v" + version.version()).orElse(NOTHING);
    }

    private static String ids(ListedNode node) {
      return node.nodeId().isPresent() && node.pondId().isPresent()
          ? last12(node.nodeId().get()) + "@" + last12(node.pondId().get())
          : NOTHING;
    }

    private static String last12(String id) {
      return id.substring(id.length() - 12);
    }

    private static String time(ListedNode node) {
      return node.version()
          .map(version -> version.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
          .orElse(NOTHING);
    }
  }
}
