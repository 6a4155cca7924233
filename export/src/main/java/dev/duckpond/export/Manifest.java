package dev.duckpond.export;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists every file that exports have left in a directory, by target. One thread only. */
final class Manifest {
  private final Map<TargetKey, ManifestTarget> targets = new LinkedHashMap<>();

  Manifest(List<ManifestTarget> all) {
    all.forEach(this::put);
  }

  Manifest copy() {
    return new Manifest(List.copyOf(targets.values()));
  }

  Optional<ManifestTarget> find(TargetKey key) {
    return Optional.ofNullable(targets.get(key));
  }

  Collection<ManifestTarget> targets() {
    return List.copyOf(targets.values());
  }

  void put(ManifestTarget target) {
    targets.put(target.key(), target);
  }

  void remove(TargetKey key) {
    targets.remove(key);
  }

  /** Answers which target each file belongs to. */
  Map<String, TargetKey> owners() {
    Map<String, TargetKey> owners = new LinkedHashMap<>();
    for (ManifestTarget target : targets.values()) {
      target.files().forEach(file -> owners.put(file.path(), target.key()));
    }
    return owners;
  }
}
