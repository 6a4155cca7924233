package dev.duckpond.oplog;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the commit information of a commit file says of the other lines, so that a file which was
 * cut or changed is recognised by itself.
 *
 * @param lineCount how many other lines there are
 * @param checksum CRC-32C of them, each with its line end, in UTF-8
 */
record CommitSeal(int lineCount, int checksum) {
  private static final String COMMIT_INFO = "commitInfo";
  private static final String OURS = "duckpond";
  private static final String LINES = "lines";
  private static final String CHECKSUM = "crc32c";

  static CommitSeal of(List<String> otherLines) {
    CRC32C crc = new CRC32C();
    for (String line : otherLines) {
      crc.update(line.getBytes(StandardCharsets.UTF_8));
      crc.update('\n');
    }
    return new CommitSeal(otherLines.size(), (int) crc.getValue());
  }

  /** Answers the line of the commit information with this seal in it. */
  String putInto(String commitInfoLine) {
    JsonObject action = Json.parse(commitInfoLine).asObject();
    JsonObject info = action.require(COMMIT_INFO).asObject();
    JsonObject ours =
        info.require(OURS).asObject().toBuilder()
            .put(LINES, lineCount)
            .put(CHECKSUM, Integer.toUnsignedLong(checksum))
            .build();
    return action.toBuilder()
        .put(COMMIT_INFO, info.toBuilder().put(OURS, ours).build())
        .build()
        .toText();
  }

  /** Finds the seal in our part of the commit information; the first commits had none. */
  static Optional<CommitSeal> find(JsonObject ours) {
    if (ours.findValue(LINES).isEmpty() && ours.findValue(CHECKSUM).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CommitSeal(ours.require(LINES).intValue(), (int) ours.require(CHECKSUM).longValue()));
  }
}
