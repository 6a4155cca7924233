package dev.duckpond.export;

import dev.duckpond.factories.pages.PageCollection;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.util.List;

/**
 * Makes the targets that stages make themselves: pages, and files of queries. The manifest knows
 * them by patterns of these names.
 */
final class StageTargets {
  static final String QUERY = "query:";
  static final String TEMPLATE = "template:";

  private final String pond;
  private final StageQueries queries;

  /** Makes targets for a pond of an id. */
  StageTargets(String pond, StageQueries queries) {
    this.pond = pond;
    this.queries = queries;
  }

  /** Answers the pattern of the file of a query. */
  static String pattern(Stage.OutputFile file) {
    return QUERY + file.path();
  }

  /** Answers the pattern of the pages of a collection. */
  static String pattern(Stage.Pages pages, PageCollection collection) {
    return TEMPLATE + pages.label() + "#" + collection.name();
  }

  ExportTarget file(Stage.Query query, Stage.OutputFile file) {
    return new ExportTarget(
        new TargetKey(pond, pattern(file), PondPath.of("/" + file.path())),
        new Source.Made(out -> queries.write(query, out)),
        Captures.NONE,
        List.of(file.path().split("/", -1)));
  }

  /**
   * Answers the target of a page.
   *
   * @throws PondException.Invalid when its place belongs to the export itself
   */
  ExportTarget page(String pattern, PageCollection.Placed placed) {
    if (!ExportDirectory.isPlain(placed.text())) {
      throw new PondException.Invalid(
          "'" + placed.text() + "' cannot be written",
          "names that begin with '" + ExportDirectory.RESERVED + "' belong to the export itself",
          "Choose another out_pattern.");
    }
    return new ExportTarget(
        new TargetKey(pond, pattern, PondPath.of("/" + placed.text())),
        new Source.Rendered(placed.page()),
        new Captures(placed.page().args()),
        placed.place());
  }
}
