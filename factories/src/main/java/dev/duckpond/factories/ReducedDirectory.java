package dev.duckpond.factories;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code temporal-reduce} makes: directories by the captures of the sources, and in each a
 * file for each resolution.
 */
final class ReducedDirectory implements DynamicNode.Directory {
  private final NodeSite site;
  private final TemporalReduce.Config config;

  ReducedDirectory(NodeSite site, TemporalReduce.Config config) {
    this.site = site;
    this.config = config;
  }

  @Override
  public List<Child> list() {
    return level().list();
  }

  @Override
  public Optional<Child> find(EntryName name) {
    return level().find(name);
  }

  /** Looks up the sources; those with the same directory are united. */
  private Level level() {
    NodeSite inside = new NodeSite(site.path(), site.source(), site.yaml(), entered());
    Map<List<EntryName>, List<PathMatch>> sources = new TreeMap<>(ReducedDirectory::compare);
    for (PathMatch match : QuerySession.match(inside.tree(), config.in().value())) {
      sources.computeIfAbsent(names(match), _ -> new ArrayList<>()).add(match);
    }
    Level top = new Level();
    sources.forEach((names, matches) -> {
      Level level = top;
      for (EntryName name : names) {
        level = level.child(name);
      }
      for (Resolution resolution : config.resolutions()) {
        EntryName file = new EntryName("res=" + resolution.text() + ".series");
        PondPath path = site.path();
        for (EntryName name : names) {
          path = path.child(name);
        }
        NodeSite place =
            new NodeSite(path.child(file), inside.source(), inside.yaml(), inside.tree());
        level.files.put(file, new ReducedSeries(place, config, matches, resolution));
      }
    });
    return top;
  }

  private PondTree entered() {
    try {
      return site.tree().entering(site.path());
    } catch (PondException.Invalid e) {
      throw site.invalid(config.in().place(), e.problem() + ": " + e.reason(), e.remedy());
    }
  }

  private List<EntryName> names(PathMatch match) {
    String out = config.out().value().expand(match.captures());
    List<EntryName> names = new ArrayList<>();
    for (String part : out.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        try {
          names.add(new EntryName(part));
        } catch (PondException.Usage e) {
          throw site.invalid(
              config.out().place(),
              e.problem() + ": " + e.reason(),
              "Results lie below the node; write names, such as $0 or daily/$0.");
        }
      }
    }
    return names;
  }

  private static int compare(List<EntryName> a, List<EntryName> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** One level of directories. */
  private static final class Level implements DynamicNode.Directory {
    private final Map<EntryName, Level> directories = new TreeMap<>();
    private final Map<EntryName, ReducedSeries> files = new TreeMap<>();

    Level child(EntryName name) {
      return directories.computeIfAbsent(name, _ -> new Level());
    }

    @Override
    public List<Child> list() {
      Map<EntryName, Child> all = new TreeMap<>();
      directories.forEach(
          (name, level) -> all.put(name, new Child(name, EntryType.DYNAMIC_DIRECTORY, level)));
      files.forEach((name, file) -> all.put(name, new Child(name, EntryType.TABLE_DYNAMIC, file)));
      return List.copyOf(all.values());
    }

    @Override
    public Optional<Child> find(EntryName name) {
      return list().stream().filter(child -> child.name().equals(name)).findFirst();
    }
  }
}
