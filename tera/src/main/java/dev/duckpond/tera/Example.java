package dev.duckpond.tera;

/**
 * Shows a filter, test or function at work; the build renders it and compares.
 *
 * @param template a template that needs no variables
 * @param result what it prints
 */
public record Example(String template, String result) {}
