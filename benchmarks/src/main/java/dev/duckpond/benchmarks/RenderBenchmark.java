package dev.duckpond.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Renders pages that each name the 50 files of a series: a tenth of them, and all.
 *
 * <p>Arguments: the launcher of the distribution, an empty directory to work in, the number of
 * pages. All are whole processes. What the pages are about was exported before, and what an export
 * takes that finds everything as it was is measured too, and taken off.
 */
public final class RenderBenchmark {
  private static final int SERIES = 20;
  private static final int FILES = 50;

  private static final String DATA =
      """
      stages:
        - {name: Series, type: data_export, patterns: ['/s/*.series'], temporal: 'year,month'}
        - {name: Subjects, type: data_export, patterns: ['/p/%s*.txt']}
      """;

  private static final String PAGES =
      """
        - name: Pages
          type: template_processing
          template_spec:
            collections:
              - {name: pages, in_pattern: '/p/*.txt', out_pattern: 'pages/$0.html', template_file: page.html}
      """;

  private static final String PAGE =
      """
      ---
      title: {{ args[0] }}
      ---
      <script>
      const files = {
      {% for k, v in export_by_pattern["/s/*.series"] %}{% if k == "s" ~ (args[0] | int % 20) %}\
        {{ k | to_json }}: [
      {% for f in v %}    {url: {{ f.file | to_json }}, start: {{ f.start_time }}, rows: {{ f.rows }}},
      {% endfor %}  ],
      {% endif %}{% endfor %}};
      </script>
      """;

  private final Path launcher;
  private final Path work;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private RenderBenchmark(Path launcher, Path work) {
    this.launcher = launcher;
    this.work = work;
  }

  /** Runs both sizes and prints what they took. */
  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path work = Path.of(args[1]).toAbsolutePath();
    new RenderBenchmark(launcher, work).run(Integer.parseInt(args[2]));
  }

  private void run(int pages) throws Exception {
    make(pages);
    ProcessCost few = render("0", pages / 10);
    ProcessCost all = render("", pages);
    out.printf(
        Locale.ROOT,
        "memory at ten times the pages: %.2f%n",
        (double) all.peakKilobytes() / few.peakKilobytes());
  }

  private void make(int pages) throws IOException, InterruptedException {
    Path subjects = Files.createDirectories(work.resolve("p"));
    for (int i = 0; i < pages; i++) {
      String name = String.format(Locale.ROOT, "%0" + digits(pages) + "d.txt", i);
      Files.writeString(subjects.resolve(name), name);
    }
    StringBuilder rows = new StringBuilder("timestamp,A.T.C,B.T.C,A.S.psu\n");
    for (int i = 0; i < FILES; i++) {
      rows.append(LocalDate.of(2020, 1, 15).plusMonths(i)).append("T00:00:00Z,1,2,3\n");
    }
    Path csv = work.resolve("rows.csv");
    Files.writeString(csv, rows.toString());
    Files.writeString(work.resolve("page.html"), PAGE);
    pond("init");
    pond("mkdir", "/s");
    for (int i = 0; i < SERIES; i++) {
      pond("-q", "copy", "--as-series", csv.toString(), "/s/s" + i + ".series");
    }
    pond("-q", "copy", subjects.toString(), "/p");
  }

  private static int digits(int pages) {
    return Integer.toString(pages - 1).length();
  }

  private ProcessCost render(String first, int pages) throws IOException, InterruptedException {
    Path data = work.resolve("data.yaml");
    Path all = work.resolve("all.yaml");
    Files.writeString(data, DATA.formatted(first));
    Files.writeString(all, DATA.formatted(first) + PAGES);
    Path site = work.resolve("site" + first);
    export(data, site);
    ProcessCost kept = export(data, site);
    ProcessCost rendered = export(all, site);
    ProcessCost again = export(all, site);
    out.println(pages + " pages of " + FILES + " files, without the pages: " + kept);
    out.println(pages + " pages of " + FILES + " files, written: " + rendered);
    out.println(pages + " pages of " + FILES + " files, kept: " + again);
    out.printf(
        Locale.ROOT,
        "%d pages of %d files, net: written in %.2f s, kept in %.2f s%n",
        pages,
        FILES,
        seconds(rendered, kept),
        seconds(again, kept));
    return rendered;
  }

  private static double seconds(ProcessCost whole, ProcessCost without) {
    return whole.time().minus(without.time()).toMillis() / 1000.0;
  }

  private ProcessCost export(Path pipeline, Path site) throws IOException, InterruptedException {
    return pond("-q", "export", "--pipeline", pipeline.toString(), "-d", site.toString());
  }

  private ProcessCost pond(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(launcher.toString(), "--pond", work.resolve("pond").toString()));
    command.addAll(List.of(words));
    return ProcessCost.of(command);
  }
}
