package dev.duckpond.cli;

import java.nio.charset.StandardCharsets;

/** Holds what one command line answered. */
final class CliResult {
  private final int status;
  private final byte[] outBytes;
  private final String err;

  CliResult(int status, byte[] outBytes, String err) {
    this.status = status;
    this.outBytes = outBytes.clone();
    this.err = err;
  }

  /** Answers the exit code. */
  int status() {
    return status;
  }

  /** Answers standard output as bytes. */
  byte[] outBytes() {
    return outBytes.clone();
  }

  /** Answers standard output as text. */
  String out() {
    return new String(outBytes, StandardCharsets.UTF_8);
  }

  /** Answers standard error as text. */
  String err() {
    return err;
  }
}
