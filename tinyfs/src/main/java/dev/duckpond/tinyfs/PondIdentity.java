package dev.duckpond.tinyfs;

import java.time.Instant;

/** Says which pond this is: fixed when it was made, and carried by every copy of it. */
public record PondIdentity(PondId id, String birthplace, Instant createdAt) {}
