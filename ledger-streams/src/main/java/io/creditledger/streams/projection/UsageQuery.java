package io.creditledger.streams.projection;

import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which usage is summed, and by what.
 *
 * @param by at least one, each at most once
 * @param property the property by whose value usage is told apart; there if and only if {@link
 *     Key#PROPERTY} is among the keys
 * @param occurred when it happened
 * @param timeZone in which days begin
 */
public record UsageQuery(
    List<Key> by,
    Optional<String> property,
    Optional<Unit> unit,
    Optional<MeterName> meter,
    Optional<SubscriptionId> subscription,
    Period occurred,
    ZoneId timeZone) {

  /** What usage can be told apart by. */
  public enum Key {
    METER,
    DAY,
    SUBSCRIPTION,
    PROPERTY;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire, in lower case. */
    public String wireName() {
      return wireName;
    }

    /** The key of that wire name, if there is one. */
    public static Optional<Key> ofWireName(String name) {
      for (Key key : values()) {
        if (key.wireName.equals(name)) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    }
  }

  public UsageQuery {
    by = List.copyOf(by);
    if (by.isEmpty() || by.stream().distinct().count() < by.size()) {
      throw new IllegalArgumentException("usage is summed by nothing, or twice by one: " + by);
    }
    if (by.contains(Key.PROPERTY) != property.isPresent()) {
      throw new IllegalArgumentException("which property, and by property, belong together");
    }
  }
}
