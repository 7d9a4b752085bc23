package io.creditledger.core.yaml;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns YAML text into nodes that know their place. */
public final class YamlText {

  private static final int DEPTH_MAX = 32;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).build();

  private YamlText() {}

  /**
   * What a text's one document, a mapping of fields, makes.
   *
   * @param sourceName what messages call the text: a file's name
   * @param make reads the fields; what it finds wrong it adds to their problems
   * @throws YamlException with everything that is wrong, each with line, column and field
   */
  public static <T> T read(String sourceName, String text, Function<YamlFields, Optional<T>> make) {
    YamlProblems problems = new YamlProblems(sourceName);
    Optional<T> made = read(text, problems).fields().flatMap(make);
    problems.refuseIfAny();
    return made.orElseThrow();
  }

  /**
   * The root of the text's one document.
   *
   * <p>Anchors, aliases and tags are refused, as they let a short text stand for an endless one; so
   * is what is nested more than 32 deep, as nodes are read recursively.
   *
   * @throws YamlException if there is no such document
   */
  public static YamlValue read(String text, YamlProblems problems) {
    Optional<Node> root = Optional.empty();
    try {
      checkEvents(text, problems);
      problems.refuseIfAny();
      root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add(1, 1, "", "is empty");
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      int line = mark.map(Mark::getLine).orElse(0) + 1;
      int column = mark.map(Mark::getColumn).orElse(0) + 1;
      problems.add(line, column, "", "is not YAML: " + oneLine(e.getProblem()));
    } catch (ReaderException e) {
      addUnreadable(text, e, problems);
    } catch (YamlEngineException e) {
      problems.add(1, 1, "", "is not YAML: " + oneLine(e.getMessage()));
    }
    problems.refuseIfAny();
    return new YamlValue(root.orElseThrow(), "", problems);
  }

  private static void checkEvents(String text, YamlProblems problems) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > DEPTH_MAX) {
        addAt(event, "is nested more than " + DEPTH_MAX + " deep", problems);
        return;
      }
      if (event instanceof NodeEvent node) {
        checkNode(node, problems);
      }
    }
  }

  private static void checkNode(NodeEvent node, YamlProblems problems) {
    Optional<String> tag =
        switch (node) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    if (tag.isPresent()) {
      addAt(node, "the tag " + YamlProblems.shown(tag.get()) + " is not allowed", problems);
    }
    if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
      addAt(node, "anchors and aliases are not allowed", problems);
    }
  }

  private static void addAt(Event event, String message, YamlProblems problems) {
    problems.add(event.getStartMark().orElseThrow(), "", message);
  }

  /** The reader counts code points from the start and knows no lines. */
  private static void addUnreadable(String text, ReaderException e, YamlProblems problems) {
    int line = 1;
    int column = 1;
    int[] before = text.codePoints().limit(e.getPosition()).toArray();
    for (int codePoint : before) {
      column = codePoint == '\n' ? 1 : column + 1;
      line = codePoint == '\n' ? line + 1 : line;
    }
    String name = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
    problems.add(line, column, "", "the character " + name + " is not allowed in YAML");
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
