package io.creditledger.stripe.simulator.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How webhooks go astray. A rule for a type strikes before the shares do. The same seed and the
 * same events give the same fate to each.
 *
 * @param seed of all draws
 * @param twiceShare the share of events that each endpoint gets twice
 * @param lostShare the share of events that no endpoint ever gets, though they are listed
 * @param twinShare the share of changes told by two events with different ids
 * @param lateMax each delivery waits a drawn time up to this, which shuffles them
 */
public record WebhookPlan(
    long seed,
    double twiceShare,
    double lostShare,
    double twinShare,
    Duration lateMax,
    List<Rule> rules) {

  /** What a rule does with an event. */
  public enum Fate {
    /** Delivered after the rule's delay. */
    LATE,
    TWICE,
    /** Kept back until released. */
    HELD,
    LOST,
    /** Told by two events with different ids. */
    TWIN
  }

  /**
   * One rule.
   *
   * @param type an event type, or a star for all
   * @param times how many events it strikes at most
   */
  public record Rule(String type, Fate fate, Duration delay, int times) {

    boolean matches(String other) {
      return type.equals("*") || type.equals(other);
    }
  }

  public WebhookPlan {
    rules = List.copyOf(rules);
  }

  /** Each event once, in order, at once. */
  public static WebhookPlan orderly() {
    return seeded(0);
  }

  public static WebhookPlan seeded(long seed) {
    return new WebhookPlan(seed, 0, 0, 0, Duration.ZERO, List.of());
  }

  public WebhookPlan twice(double share) {
    return new WebhookPlan(seed, share, lostShare, twinShare, lateMax, rules);
  }

  public WebhookPlan lost(double share) {
    return new WebhookPlan(seed, twiceShare, share, twinShare, lateMax, rules);
  }

  public WebhookPlan twins(double share) {
    return new WebhookPlan(seed, twiceShare, lostShare, share, lateMax, rules);
  }

  public WebhookPlan shuffledWithin(Duration longest) {
    return new WebhookPlan(seed, twiceShare, lostShare, twinShare, longest, rules);
  }

  public WebhookPlan late(String type, Duration delay) {
    return with(new Rule(type, Fate.LATE, delay, Integer.MAX_VALUE));
  }

  /** The next events of that type meet that fate. */
  public WebhookPlan next(int times, String type, Fate fate) {
    return with(new Rule(type, fate, Duration.ZERO, times));
  }

  public WebhookPlan always(String type, Fate fate) {
    return next(Integer.MAX_VALUE, type, fate);
  }

  public WebhookPlan with(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new WebhookPlan(seed, twiceShare, lostShare, twinShare, lateMax, more);
  }
}
