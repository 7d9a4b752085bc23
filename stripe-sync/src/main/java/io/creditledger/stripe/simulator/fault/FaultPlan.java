package io.creditledger.stripe.simulator.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * Which requests go wrong, and how. For each request the rules are asked in order and the first
 * that strikes is the one. The same seed and the same requests in the same order give the same
 * faults.
 *
 * @param seed of the draws that rules with a rate make
 */
public record FaultPlan(long seed, List<Rule> rules) {

  /** How often a rule without an end strikes. */
  public static final int FOR_EVER = Integer.MAX_VALUE;

  /**
   * One rule.
   *
   * @param match a method and a path, a star standing for any text: {@code POST /v1/billing/*}, or
   *     a star alone
   * @param rate the share of matching requests that it strikes, 0 to 1
   * @param times how many requests it strikes at most
   */
  public record Rule(String match, Fault fault, double rate, int times) {

    public Rule {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("rate is not between 0 and 1: " + rate);
      }
      if (times < 0) {
        throw new IllegalArgumentException("times is negative: " + times);
      }
    }

    boolean matches(String request) {
      String[] parts = match.split("\\*", -1);
      if (!request.startsWith(parts[0])) {
        return false;
      }
      int at = parts[0].length();
      for (int i = 1; i < parts.length; i++) {
        int found =
            i == parts.length - 1 && !parts[i].isEmpty() && request.endsWith(parts[i])
                ? request.length() - parts[i].length()
                : request.indexOf(parts[i], at);
        if (found < at) {
          return false;
        }
        at = found + parts[i].length();
      }
      return at == request.length() || match.endsWith("*");
    }
  }

  public FaultPlan {
    rules = List.copyOf(rules);
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return new FaultPlan(0, List.of());
  }

  public static FaultPlan seeded(long seed) {
    return new FaultPlan(seed, List.of());
  }

  /** This plan, and a share of the matching requests struck by that fault. */
  public FaultPlan share(double rate, String match, Fault fault) {
    return with(new Rule(match, fault, rate, FOR_EVER));
  }

  /** This plan, and the next matching requests struck one by one by these faults. */
  public FaultPlan next(String match, Fault... faults) {
    FaultPlan plan = this;
    for (Fault fault : faults) {
      plan = plan.with(new Rule(match, fault, 1, 1));
    }
    return plan;
  }

  /** This plan, and every matching request struck. */
  public FaultPlan always(String match, Fault fault) {
    return share(1, match, fault);
  }

  public FaultPlan with(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new FaultPlan(seed, more);
  }
}
