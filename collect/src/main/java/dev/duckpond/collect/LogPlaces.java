package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TreeEdit;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives logs their names in the pond. No log ever takes the place of another: one of two has a mark
 * behind its name.
 *
 * @param staying the logs that have their names by right, because a file of this machine has it too
 */
record LogPlaces(Set<NodeId> staying) {
  private static final int MARK_DIGITS = 8;

  LogPlaces {
    staying = Set.copyOf(staying);
  }

  /** Tells which logs stay where they are, by the files that have them. */
  static LogPlaces of(LogShelf shelf, List<HostLog> active, List<RotatedLog> rotated) {
    Set<NodeId> staying = new HashSet<>();
    Set<NodeId> moving = new HashSet<>();
    for (RotatedLog log : rotated) {
      log.known()
          .ifPresent(known ->
              (known.path().equals(log.file().target()) ? staying : moving).add(known.id()));
    }
    for (KnownLog log : shelf.active()) {
      if (!moving.contains(log.id())
          && active.stream().anyMatch(file -> file.target().equals(log.path()))) {
        staying.add(log.id());
      }
    }
    return new LogPlaces(staying);
  }

  /** Moves a rotated log to its name, and answers where it is then. */
  PondPath move(TreeEdit edit, KnownLog log, PondPath target) {
    PondPath from = log.path();
    if (from.equals(target)) {
      return from;
    }
    LogShelf.requireFolder(edit.tree(), target);
    boolean isForeign = LogShelf.isForeign(edit.tree(), target);
    Optional<KnownLog> other = isForeign ? Optional.empty() : LogShelf.find(edit.tree(), target);
    if (isForeign || other.filter(there -> staying.contains(there.id())).isPresent()) {
      if (isBeside(from, target)) {
        return from;
      }
      edit.makeDirectories(target.parent());
      PondPath free = free(edit.tree(), target, log.versions().getFirst().hash().hex());
      edit.move(from, free);
      return free;
    }
    other.ifPresent(there -> setAside(edit, there));
    edit.makeDirectories(target.parent());
    edit.move(from, target);
    return target;
  }

  /** Frees a name for a log that is new. */
  void free(TreeEdit edit, PondPath target) {
    LogShelf.requireFolder(edit.tree(), target);
    edit.makeDirectories(target.parent());
    LogShelf.find(edit.tree(), target).ifPresent(there -> setAside(edit, there));
  }

  private static void setAside(TreeEdit edit, KnownLog log) {
    String hash = log.versions().getFirst().hash().hex();
    edit.move(log.path(), free(edit.tree(), log.path(), hash));
  }

  /** Tells whether a log has a name with a mark because another has the name by right. */
  static boolean isBeside(PondPath path, PondPath target) {
    return path.parent().equals(target.parent())
        && path.name().text().startsWith(target.name().text() + "~");
  }

  private static PondPath free(PondTree tree, PondPath path, String hash) {
    String mark = "~" + hash.substring(0, MARK_DIGITS);
    PondPath free = marked(path, mark);
    for (int number = 2; tree.findUnfollowed(free).isPresent(); number++) {
      free = marked(path, mark + "-" + number);
    }
    return free;
  }

  private static PondPath marked(PondPath path, String mark) {
    String name = path.name().text();
    while ((name + mark).getBytes(StandardCharsets.UTF_8).length > EntryName.MAX_BYTES) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return path.parent().child(new EntryName(name + mark));
  }
}
