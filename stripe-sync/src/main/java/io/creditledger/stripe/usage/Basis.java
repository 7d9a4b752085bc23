package io.creditledger.stripe.usage;

import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import java.util.Locale;

/**
 * By which rule a usage was counted. It stays with the usage, so that its reversal takes back what
 * was counted, whatever the rules say by then.
 */
public record Basis(Send send, Measure measure, Aggregation aggregation) {

  /** The rule's. */
  public static Basis of(MeterRule rule) {
    return new Basis(rule.send(), rule.measure(), rule.aggregation());
  }

  /** The text that {@link #parse} reads, such as {@code overage/credits/sum}. */
  public String text() {
    return (send + "/" + measure + "/" + aggregation).toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a basis back.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Basis parse(String text) {
    String[] parts = text.toUpperCase(Locale.ROOT).split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no basis: " + text);
    }
    return new Basis(
        Send.valueOf(parts[0]), Measure.valueOf(parts[1]), Aggregation.valueOf(parts[2]));
  }
}
