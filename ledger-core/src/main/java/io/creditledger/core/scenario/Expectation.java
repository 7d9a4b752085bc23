package io.creditledger.core.scenario;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing that must be true. Amounts are compared as exact decimals, so that one that no account
 * can hold is a difference like any other.
 */
public sealed interface Expectation {

  /** What is compared, such as {@code grants.g_1}. */
  String field();

  /** What must be. */
  String expected();

  /** What is; empty: as it must be. */
  Optional<String> difference(ScenarioState state);

  /** A sum over the account. */
  record Total(Sum sum, BigDecimal amount) implements Expectation {
    @Override
    public String field() {
      return sum.wireName();
    }

    @Override
    public String expected() {
      return amount.toPlainString();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return compare(amount, sum.of(state));
    }
  }

  /** What usage with some dimensions could reach. */
  record AvailableFor(Dimensions dimensions, BigDecimal amount) implements Expectation {
    @Override
    public String field() {
      return "available_for " + dimensions.describe();
    }

    @Override
    public String expected() {
      return amount.toPlainString();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return compare(amount, state.availableFor(dimensions));
    }
  }

  /** A part of one grant. */
  record OfGrant(Part part, GrantId grant, BigDecimal amount) implements Expectation {
    @Override
    public String field() {
      return part.wireName() + "." + grant;
    }

    @Override
    public String expected() {
      return amount.toPlainString();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return compare(amount, part.of(state, grant));
    }
  }

  /** What of one usage was billed or owed. */
  record OverageOf(EventId usage, BigDecimal amount) implements Expectation {
    @Override
    public String field() {
      return "overage_of." + usage;
    }

    @Override
    public String expected() {
      return amount.toPlainString();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return compare(amount, state.overageOf(usage));
    }
  }

  /** Which grants pay how much of one usage; a grant not named pays nothing. */
  record Applied(EventId usage, Map<GrantId, BigDecimal> amounts) implements Expectation {
    public Applied {
      amounts = Map.copyOf(amounts);
    }

    @Override
    public String field() {
      return "applied." + usage;
    }

    @Override
    public String expected() {
      return describe(
          amounts.entrySet().stream()
              .filter(part -> part.getValue().signum() != 0)
              .collect(
                  Collectors.toMap(Map.Entry::getKey, part -> part.getValue().toPlainString())));
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      Map<GrantId, Credits> actual = state.applied(usage);
      boolean same =
          amounts.entrySet().stream()
                  .allMatch(
                      part ->
                          equal(part.getValue(), actual.getOrDefault(part.getKey(), Credits.ZERO)))
              && amounts.keySet().containsAll(actual.keySet());
      return same
          ? Optional.empty()
          : Optional.of(
              describe(
                  actual.entrySet().stream()
                      .collect(
                          Collectors.toMap(
                              Map.Entry::getKey, part -> part.getValue().toString()))));
    }

    private static String describe(Map<GrantId, String> parts) {
      return new TreeMap<>(parts).toString();
    }
  }

  /** How many entries the journal has. */
  record Entries(int count) implements Expectation {
    @Override
    public String field() {
      return "entries";
    }

    @Override
    public String expected() {
      return Integer.toString(count);
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return state.entries() == count
          ? Optional.empty()
          : Optional.of(Integer.toString(state.entries()));
    }
  }

  /**
   * What was told so far, in order.
   *
   * @param alerts each a type, or a type, a space and its one detail
   */
  record Alerts(List<String> alerts) implements Expectation {
    public Alerts {
      alerts = List.copyOf(alerts);
    }

    @Override
    public String field() {
      return "alerts";
    }

    @Override
    public String expected() {
      return alerts.toString();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      List<String> actual = state.alerts();
      boolean same = alerts.size() == actual.size();
      for (int i = 0; same && i < actual.size(); i++) {
        same = actual.get(i).equals(alerts.get(i)) || actual.get(i).startsWith(alerts.get(i) + " ");
      }
      return same ? Optional.empty() : Optional.of(actual.toString());
    }
  }

  /** How the balance stands, as alerts see it. */
  record Level(AlertLevel level) implements Expectation {
    @Override
    public String field() {
      return "level";
    }

    @Override
    public String expected() {
      return level.wireName();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      return state.level() == level ? Optional.empty() : Optional.of(state.level().wireName());
    }
  }

  /** How one grant ended. */
  record Ended(GrantId grant, GrantState how) implements Expectation {
    @Override
    public String field() {
      return "ended." + grant;
    }

    @Override
    public String expected() {
      return how.wireName();
    }

    @Override
    public Optional<String> difference(ScenarioState state) {
      Optional<GrantState> actual = state.ended(grant);
      return actual.equals(Optional.of(how))
          ? Optional.empty()
          : Optional.of(actual.map(GrantState::wireName).orElse("not ended"));
    }
  }

  /** The sums over an account. */
  enum Sum {
    /** What can be used. */
    AVAILABLE,
    /** What can be used and what is held. */
    SETTLED,
    /** What is held. */
    HELD,
    /** What is billed or owed. */
    OVERAGE,
    /** What can be used less what is billed or owed. */
    NET;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Credits of(ScenarioState state) {
      return switch (this) {
        case AVAILABLE -> state.available();
        case SETTLED -> state.settled();
        case HELD -> state.held();
        case OVERAGE -> state.overage();
        case NET -> state.net();
      };
    }
  }

  /** The parts of a grant. */
  enum Part {
    /** What is left of it. */
    GRANTS,
    /** What would be left of it, were it confirmed. */
    PENDING,
    /** What has expired of it. */
    EXPIRED,
    /** What has been voided of it. */
    FORFEITED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Credits of(ScenarioState state, GrantId grant) {
      return switch (this) {
        case GRANTS -> state.left(grant);
        case PENDING -> state.pending(grant);
        case EXPIRED -> state.expired(grant);
        case FORFEITED -> state.forfeited(grant);
      };
    }
  }

  private static Optional<String> compare(BigDecimal expected, Credits actual) {
    return equal(expected, actual) ? Optional.empty() : Optional.of(actual.toString());
  }

  private static boolean equal(BigDecimal expected, Credits actual) {
    return expected.compareTo(BigDecimal.valueOf(actual.micros(), 6)) == 0;
  }
}
