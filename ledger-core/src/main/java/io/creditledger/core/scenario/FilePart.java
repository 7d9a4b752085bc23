package io.creditledger.core.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a scenario file that knows where it stands. Plain values are always the text that
 * stands in the file: nothing is ever read as a number or a time on the way.
 */
final class FilePart {

  private static final Set<String> NULLS = Set.of("", "~", "null");

  private final String file;
  private final String path;
  private final Node node;

  FilePart(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /** What is wrong here, with file, line and field. */
  InvalidScenarioFileException problem(String what) {
    String line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    return new InvalidScenarioFileException(
        file + line + ": " + (path.isEmpty() ? "" : path + " ") + what);
  }

  /** Whether there is no value here: nothing, {@code null} or {@code ~}, unquoted. */
  boolean isNull() {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NULLS.contains(scalar.getValue());
  }

  /** Whether it is a plain value, written without quotes. */
  boolean isUnquoted() {
    return node instanceof ScalarNode scalar && scalar.isPlain();
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The text of a plain value. */
  String text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return scalar.getValue();
    }
    throw problem(isNull() ? "has no value" : "is not a plain value");
  }

  List<FilePart> items() {
    if (!(node instanceof SequenceNode list)) {
      throw problem("is not a list");
    }
    List<FilePart> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      items.add(new FilePart(file, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** The fields of a mapping, in the order in which they stand there. */
  Map<String, FilePart> fields() {
    if (!(node instanceof MappingNode mapping)) {
      throw problem("is not a mapping");
    }
    Map<String, FilePart> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw problem("has a key that is not a plain value");
      }
      FilePart field =
          new FilePart(
              file,
              path.isEmpty() ? key.getValue() : path + "." + key.getValue(),
              tuple.getValueNode());
      if (fields.put(key.getValue(), field) != null) {
        throw field.problem("stands there twice");
      }
    }
    return fields;
  }

  /** A field of a mapping; absent where it is missing or has no value. */
  Optional<FilePart> field(String name) {
    return Optional.ofNullable(fields().get(name)).filter(part -> !part.isNull());
  }

  /** A field of a mapping that must be there. */
  FilePart required(String name) {
    return field(name).orElseThrow(() -> problem("has no field " + name));
  }

  /** That a mapping has no other fields than these. */
  void allowOnly(Set<String> names) {
    fields()
        .forEach(
            (name, part) -> {
              if (!names.contains(name)) {
                throw part.problem("is not a field that is known here");
              }
            });
  }
}
