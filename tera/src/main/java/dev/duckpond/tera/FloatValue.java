package dev.duckpond.tera;

/** Holds a float of 64 bits. */
public record FloatValue(double number) implements Value {}
