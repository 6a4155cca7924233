package dev.duckpond.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A piece of a configuration as it was written, and where. Immutable. */
public sealed interface ConfigNode {
  ConfigPlace place();

  /** Answers what it is, for messages: {@code a list}, {@code the text 'x'}. */
  String described();

  /** What the YAML core schema takes a scalar for. */
  enum Kind {
    TEXT,
    INTEGER,
    NUMBER,
    FLAG,
    NOTHING
  }

  /**
   * A single value.
   *
   * @param text with its references to variables replaced
   * @param written as it stands in the configuration
   */
  record Scalar(ConfigPlace place, Kind kind, String text, String written) implements ConfigNode {
    private static final int MAX_SHOWN_CHARS = 60;

    /** Tells whether it has something of the environment in it. */
    boolean isExpanded() {
      return !text.equals(written);
    }

    @Override
    public String described() {
      // What a variable of the environment holds may be for nobody to see.
      String shown =
          written.length() <= MAX_SHOWN_CHARS
              ? written
              : written.substring(0, MAX_SHOWN_CHARS) + "…";
      return switch (kind) {
        case TEXT -> "the text '" + shown + "'";
        case INTEGER, NUMBER -> "the number " + shown;
        case FLAG -> "the flag " + shown;
        case NOTHING -> "nothing";
      };
    }
  }

  /** A list. */
  record Sequence(ConfigPlace place, List<ConfigNode> elements) implements ConfigNode {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  /** Keys and values, in the order written. */
  record Mapping(ConfigPlace place, List<Member> members) implements ConfigNode {
    public Mapping {
      members = List.copyOf(members);
    }

    /** Finds the value of a key. */
    public Optional<ConfigNode> find(String key) {
      return members.stream()
          .filter(member -> member.key().equals(key))
          .map(Member::value)
          .findFirst();
    }

    /** Answers the same with another value for a key, which is added when it is not there. */
    public Mapping with(String key, ConfigNode value) {
      List<Member> all = new ArrayList<>();
      boolean isThere = false;
      for (Member member : members) {
        boolean isMeant = member.key().equals(key);
        isThere |= isMeant;
        all.add(isMeant ? new Member(member.place(), key, value) : member);
      }
      if (!isThere) {
        all.add(new Member(value.place(), key, value));
      }
      return new Mapping(place, all);
    }

    @Override
    public String described() {
      return "keys and values";
    }
  }

  /** One key with its value. */
  record Member(ConfigPlace place, String key, ConfigNode value) {}
}
