package io.creditledger.core.yaml;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node and the path that leads to it. Reading it as what it is not adds a problem and gives an
 * empty result; nothing is thrown.
 */
public record YamlValue(Node node, String path, YamlProblems problems) {

  public Mark mark() {
    return node.getStartMark().orElseThrow();
  }

  public void refuse(String message) {
    problems.add(mark(), path, message);
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  public boolean isScalar() {
    return node instanceof ScalarNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The text as it stands in the source, so that no number ever passes through a float. */
  public Optional<String> text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return Optional.of(scalar.getValue());
    }
    refuse("is not a text or a number");
    return Optional.empty();
  }

  /** What {@code parse} makes of the text; what it refuses becomes a problem. */
  public <T> Optional<T> as(Function<String, T> parse) {
    return text().flatMap(text -> parsed(text, parse));
  }

  private <T> Optional<T> parsed(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      refuse(e.getMessage());
      return Optional.empty();
    }
  }

  public Optional<YamlFields> fields() {
    if (node instanceof MappingNode) {
      return Optional.of(new YamlFields(this, named(".", "")));
    }
    refuse("is not a mapping of fields");
    return Optional.empty();
  }

  public List<YamlValue> items() {
    List<YamlValue> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        items.add(new YamlValue(item, path + "[" + items.size() + "]", problems));
      }
    } else {
      refuse("is not a list");
    }
    return items;
  }

  /** What the text's author has named, in order of appearance; the paths have the names in []. */
  public Map<String, YamlEntry> entries() {
    if (node instanceof MappingNode) {
      return named("[", "]");
    }
    refuse("is not a mapping of names");
    return Map.of();
  }

  private Map<String, YamlEntry> named(String before, String after) {
    Map<String, YamlEntry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      YamlValue key = new YamlValue(tuple.getKeyNode(), path, problems);
      key.text().ifPresent(name -> put(entries, name, tuple, before, after));
    }
    return entries;
  }

  private void put(
      Map<String, YamlEntry> entries, String name, NodeTuple tuple, String before, String after) {
    String shown = YamlProblems.shown(name);
    String field = path.isEmpty() && before.equals(".") ? shown : path + before + shown + after;
    YamlValue key = new YamlValue(tuple.getKeyNode(), field, problems);
    YamlValue value = new YamlValue(tuple.getValueNode(), field, problems);
    if (entries.putIfAbsent(name, new YamlEntry(key, value)) != null) {
      key.refuse("stands here a second time");
    }
  }

  /** A name and what it stands for, at the same path. */
  public record YamlEntry(YamlValue key, YamlValue value) {}
}
