package dev.duckpond.cli;

/**
 * Holds the value that counts for a setting.
 *
 * @param text the value as it was written
 * @param source the kind of place it comes from
 * @param origin the place itself: an option, a variable, a file and line, or empty for the default
 */
record SettingValue(Setting setting, String text, SettingSource source, String origin) {}
