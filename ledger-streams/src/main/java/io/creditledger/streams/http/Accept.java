package io.creditledger.streams.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses among the representations of a resource by {@code Accept} (RFC 9110, 12.5.1). */
final class Accept {

  private Accept() {}

  /**
   * The offered media type that is liked best, the earlier of equals; empty if none is acceptable.
   *
   * @param values of all {@code Accept} headers; none: everything is acceptable
   */
  static Optional<String> best(List<String> values, List<String> offered) {
    if (values.isEmpty()) {
      return Optional.of(offered.get(0));
    }
    Optional<String> best = Optional.empty();
    double bestQuality = 0;
    for (String one : offered) {
      double quality = quality(values, one);
      if (quality > bestQuality) {
        best = Optional.of(one);
        bestQuality = quality;
      }
    }
    return best;
  }

  /** The quality that the most specific range which covers a type gives it. */
  private static double quality(List<String> values, String mediaType) {
    String bare = mediaType.split(";", 2)[0];
    int specificity = 0;
    double quality = 0;
    for (String value : values) {
      for (String range : value.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = range.split(";", -1);
        int match = specificity(parts[0].strip(), bare);
        if (match > specificity) {
          specificity = match;
          quality = qualityOf(parts);
        }
      }
    }
    return quality;
  }

  private static int specificity(String range, String mediaType) {
    if (range.equals(mediaType)) {
      return 3;
    }
    if (range.endsWith("/*") && mediaType.startsWith(range.substring(0, range.length() - 1))) {
      return 2;
    }
    return range.equals("*/*") ? 1 : 0;
  }

  private static double qualityOf(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
