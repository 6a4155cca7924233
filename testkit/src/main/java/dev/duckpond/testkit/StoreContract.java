package dev.duckpond.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds a backend to what {@link dev.duckpond.tinyfs.PondStore}, {@link
 * dev.duckpond.tinyfs.StoreWrite}, {@link dev.duckpond.tinyfs.Snapshot} and {@link
 * dev.duckpond.tinyfs.ContentReader} promise. A backend's test extends this and names its {@link
 * Backend}; what only that backend can suffer, such as damage on disk, it tests itself.
 */
public abstract class StoreContract
    implements CommitContract, SnapshotContract, ContentContract, RowContract {
  private PondFixture pond;

  /** Answers what makes the stores under test. */
  protected abstract Backend backend();

  @BeforeEach
  void makePond(@TempDir Path directory) {
    pond = new PondFixture(backend(), directory);
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Override
  public PondFixture pond() {
    return pond;
  }
}
