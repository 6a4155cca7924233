package dev.duckpond.tinyfs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of some content as 64 lower-case hex digits; equal hashes are equal contents. */
public record ContentHash(String hex) implements Comparable<ContentHash> {
  private static final int HEX_DIGITS = 64;

  public ContentHash {
    boolean isHash = hex.length() == HEX_DIGITS;
    for (int i = 0; isHash && i < HEX_DIGITS; i++) {
      isHash = isHexDigit(hex.charAt(i));
    }
    if (!isHash) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + hex);
    }
  }

  /** Answers the hash of the whole array. */
  public static ContentHash of(byte[] content) {
    return hashed(newDigest().digest(content));
  }

  /** Answers a fresh SHA-256 digest; feed it and hand it to {@link #finish}. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Answers the hash of what {@code digest} was fed, and resets it. */
  public static ContentHash finish(MessageDigest digest) {
    return hashed(digest.digest());
  }

  private static ContentHash hashed(byte[] hash) {
    return new ContentHash(HexFormat.of().formatHex(hash));
  }

  @Override
  public int compareTo(ContentHash other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }

  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
