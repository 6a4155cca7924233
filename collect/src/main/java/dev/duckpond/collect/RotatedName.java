package dev.duckpond.collect;

import dev.duckpond.tinyfs.EntryName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a rotated file, which rotation makes of that of the active one. */
record RotatedName(EntryName name) {
  /** A year and a month at least; a shorter number is given to one file after the other. */
  private static final Pattern DATE =
      Pattern.compile("(?<!\\d)(19|20)\\d{2}[-_.]?(0[1-9]|1[0-2])(?=\\D|\\d{2}|$)");

  /** Tells whether it has the name of an active file in it, at least without the ending of that. */
  boolean isOf(EntryName active) {
    String text = active.text();
    int dot = text.lastIndexOf('.');
    String stem = dot > 0 ? text.substring(0, dot) : text;
    Matcher found =
        Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(stem) + "(?![\\p{L}\\d])")
            .matcher(name.text());
    return found.find();
  }

  /** Tells whether it has a date in it, so that no other file gets it. */
  boolean hasDate() {
    return DATE.matcher(name.text()).find();
  }
}
