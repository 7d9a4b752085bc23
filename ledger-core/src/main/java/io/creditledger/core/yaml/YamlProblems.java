package io.creditledger.core.yaml;

import io.creditledger.core.yaml.YamlException.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Gathers what is wrong with one text while it is read: the first 200 things, each once. */
public final class YamlProblems {

  private static final int KEPT_MAX = 200;
  private static final int SHOWN_CHARS_MAX = 60;

  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();

  public YamlProblems(String file) {
    this.file = file;
  }

  public void add(Mark mark, String field, String message) {
    add(mark.getLine() + 1, mark.getColumn() + 1, field, message);
  }

  public void add(int line, int column, String field, String message) {
    if (found.size() < KEPT_MAX) {
      found.add(new Problem(file, line, column, field, message));
    }
  }

  public int count() {
    return found.size();
  }

  /**
   * Ends a part of the reading.
   *
   * @throws YamlException if anything was found
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new YamlException(
          found.stream()
              .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
              .toList());
    }
  }

  /** A text of the user's as it may stand in a message of one line. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN_CHARS_MAX)
        .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '\ufffd'));
    if (text.codePointCount(0, text.length()) > SHOWN_CHARS_MAX) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
