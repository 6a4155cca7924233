package dev.duckpond.formats;

/**
 * Why a line was left out.
 *
 * @param line counted from 1
 */
public record LineProblem(long line, String reason) {}
