package dev.duckpond.cli;

/** Shows nothing. */
final class NoProgress implements Progress {
  @Override
  public Task begin(String activity, String unit, long total) {
    return new Task() {
      @Override
      public void advanceTo(long done) {
        // Nobody looks.
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
