package dev.duckpond.export;

import dev.duckpond.factories.pages.PageContext;
import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
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
      switch (target.source()) {
        case Source.Rendered rendered -> add(plan, rendered.page().render(context));
        case Source.Made made -> add(plan, made.maker());
        case Source.Rows _, Source.Bytes _ -> throw new IllegalArgumentException("not made here");
      }
    } catch (IOException e) {
      throw ExportErrors.of("'" + target.label() + "' cannot be written", e);
    }
  }

  /** A page is in memory, and most are in place already: these cost no file. */
  private void add(TargetPlan plan, byte[] bytes) throws IOException {
    ExportedFile file = file(plan, bytes.length, ContentHash.of(bytes));
    if (publication.isInPlace(plan.target().key(), file)) {
      batch.add(kept(plan, file));
    } else {
      Path place = staging.next();
      Files.write(place, bytes);
      batch.add(new Publication.Staged(plan, List.of(new StagedFile(place, file))));
    }
  }

  /** An answer may be longer than the memory; it is published, or not, from staging. */
  private void add(TargetPlan plan, Source.Maker maker) throws IOException {
    Path place = staging.next();
    MessageDigest digest = ContentHash.newDigest();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(place), digest)) {
      maker.make(out);
    }
    ExportedFile file = file(plan, Files.size(place), ContentHash.finish(digest));
    batch.add(new Publication.Staged(plan, List.of(new StagedFile(place, file))));
  }

  private static ExportedFile file(TargetPlan plan, long sizeBytes, ContentHash hash) {
    return new ExportedFile(
        plan.files().getFirst().path(),
        0,
        sizeBytes,
        hash,
        Optional.empty(),
        Optional.empty(),
        Fingerprint.UNKNOWN);
  }

  private static Publication.Staged kept(TargetPlan plan, ExportedFile file) {
    PlannedFile kept =
        new PlannedFile(file.path(), Optional.empty(), Fingerprint.UNKNOWN, Optional.of(file));
    TargetPlan done = new TargetPlan(plan.target(), Fingerprint.UNKNOWN, List.of(kept));
    return new Publication.Staged(done, List.of());
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
