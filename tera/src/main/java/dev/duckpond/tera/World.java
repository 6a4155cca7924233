package dev.duckpond.tera;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/** Is all that one rendering knows of the world: what time it is, and chance. */
record World(InstantSource clock, ZoneId zone, RandomGenerator random) {}
