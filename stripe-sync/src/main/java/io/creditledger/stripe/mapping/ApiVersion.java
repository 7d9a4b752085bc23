package io.creditledger.stripe.mapping;

import java.util.Set;

/** Versions of Stripe's API, by which events are shaped. */
final class ApiVersion {

  /** The first in which lines have prices. */
  private static final String OLDEST = "2020-08-27";

  private static final Set<String> MAJORS = Set.of("acacia", "basil", "clover", "dahlia", "endive");

  private static final int DATE_CHARS = "2020-08-27".length();

  private ApiVersion() {}

  /** Whether the shapes of this version are known here. */
  static boolean isKnown(String version) {
    if (version.length() < DATE_CHARS) {
      return false;
    }
    String date = version.substring(0, DATE_CHARS);
    String rest = version.substring(DATE_CHARS);
    // Versions were only dated before they got names.
    return date.compareTo(OLDEST) >= 0 && (rest.isEmpty() || MAJORS.contains(rest.substring(1)));
  }
}
