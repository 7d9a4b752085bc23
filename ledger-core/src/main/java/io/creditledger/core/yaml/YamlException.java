package io.creditledger.core.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A text cannot be used. Tells everything that is wrong with it, each with its place. */
public final class YamlException extends RuntimeException {

  private final List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param file the name of the text's source
   * @param line counted from 1
   * @param column counted from 1
   * @param field the path of the field, such as {@code meters[1].rates[0].credits}; what is named
   *     by its user stands in brackets: {@code plans[plus].name}. Empty: the text as a whole.
   * @param message what is wrong with it, in one line
   */
  public record Problem(String file, int line, int column, String field, String message) {

    /** {@code file:line: field: message}. */
    @Override
    public String toString() {
      return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
  }

  YamlException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order of the text; at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
