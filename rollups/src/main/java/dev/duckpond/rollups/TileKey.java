package dev.duckpond.rollups;

import dev.duckpond.query.Extent;
import dev.duckpond.tinyfs.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Says of which content a tile was computed: the sum of 128 bits of a hash of each piece, so that
 * one pass over pieces and tiles gives the keys of all tiles. Where a piece lies in the pond is
 * part of its hash; the order of pieces of one path is not, since it does not decide about rows.
 *
 * @param high the sum of the first 64 bits, carries lost
 * @param low the sum of the others, carries lost
 */
record TileKey(long high, long low) {
  static final TileKey NOTHING = new TileKey(0, 0);

  private static final int HEX_DIGITS = 32;

  static TileKey of(Extent extent) {
    String text = extent.origin() + "\n" + extent.hash().hex();
    byte[] digest = ContentHash.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new TileKey(bytes.getLong(), bytes.getLong());
  }

  /** Reads what {@link #hex} wrote. */
  static TileKey parse(String hex) {
    if (hex.length() != HEX_DIGITS) {
      throw new IllegalArgumentException("not a key: " + hex);
    }
    return new TileKey(
        HexFormat.fromHexDigitsToLong(hex, 0, HEX_DIGITS / 2),
        HexFormat.fromHexDigitsToLong(hex, HEX_DIGITS / 2, HEX_DIGITS));
  }

  TileKey plus(TileKey other) {
    return new TileKey(high + other.high, low + other.low);
  }

  TileKey minus(TileKey other) {
    return new TileKey(high - other.high, low - other.low);
  }

  String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
