package dev.duckpond.simulate;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.simulate.SimulatedDevice.Quantity;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Loads devices from Parquet files {@code <id>/<name>.series}, or {@code .parquet}, anywhere below
 * a folder. A file has a column {@code timestamp}, integers of epoch seconds or timestamps, and
 * columns {@code Parameter.unit}; several files of an id are one device. All is kept in memory.
 */
public final class HydroVuFiles {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");
  private static final Pattern FILE =
      Pattern.compile("(.+?)(?:_archive_[0-9]{8}|_active)?\\.(?:series|parquet)");
  private static final int MAX_DEPTH = 8;
  private static final String TIME = "timestamp";

  private HydroVuFiles() {}

  /**
   * Loads all devices, in the order of their paths.
   *
   * @param folder may be a symbolic link; those below it are not followed
   * @param spill where the engine may put what does not fit its memory
   * @throws PondException.NotFound when there is none
   * @throws PondException.Invalid when a file is not as above
   */
  public static HydroVuData load(Path folder, Path spill) {
    HydroVuData data = new HydroVuData();
    List<Path> files = list(folder);
    try (DuckSession duck =
        DuckSession.open(DuckOptions.builder(spill).allowDirectory(folder).build())) {
      for (Path file : files) {
        load(duck, file, data);
      }
    }
    if (data.devices().isEmpty()) {
      throw new PondException.NotFound(
          "'" + folder + "' holds no devices",
          "they are files such as 4990594334457856/Vulink_1.series",
          "Name a folder that has them.");
    }
    return data;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> walk = Files.walk(folder.toRealPath(), MAX_DEPTH)) {
      return walk.filter(HydroVuFiles::isDevice).sorted().toList();
    } catch (UncheckedIOException e) {
      throw unlisted(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
  }

  private static PondException.Failed unlisted(Path folder, IOException cause) {
    return new PondException.Failed(
        "'" + folder + "' cannot be listed", String.valueOf(cause.getMessage()), "", cause);
  }

  private static boolean isDevice(Path file) {
    Path parent = file.getParent();
    return parent != null
        && parent.getFileName() != null
        && DIGITS.matcher(parent.getFileName().toString()).matches()
        && FILE.matcher(String.valueOf(file.getFileName())).matches();
  }

  private static void load(DuckSession duck, Path file, HydroVuData data) {
    Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      throw new IllegalStateException("not listed: " + file);
    }
    Path absolute = file.toAbsolutePath();
    long id = Long.parseLong(absolute.getName(absolute.getNameCount() - 2).toString());
    SimulatedDevice device =
        data.find(id)
            .orElseGet(() -> {
              SimulatedDevice added = new SimulatedDevice(id, name.group(1));
              data.add(added);
              return added;
            });
    try {
      List<Column> columns = duck.readParquetSchema(file).columns();
      List<Quantity> quantities = new ArrayList<>();
      SqlBuilder sql = new SqlBuilder().text("SELECT ").append(seconds(file, columns));
      for (Column column : columns) {
        if (!column.name().equals(TIME)) {
          quantities.add(quantity(column.name()));
          sql.text(", CAST(").identifier(column.name()).text(" AS DOUBLE)");
        }
      }
      sql.text(" FROM read_parquet(")
          .literal(file.toAbsolutePath().normalize().toString())
          .text(")");
      try (Rows rows = duck.query(sql.build())) {
        while (rows.next()) {
          for (int i = 0; i < quantities.size(); i++) {
            double value = rows.isNull(i + 1) ? Double.NaN : rows.doubleValue(i + 1);
            if (!Double.isNaN(value)) {
              device.put(rows.longValue(0), quantities.get(i), value);
            }
          }
        }
      }
    } catch (DuckException e) {
      throw new PondException.Invalid(
          "'" + file + "' cannot be served", String.valueOf(e.getMessage()), "", e);
    }
  }

  private static Sql seconds(Path file, List<Column> columns) {
    Column time =
        columns.stream()
            .filter(column -> column.name().equals(TIME))
            .findFirst()
            .orElseThrow(() ->
                new PondException.Invalid(
                    "'" + file + "' cannot be served", "it has no column 'timestamp'", ""));
    return time.type().startsWith("TIMESTAMP")
        ? Sql.of("CAST(floor(epoch(\"timestamp\")) AS BIGINT)")
        : Sql.of("CAST(\"timestamp\" AS BIGINT)");
  }

  private static Quantity quantity(String column) {
    int dot = column.lastIndexOf('.');
    return dot < 1
        ? new Quantity(column, "none")
        : new Quantity(column.substring(0, dot), column.substring(dot + 1));
  }
}
