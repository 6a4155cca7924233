package dev.duckpond.factories.pages;

import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a {@code template} node makes: a directory for each collection, and its pages in it. */
record PageDirectory(NodeSite site, PageSpec spec) implements DynamicNode.Directory {
  @Override
  public List<Child> list() {
    return spec.collections().stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .map(this::child)
        .toList();
  }

  @Override
  public Optional<Child> find(EntryName name) {
    return spec.collections().stream()
        .filter(collection -> collection.name().equals(name))
        .findFirst()
        .map(this::child);
  }

  private Child child(PageCollection collection) {
    return new Child(collection.name(), EntryType.DYNAMIC_DIRECTORY, new Pages(site, collection));
  }

  /** The pages of one collection; what they are about is looked up when they are listed. */
  private record Pages(NodeSite site, PageCollection collection) implements DynamicNode.Directory {
    @Override
    public List<Child> list() {
      return level().list();
    }

    @Override
    public Optional<Child> find(EntryName name) {
      return level().find(name);
    }

    private Level level() {
      PondTree inside = site.tree().entering(site.path());
      Level top = new Level();
      try {
        List<PageCollection.Placed> pages =
            PageSpec.pages(
                collection,
                url -> QuerySession.match(inside, url),
                site.path().child(collection.name()) + "/",
                inside.snapshot());
        for (PageCollection.Placed placed : pages) {
          top.add(placed.place(), placed);
        }
      } catch (PondException.Invalid e) {
        throw site.invalid(
            collection.out().place(),
            e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason()),
            e.remedy());
      }
      return top;
    }
  }

  /** One level of directories. */
  private static final class Level implements DynamicNode.Directory {
    private final Map<EntryName, Child> children = new TreeMap<>();

    void add(List<String> place, PageCollection.Placed placed) {
      EntryName name = new EntryName(place.getFirst());
      Child there = children.get(name);
      if (place.size() == 1) {
        if (there != null) {
          throw clash(placed);
        }
        children.put(name, new Child(name, EntryType.DATA_DYNAMIC, placed.page()));
        return;
      }
      if (there == null) {
        there = new Child(name, EntryType.DYNAMIC_DIRECTORY, new Level());
        children.put(name, there);
      }
      if (!(there.content() instanceof Level below)) {
        throw clash(placed);
      }
      below.add(place.subList(1, place.size()), placed);
    }

    private static PondException clash(PageCollection.Placed placed) {
      return new PondException.Invalid(
          "'" + placed.text() + "' is a page and a directory of pages", "", "Name them apart.");
    }

    @Override
    public List<Child> list() {
      return List.copyOf(children.values());
    }

    @Override
    public Optional<Child> find(EntryName name) {
      return Optional.ofNullable(children.get(name));
    }
  }
}
