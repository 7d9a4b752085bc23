package io.creditledger.core.wire;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * Texts into values of the domain. Each throws {@link IllegalArgumentException} with a message that
 * continues the field's name: "is longer than 255 characters".
 */
final class Parse {

  /** Ids that the ledger derives from a caller's need room beside it. */
  static final int CALLERS_ID_CHARS_MAX = 200;

  /** Far beyond any limit a catalog may set, and far within what a time can hold. */
  private static final Duration LONGEST = Duration.ofDays(365_250);

  private Parse() {}

  static EventId callersId(String text) {
    if (text.length() > CALLERS_ID_CHARS_MAX) {
      throw new IllegalArgumentException("is longer than " + CALLERS_ID_CHARS_MAX + " characters");
    }
    return eventId(text);
  }

  static EventId eventId(String text) {
    return named(text, EventId::new);
  }

  static GrantId grantId(String text) {
    return named(text, GrantId::new);
  }

  static CustomerId customer(String text) {
    return named(text, CustomerId::new);
  }

  static MeterName meter(String text) {
    return named(text, MeterName::new);
  }

  static SubscriptionId subscription(String text) {
    return named(text, SubscriptionId::new);
  }

  static Unit unit(String text) {
    return text.equals("credits") ? Unit.CREDITS : named(text, Unit::new);
  }

  static Category category(String text) {
    return Category.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("is neither paid nor promotional"));
  }

  static Overdraft overdraft(String text) {
    return Overdraft.ofWireName(text)
        .orElseThrow(
            () -> new IllegalArgumentException("is none of bill, carry, reject and forgive"));
  }

  static AlertLevel level(String text) {
    return AlertLevel.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("is no level of a balance"));
  }

  static TopUpOutcome outcome(String text) {
    return TopUpOutcome.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("is neither failed nor cancelled"));
  }

  static GrantState grantState(String text) {
    for (GrantState state : GrantState.values()) {
      if (state.wireName().equals(text)) {
        return state;
      }
    }
    throw new IllegalArgumentException("is no state of a grant");
  }

  static IsoPeriod period(String text) {
    return IsoPeriod.parse(text);
  }

  static Duration duration(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is not a duration such as PT15M or P7D; months and years have no fixed length", e);
    }
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is longer than " + LONGEST.toDays() + " days");
    }
    return duration;
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a time zone such as Europe/Berlin", e);
    }
  }

  /** A whole number in the digits of ASCII; {@link Long#parseLong} alone takes a plus sign too. */
  static long integer(String text) {
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new IllegalArgumentException("is not a whole number");
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a whole number of 64 bits", e);
    }
  }

  static BigDecimal fraction(String text) {
    return Quantity.parse(text).value();
  }

  /** The names' own messages begin with what they are, which the field's name replaces. */
  private static <T> T named(String text, Function<String, T> make) {
    try {
      return make.apply(text);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw new IllegalArgumentException(message.substring(message.indexOf(' ') + 1), e);
    }
  }
}
