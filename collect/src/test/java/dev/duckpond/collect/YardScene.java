package dev.duckpond.collect;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of logs and a pond for each test of a class. */
abstract class YardScene {
  @TempDir Path directory;
  LogYard yard;

  @BeforeEach
  void makeYard() throws IOException {
    yard = new LogYard(directory);
  }

  @AfterEach
  void closeYard() {
    yard.close();
  }
}
