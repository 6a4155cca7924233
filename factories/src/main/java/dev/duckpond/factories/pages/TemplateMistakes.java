package dev.duckpond.factories.pages;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Mistakes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what is wrong with the templates of a specification, whatever else is wrong with it. */
final class TemplateMistakes {
  private static final String NAME = "name";

  private TemplateMistakes() {}

  /** Answers what messages call the template that stands in a collection. */
  static String label(String collection) {
    return "the template of '" + collection + "'";
  }

  /** Tells the first mistake of each template; what several of them include is wrong once. */
  static void tell(ConfigNode spec, Mistakes mistakes) {
    Optional<Map<String, String>> others = includes(spec);
    if (others.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (ConfigNode collection : elements(spec, PageSpecShape.COLLECTIONS)) {
      tell(collection, label(collection), others.get(), told, mistakes);
    }
    for (ConfigNode include : elements(spec, PageSpecShape.INCLUDES)) {
      String name = text(include, NAME).map(ConfigNode.Scalar::text).orElse("");
      tell(include, name, others.get(), told, mistakes);
    }
  }

  private static void tell(
      ConfigNode element,
      String label,
      Map<String, String> others,
      Set<String> told,
      Mistakes mistakes) {
    Optional<ConfigNode.Scalar> template = text(element, PageSpecShape.TEMPLATE);
    template.ifPresent(text ->
        PageTemplates.findMistake(new PageTemplate(label, text.text(), others))
            .filter(e -> told.add(PageTemplates.words(e)))
            .ifPresent(e ->
                mistakes.add(
                    text.place(), PageTemplates.words(e) + "\n" + e.excerpt(), e.remedy())));
  }

  private static String label(ConfigNode collection) {
    return text(collection, PageSpecShape.TEMPLATE_FILE)
        .map(ConfigNode.Scalar::text)
        .orElseGet(() -> label(text(collection, NAME).map(ConfigNode.Scalar::text).orElse("")));
  }

  /** Finds the texts of all includes; empty when one of them cannot be read. */
  private static Optional<Map<String, String>> includes(ConfigNode spec) {
    Map<String, String> others = new LinkedHashMap<>();
    for (ConfigNode each : elements(spec, PageSpecShape.INCLUDES)) {
      Optional<ConfigNode.Scalar> name = text(each, NAME);
      Optional<ConfigNode.Scalar> text = text(each, PageSpecShape.TEMPLATE);
      if (name.isEmpty() || text.isEmpty()) {
        return Optional.empty();
      }
      others.put(name.get().text(), text.get().text());
    }
    return Optional.of(others);
  }

  private static List<ConfigNode> elements(ConfigNode spec, String key) {
    return spec instanceof ConfigNode.Mapping mapping
            && mapping.find(key).orElse(null) instanceof ConfigNode.Sequence list
        ? list.elements()
        : List.of();
  }

  private static Optional<ConfigNode.Scalar> text(ConfigNode element, String key) {
    return element instanceof ConfigNode.Mapping mapping
            && mapping.find(key).orElse(null) instanceof ConfigNode.Scalar scalar
        ? Optional.of(scalar)
        : Optional.empty();
  }
}
