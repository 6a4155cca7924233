package dev.duckpond.cli;

/** Says where the value of a setting comes from; an earlier one wins over a later one. */
enum SettingSource {
  FLAG,
  ENVIRONMENT,
  POND,
  USER,
  DEFAULT
}
