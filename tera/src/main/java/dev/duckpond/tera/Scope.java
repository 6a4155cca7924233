package dev.duckpond.tera;

import dev.duckpond.tera.Node.Reach;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the variables that are seen at one moment: frames above the context that the caller gave. A
 * macro sees its own frame and the context, everything else sees all frames below it.
 */
final class Scope {
  /** What a frame was opened for. */
  enum Kind {
    PAGE,
    LOOP,
    INCLUDE,
    MACRO
  }

  /** Variables of one page, iteration, include or macro. */
  private record Frame(Kind kind, @Nullable Frame below, Map<String, Value> variables) {}

  private final ObjectValue context;
  private final Set<String> read = new LinkedHashSet<>();
  private Frame top = new Frame(Kind.PAGE, null, new HashMap<>());

  Scope(ObjectValue context) {
    this.context = context;
  }

  void push(Kind kind) {
    top = new Frame(kind, top, new HashMap<>());
  }

  void pop() {
    Frame below = top.below();
    if (below == null) {
      throw new IllegalStateException("the frame of the page stays");
    }
    top = below;
  }

  /** Forgets what was set in the frame on top. */
  void clear() {
    top.variables().clear();
  }

  void set(String name, Value value) {
    top.variables().put(name, value);
  }

  void set(Reach reach, String name, Value value) {
    Frame frame = top;
    while (reach == Reach.TEMPLATE && frame.kind() == Kind.LOOP && frame.below() != null) {
      frame = frame.below();
    }
    frame.variables().put(name, value);
  }

  /** Finds a variable and remembers when it was looked for in the context. */
  @Nullable Value find(String name) {
    for (Frame frame = top; frame != null; frame = frame.below()) {
      Value value = frame.variables().get(name);
      if (value != null) {
        return value;
      }
      if (frame.kind() == Kind.MACRO) {
        break;
      }
    }
    read.add(name);
    return context.find(name).orElse(null);
  }

  /** Lists the names of the context that were looked for, there or not. */
  Set<String> read() {
    return read;
  }

  /** Collects all that is seen; inside a macro without the context, as Tera does. */
  ObjectValue visible() {
    Map<String, Value> all = new TreeMap<>();
    boolean macro = false;
    for (Frame frame = top; frame != null && !macro; frame = frame.below()) {
      frame.variables().forEach(all::putIfAbsent);
      macro = frame.kind() == Kind.MACRO;
    }
    all.remove(LoopValue.NAME);
    if (!macro) {
      for (String key : context.keys()) {
        context.find(key).ifPresent(value -> all.putIfAbsent(key, value));
      }
    }
    return ObjectValue.of(all);
  }

  /** Lists the names that are seen. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(context.keys());
    for (Frame frame = top; frame != null; frame = frame.below()) {
      names.addAll(frame.variables().keySet());
      if (frame.kind() == Kind.MACRO) {
        break;
      }
    }
    return names;
  }
}
