package dev.duckpond.collect;

import java.util.List;
import java.util.Optional;

/**
 * A page of readings of one device.
 *
 * @param next names the page after it
 */
record ReadingsPage(List<Readings> parameters, Optional<String> next) {
  ReadingsPage {
    parameters = List.copyOf(parameters);
  }
}
