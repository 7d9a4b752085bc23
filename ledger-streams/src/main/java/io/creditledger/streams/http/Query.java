package io.creditledger.streams.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The query's parameters: each at most once, and none that the resource does not know. */
final class Query {

  private static final int LIMIT_MAX = 1000;
  private static final Query NONE = new Query(Map.of());

  private final Map<String, String> parameters;

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads a query, without its question mark.
   *
   * @throws ProblemException if it is not well-formed or a parameter stands twice
   */
  static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decode(part.substring(equals + 1));
      if (parameters.putIfAbsent(name, value) != null) {
        throw Problem.of(ErrorCode.PARAMETER_INVALID, name, name + " stands twice").exception();
      }
    }
    return new Query(parameters);
  }

  private static String decode(String text) {
    return Percent.decode(text.replace('+', ' '));
  }

  /**
   * This query, if it has no other parameters than these: a misspelt filter must not be ignored.
   *
   * @throws ProblemException if it has
   */
  Query only(String... names) {
    for (String given : parameters.keySet()) {
      if (!List.of(names).contains(given)) {
        throw Problem.of(ErrorCode.PARAMETER_UNKNOWN, given, "no parameter \"" + given + "\"")
            .exception();
      }
    }
    return this;
  }

  /** The same, where parameters that begin with the prefix are known too. */
  Query onlyOrWith(String prefix, String... names) {
    for (String given : parameters.keySet()) {
      if (!given.startsWith(prefix)) {
        single(given).only(names);
      }
    }
    return this;
  }

  private Query single(String name) {
    return new Query(Map.of(name, parameters.get(name)));
  }

  /** The parameters that begin with a prefix, by what follows it. */
  Map<String, String> with(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /**
   * A parameter that must be there.
   *
   * @throws ProblemException if it is not
   */
  <T> T required(String name, Function<String, T> constructor) {
    return read(name, constructor)
        .orElseThrow(
            () -> Problem.of(ErrorCode.PARAMETER_INVALID, name, name + " is missing").exception());
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** A parameter read by a constructor that refuses with {@link IllegalArgumentException}. */
  <T> Optional<T> read(String name, Function<String, T> constructor) {
    String value = parameters.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(constructor.apply(value));
    } catch (IllegalArgumentException e) {
      throw Problem.of(ErrorCode.PARAMETER_INVALID, name, e.getMessage()).exception();
    }
  }

  /** The parameter {@code limit}, from 1 to 1,000. */
  int limit(int otherwise) {
    String value = parameters.get("limit");
    if (value == null) {
      return otherwise;
    }
    int limit = value.length() > 4 ? 0 : wholeNumber(value);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw Problem.of(ErrorCode.LIMIT_INVALID, "limit", "limit is not a number from 1 to 1000")
          .exception();
    }
    return limit;
  }

  private static int wholeNumber(String value) {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
