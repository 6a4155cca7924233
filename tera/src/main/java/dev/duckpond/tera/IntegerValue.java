package dev.duckpond.tera;

/** Holds an integer of 64 bits. */
public record IntegerValue(long number) implements Value {}
