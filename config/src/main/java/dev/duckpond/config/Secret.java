package dev.duckpond.config;

import java.util.regex.Pattern;

/** A value that nobody is to see; printing it prints stars. Immutable. */
public final class Secret {
  /** How a secret is written: by the name of a variable, without a value to fall back to. */
  static final Pattern REFERENCE = Pattern.compile("\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}");

  private final String value;

  /** Wraps a value. */
  public Secret(String value) {
    this.value = value;
  }

  /** Answers the value, to be handed to the service that it is for and to nobody else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
