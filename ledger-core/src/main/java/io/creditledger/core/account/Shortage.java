package io.creditledger.core.account;

import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event was refused for with {@code INSUFFICIENT_CREDITS}, as its detail says it, and read
 * out of that again: the amounts are those of the decision, not of a later look.
 */
public record Shortage(Credits asked, Credits available) {

  private static final Pattern DETAIL =
      Pattern.compile("asked for (-?[0-9.]+) .*, available (-?[0-9.]+)", Pattern.DOTALL);

  /** The sentence that says it. */
  String detail(Unit unit, Dimensions dimensions) {
    return "asked for "
        + asked
        + " "
        + unit
        + " with "
        + dimensions.describe()
        + ", available "
        + available;
  }

  /** What such a sentence says; empty for another one, or one that was cut short. */
  public static Optional<Shortage> of(String detail) {
    Matcher matcher = DETAIL.matcher(detail);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Shortage(Credits.parse(matcher.group(1)), Credits.parse(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
