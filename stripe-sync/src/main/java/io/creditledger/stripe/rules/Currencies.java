package io.creditledger.stripe.rules;

import java.math.BigDecimal;
import java.util.Set;

/**
 * In how many decimals Stripe counts a currency: <a
 * href="https://docs.stripe.com/currencies">docs.stripe.com/currencies</a>.
 */
public final class Currencies {

  private static final Set<String> WITHOUT_DECIMALS =
      Set.of(
          "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
          "xof", "xpf");

  private static final Set<String> WITH_THREE = Set.of("bhd", "jod", "kwd", "omr", "tnd");

  private Currencies() {}

  /**
   * An amount of money in the currency's smallest unit, exactly: it may have decimals itself.
   *
   * @param currency three lower-case letters
   */
  public static BigDecimal minorUnits(BigDecimal amount, String currency) {
    return amount.movePointRight(decimals(currency));
  }

  /** The amount of money of so many of the smallest unit. */
  public static BigDecimal amount(long minorUnits, String currency) {
    return BigDecimal.valueOf(minorUnits, decimals(currency));
  }

  private static int decimals(String currency) {
    if (WITHOUT_DECIMALS.contains(currency)) {
      return 0;
    }
    return WITH_THREE.contains(currency) ? 3 : 2;
  }
}
