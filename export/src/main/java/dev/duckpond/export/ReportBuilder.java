package dev.duckpond.export;

import dev.duckpond.query.Relation;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what became of each target. One thread only. */
final class ReportBuilder {
  private final ExportRequest request;
  private final ExportDirectory directory;
  private final Map<TargetKey, ExportReport.TargetReport> done = new LinkedHashMap<>();

  ReportBuilder(ExportRequest request, ExportDirectory directory) {
    this.request = request;
    this.directory = directory;
  }

  void failed(ExportTarget target, PondException failure) {
    done.put(target.key(), target(target, List.of(), Optional.of(failure)));
  }

  void planned(TargetPlan plan) {
    List<ExportReport.FileReport> files = new ArrayList<>();
    for (PlannedFile file : plan.files()) {
      files.add(
          file.kept()
              .map(kept -> file(kept, ExportReport.Outcome.KEPT))
              .orElseGet(() -> planned(file)));
    }
    done.put(plan.target().key(), target(plan.target(), files, Optional.empty()));
  }

  private static ExportReport.FileReport planned(PlannedFile file) {
    return new ExportReport.FileReport(
        file.path(),
        file.rows(),
        0,
        Optional.empty(),
        file.count()
            .flatMap(count ->
                count.partition().slot() instanceof TimeSlot.Span span
                    ? Optional.of(span.range())
                    : Optional.empty()),
        file.count().flatMap(PartitionCount::bounds),
        ExportReport.Outcome.PLANNED);
  }

  void published(TargetPlan plan, Publication.Published published) {
    List<ExportReport.FileReport> files = new ArrayList<>();
    for (ExportedFile file : published.files()) {
      boolean isWritten = published.written().contains(file.path());
      files.add(file(file, isWritten ? ExportReport.Outcome.WRITTEN : ExportReport.Outcome.KEPT));
    }
    done.put(plan.target().key(), target(plan.target(), files, Optional.empty()));
  }

  private static ExportReport.FileReport file(ExportedFile file, ExportReport.Outcome outcome) {
    return new ExportReport.FileReport(
        file.path(),
        file.rows(),
        file.sizeBytes(),
        Optional.of(file.hash()),
        file.span(),
        file.bounds(),
        outcome);
  }

  private static ExportReport.TargetReport target(
      ExportTarget target, List<ExportReport.FileReport> files, Optional<PondException> failure) {
    return new ExportReport.TargetReport(
        target.key().path(),
        target.captures().texts(),
        ExportDirectory.path(target.place()),
        switch (target.source()) {
          case Source.Rows _ -> ExportReport.Content.ROWS;
          case Source.Bytes _ -> ExportReport.Content.BYTES;
          case Source.Rendered _, Source.Made _ -> ExportReport.Content.MADE;
        },
        target.relation().map(Relation::columns).orElse(List.of()),
        target.relation().flatMap(Relation::time).map(TimeColumn::name),
        files,
        failure);
  }

  ExportReport build(
      List<ExportTarget> targets, Set<String> removed, Optional<PondException> stopped) {
    Map<String, List<ExportReport.TargetReport>> byPattern = new LinkedHashMap<>();
    request.patterns().forEach(pattern -> byPattern.put(pattern.toString(), new ArrayList<>()));
    for (ExportTarget target : targets) {
      Optional.ofNullable(done.get(target.key()))
          .ifPresent(known ->
              byPattern
                  .computeIfAbsent(target.key().pattern(), pattern -> new ArrayList<>())
                  .add(known));
    }
    return new ExportReport(
        directory.root(),
        byPattern.entrySet().stream()
            .map(entry -> new ExportReport.PatternReport(entry.getKey(), entry.getValue()))
            .toList(),
        List.copyOf(removed),
        stopped);
  }
}
