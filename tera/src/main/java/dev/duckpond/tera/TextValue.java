package dev.duckpond.tera;

/** Holds text; templates call it a string. */
public record TextValue(String text) implements Value {}
