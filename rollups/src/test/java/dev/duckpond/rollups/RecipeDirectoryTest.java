package dev.duckpond.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeDirectoryTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir Path directory;
  private RecipeDirectory recipe;

  @BeforeEach
  void open() {
    recipe = new RecipeDirectory(directory.resolve("recipe"));
  }

  /** A file beside the recipe, as a session makes it. */
  private Path made(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private Segment published(String content) throws IOException {
    Path file = made("made-" + content, content);
    Segment segment = RecipeDirectory.segment(file, 7);
    recipe.publish(segment, file);
    return segment;
  }

  private static Inventory holding(Segment... segments) {
    return new Inventory(
        Stream.of(segments)
            .map(segment ->
                new Holding(
                    segment.sizeBytes() * 100,
                    segment.sizeBytes() * 100 + 50,
                    new TileKey(-1, segment.sizeBytes()),
                    segment))
            .toList());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(recipe.path())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void read_nothingThere_isEmpty() throws IOException {
    assertThat(recipe.read()).isEqualTo(Inventory.EMPTY);
  }

  @Test
  void write_inventory_mayBeReadByWhoMayReadTheSegments() throws IOException {
    Segment segment = published("a");

    recipe.write(holding(segment), NOW);

    assertThat(Files.getPosixFilePermissions(recipe.path().resolve(RecipeDirectory.INVENTORY)))
        .isEqualTo(Files.getPosixFilePermissions(recipe.path().resolve(segment.file())));
    assertThat(names()).containsExactlyInAnyOrder(RecipeDirectory.INVENTORY, segment.file());
  }

  @Test
  void write_inventory_isReadAsItWas() throws IOException {
    Inventory inventory = holding(published("a"), published("bc"));

    recipe.write(inventory, NOW);

    assertThat(recipe.read()).isEqualTo(inventory);
    assertThat(Files.getLastModifiedTime(recipe.path().resolve("inventory")).toInstant())
        .isEqualTo(NOW);
  }

  @Test
  void write_segmentsThatItDoesNotName_go() throws IOException {
    Segment old = published("a");
    Segment kept = published("bc");

    recipe.write(holding(kept), NOW);

    assertThat(names()).containsExactly(kept.file(), "inventory").doesNotContain(old.file());
  }

  @Test
  void write_inventoriesThatNobodyFinished_goAfterAnHour() throws IOException {
    recipe.write(Inventory.EMPTY, NOW);
    Path old = Files.writeString(recipe.path().resolve(".inventory1"), "x");
    Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofMinutes(61))));
    Path fresh = Files.writeString(recipe.path().resolve(".inventory2"), "x");
    Files.setLastModifiedTime(fresh, FileTime.from(NOW.minus(Duration.ofMinutes(59))));

    recipe.write(Inventory.EMPTY, NOW);

    assertThat(names()).containsExactly(".inventory2", "inventory");
  }

  @Test
  void read_anyByteDamaged_isEmpty() throws IOException {
    recipe.write(holding(published("a")), NOW);
    Path file = recipe.path().resolve("inventory");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x11;
      Files.write(file, damaged);
      assertThat(recipe.read()).as("byte %d", i).isEqualTo(Inventory.EMPTY);
      Files.write(file, List.of(new String(bytes, 0, i, StandardCharsets.UTF_8)));
      assertThat(recipe.read()).as("cut at %d", i).isEqualTo(Inventory.EMPTY);
    }
  }

  @Test
  void read_anotherFormat_isEmpty() throws IOException {
    Files.createDirectories(recipe.path());
    String json = "{\"format\":2,\"segments\":[],\"holdings\":[]}";
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        recipe.path().resolve("inventory"), "%08x\n%s".formatted(crc.getValue(), json));

    assertThat(recipe.read()).isEqualTo(Inventory.EMPTY);
  }

  @Test
  void link_segmentThatIsThere_outlivesItsRemoval() throws IOException {
    Segment segment = published("a");
    Path place = directory.resolve("mine");

    assertThat(recipe.link(segment, place)).contains(place);
    recipe.write(Inventory.EMPTY, NOW);

    assertThat(names()).containsExactly("inventory");
    assertThat(place).hasContent("a");
  }

  @Test
  void link_missingOrDamagedSegment_isEmpty() throws IOException {
    Segment segment = published("abc");
    Path file = recipe.path().resolve(segment.file());
    Files.delete(file);
    assertThat(recipe.link(segment, directory.resolve("mine-1"))).isEmpty();
    Files.writeString(file, "abd");
    assertThat(recipe.link(segment, directory.resolve("mine-2"))).isEmpty();
    Files.writeString(file, "ab");
    assertThat(recipe.link(segment, directory.resolve("mine-3"))).isEmpty();
  }

  @Test
  void publish_overADamagedOne_healsIt() throws IOException {
    Segment segment = published("abc");
    Path file = recipe.path().resolve(segment.file());
    Files.delete(file);
    Files.writeString(file, "xyz");

    recipe.publish(segment, made("again", "abc"));

    assertThat(recipe.link(segment, directory.resolve("mine"))).isPresent();
  }
}
