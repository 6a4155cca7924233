package dev.duckpond.oplog;

import java.util.Map;
import java.util.UUID;

/** The values that occurred so far in a journal; its frames name them by number. */
final class JournalWords {
  final Interned<String> texts = new Interned<>();
  final Interned<UUID> ids = new Interned<>();
  final Interned<Map<String, String>> maps = new Interned<>();
}
