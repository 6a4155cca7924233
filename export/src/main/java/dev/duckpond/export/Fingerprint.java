package dev.duckpond.export;

import dev.duckpond.query.Extent;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Tells whether a source, and the way it is written, is what it was: equal fingerprints are equal
 * files. A partition's covers only the content whose bounds of time meet it.
 */
final class Fingerprint {
  /** What is known when a source has parts that nobody can tell apart: never equal to another. */
  static final String UNKNOWN = "";

  /** Changes when files come out different from the same source and request. */
  private static final String FORMAT = "3";

  private final MessageDigest digest = ContentHash.newDigest();

  private Fingerprint() {}

  /**
   * Makes the fingerprints of one request.
   *
   * @param engine version of the engine, each of which writes Parquet in its own way
   */
  record Maker(ExportRequest request, String engine) {
    /** Answers the fingerprint of a whole relation. */
    String ofTarget(ExportTarget target, Relation relation) {
      Fingerprint print = layout(this, target, relation);
      print.add(request.nullTime().word());
      return print.source(relation.extents(), request.range());
    }

    /** Answers the fingerprint of one partition. */
    String ofPartition(ExportTarget target, Relation relation, Partition partition) {
      return Fingerprint.ofPartition(this, target, relation, partition);
    }
  }

  private static String ofPartition(
      Maker maker, ExportTarget target, Relation relation, Partition partition) {
    ExportRequest request = maker.request();
    List<Extent> extents = relation.extents();
    Fingerprint print = layout(maker, target, relation);
    for (var key : partition.keys()) {
      print.add(key.map(text -> "=" + text).orElse(""));
    }
    return switch (partition.slot()) {
      case TimeSlot.Whole whole -> {
        // Only a file that is not cut by time holds rows without one, or not, by the policy.
        print.add(request.nullTime().word());
        yield print.source(extents, request.range());
      }
      case TimeSlot.Unknown unknown -> print.source(extents, TimeRange.ALL);
      case TimeSlot.Span span ->
          extents.isEmpty()
              ? UNKNOWN
              : print.source(
                  meeting(extents, relation.derivation().reach().of(span.range())),
                  span.range().intersect(request.range()));
    };
  }

  /** Answers the fingerprint of stored data. */
  static String ofData(ExportTarget target, List<NodeVersion> versions) {
    Fingerprint print = new Fingerprint();
    print.add(FORMAT);
    print.add(ExportDirectory.path(target.place()));
    versions.forEach(version -> print.add(version.hash().hex()));
    return print.finish();
  }

  /** Lists the extents that may hold rows of a range. */
  static List<Extent> meeting(List<Extent> extents, TimeRange range) {
    return extents.stream().filter(extent -> meets(extent, range)).toList();
  }

  /** One that was looked into, since its rows are counted, and has no bounds, has no times. */
  private static boolean meets(Extent extent, TimeRange range) {
    return extent.runs().isEmpty()
        ? extent.rows().isEmpty()
        : extent.runs().stream().anyMatch(run -> run.meets(range));
  }

  private static Fingerprint layout(Maker maker, ExportTarget target, Relation relation) {
    ExportRequest request = maker.request();
    Fingerprint print = new Fingerprint();
    print.add(FORMAT);
    print.add(relation.derivation().text());
    print.add(maker.engine());
    print.add(target.key().pond());
    print.add(target.label());
    print.add(ExportDirectory.path(target.place()));
    print.addAll(target.captures().texts());
    print.addAll(request.temporal().stream().map(TemporalLevel::word).toList());
    print.addAll(request.partitionBy());
    print.add(request.compression().name());
    print.add(Long.toString(FileLayout.rowGroupRows(request, relation)));
    print.add(Boolean.toString(request.has(ExportRequest.Option.KEEP_PARTITION_COLUMNS)));
    print.add(relation.time().map(time -> time.name()).orElse(""));
    print.add(Integer.toString(relation.columns().size()));
    for (RelationColumn column : relation.columns()) {
      print.add(column.name());
      print.add(column.type());
    }
    return print;
  }

  private String source(List<Extent> extents, TimeRange range) {
    if (extents.isEmpty()) {
      return UNKNOWN;
    }
    add(range.fromMicros() + " " + range.toMicros());
    for (Extent extent : extents) {
      add(extent.origin().toString());
      add(extent.hash().hex());
      add(extent.txnSeq().toString());
    }
    return finish();
  }

  private void addAll(List<String> texts) {
    add(Integer.toString(texts.size()));
    texts.forEach(this::add);
  }

  /** Adds a text with its length before it, so that no two lists of texts run together. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private String finish() {
    return ContentHash.finish(digest).hex();
  }
}
