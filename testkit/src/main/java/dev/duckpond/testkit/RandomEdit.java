package dev.duckpond.testkit;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TreeEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** One operation of {@link TreeEdit}, drawn at random; many are refused, which is on purpose. */
sealed interface RandomEdit {
  record MakeDirectory(String path) implements RandomEdit {}

  record MakeDirectories(String path) implements RandomEdit {}

  record Write(String path, EntryType type, String text) implements RandomEdit {}

  record Link(String path, String target) implements RandomEdit {}

  record Move(String from, String to) implements RandomEdit {}

  record Remove(String path) implements RandomEdit {}

  record RemoveTree(String path) implements RandomEdit {}

  /** Few names, so that operations meet each other often. */
  List<String> NAMES = List.of("a", "b", "c", ".h", "é🦆");

  List<String> TARGETS =
      List.of("a", "b", "c", "..", "../a", "../../b", "/", "/a", "/a/b", "/c/../b", "a/./b//", "x");

  int MAX_NAMES = 4;

  /** Draws an operation. */
  static RandomEdit next(RandomGenerator random) {
    String path = path(random);
    return switch (random.nextInt(16)) {
      case 0, 1 -> new MakeDirectory(path);
      case 2, 3, 4 -> new MakeDirectories(path);
      case 5, 6, 7 -> new Write(path, EntryType.DATA, "text " + random.nextInt(5));
      case 8, 9 -> new Write(path, EntryType.TABLE_SERIES, "rows " + random.nextInt(5));
      case 10, 11 -> new Link(path, TARGETS.get(random.nextInt(TARGETS.size())));
      case 12, 13 -> new Move(path, path(random));
      case 14 -> new Remove(path);
      default -> random.nextBoolean() ? new RemoveTree(path) : new Remove(path);
    };
  }

  /** Draws a path of up to four names; the root too, now and then. */
  static String path(RandomGenerator random) {
    StringBuilder path = new StringBuilder();
    int names = random.nextInt(25) == 0 ? 0 : 1 + random.nextInt(MAX_NAMES);
    for (int i = 0; i < names; i++) {
      path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** Does it to a pond. */
  static void apply(RandomEdit operation, TreeEdit edit, StoreWrite write) throws IOException {
    switch (operation) {
      case MakeDirectory make -> edit.makeDirectory(PondPath.of(make.path()));
      case MakeDirectories make -> edit.makeDirectories(PondPath.of(make.path()));
      case Write file -> {
        byte[] content = file.text().getBytes(StandardCharsets.UTF_8);
        edit.write(
            PondPath.of(file.path()),
            file.type(),
            Samples.stage(write, file.type(), content),
            ContentFacts.NONE);
      }
      case Link link -> edit.link(PondPath.of(link.path()), link.target());
      case Move move -> edit.move(PondPath.of(move.from()), PondPath.of(move.to()));
      case Remove remove -> edit.remove(PondPath.of(remove.path()));
      case RemoveTree remove -> edit.removeTree(PondPath.of(remove.path()));
    }
  }
}
