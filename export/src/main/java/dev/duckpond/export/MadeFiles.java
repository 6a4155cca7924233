package dev.duckpond.export;

import dev.duckpond.factories.pages.PageContext;
import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Makes files one after the other and publishes many at a time: waiting for the disk after each of
 * ten thousand pages would take minutes. What is in place already is not written. One thread only.
 */
final class MadeFiles {
  /** Files that are published together. */
  private static final int MAX_BATCH = 500;

  private final PageContext context;
  private final StagingArea staging;
  private final Publication publication;
  private final List<Publication.Staged> batch = new ArrayList<>();

  MadeFiles(PageContext context, StagingArea staging, Publication publication) {
    this.context = context;
    this.staging = staging;
    this.publication = publication;
  }

  /** Makes the file of a plan; it is published later. */
  void add(TargetPlan plan) {
    ExportTarget target = plan.target();
    try {
      byte[] bytes = make(target.source());
      PlannedFile planned = plan.files().getFirst();
      ExportedFile file =
          new ExportedFile(
              planned.path(),
              0,
              bytes.length,
              ContentHash.of(bytes),
              Optional.empty(),
              Optional.empty(),
              Fingerprint.UNKNOWN);
      if (publication.isInPlace(target.key(), file)) {
        PlannedFile kept =
            new PlannedFile(
                planned.path(), Optional.empty(), Fingerprint.UNKNOWN, Optional.of(file));
        TargetPlan done = new TargetPlan(target, Fingerprint.UNKNOWN, List.of(kept));
        batch.add(new Publication.Staged(done, List.of()));
      } else {
        Path place = staging.next();
        Files.write(place, bytes);
        batch.add(new Publication.Staged(plan, List.of(new StagedFile(place, file))));
      }
    } catch (IOException e) {
      throw ExportErrors.of("'" + target.label() + "' cannot be written", e);
    }
  }

  private byte[] make(Source source) throws IOException {
    return switch (source) {
      case Source.Rendered rendered -> rendered.page().render(context);
      case Source.Made made -> made.maker().make();
      case Source.Rows _, Source.Bytes _ -> throw new IllegalArgumentException("not made here");
    };
  }

  /** Tells whether enough is waiting. */
  boolean isFull() {
    return batch.size() >= MAX_BATCH;
  }

  /** Publishes what was made, and tells of each. */
  void publish(BiConsumer<TargetPlan, Publication.Published> told) throws IOException {
    staging.sync(
        batch.stream().flatMap(one -> one.files().stream()).map(StagedFile::place).toList());
    List<Publication.Published> all = publication.publishTogether(batch);
    for (int i = 0; i < all.size(); i++) {
      told.accept(batch.get(i).plan(), all.get(i));
    }
    batch.clear();
  }
}
