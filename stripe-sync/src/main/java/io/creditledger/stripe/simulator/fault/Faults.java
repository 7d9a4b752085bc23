package io.creditledger.stripe.simulator.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A plan at work: the draws made so far, the strikes left, and the outage. Safe for any thread. */
public final class Faults {

  private FaultPlan plan = FaultPlan.none();
  private int[] left = new int[0];
  private SplittableRandom random = new SplittableRandom(0);
  private boolean outage;
  private final Map<Fault.Kind, Long> struck = new EnumMap<>(Fault.Kind.class);

  /** Begins a plan from its start. */
  public synchronized void follow(FaultPlan next) {
    plan = next;
    left = next.rules().stream().mapToInt(FaultPlan.Rule::times).toArray();
    random = new SplittableRandom(next.seed());
  }

  /** From now on every connection closes without an answer and nothing is done. */
  public synchronized void beginOutage() {
    outage = true;
  }

  public synchronized void endOutage() {
    outage = false;
  }

  /** What strikes this request, if anything does. */
  public synchronized Optional<Fault> strike(String request) {
    if (outage) {
      return count(Fault.of(Fault.Kind.LOST_REQUEST));
    }
    for (int i = 0; i < left.length; i++) {
      FaultPlan.Rule rule = plan.rules().get(i);
      if (left[i] > 0
          && rule.matches(request)
          && (rule.rate() >= 1 || random.nextDouble() < rule.rate())) {
        left[i] -= rule.times() == FaultPlan.FOR_EVER ? 0 : 1;
        return count(rule.fault());
      }
    }
    return Optional.empty();
  }

  private Optional<Fault> count(Fault fault) {
    struck.merge(fault.kind(), 1L, Long::sum);
    return Optional.of(fault);
  }

  /** How often each kind struck since the start. */
  public synchronized Map<Fault.Kind, Long> struck() {
    return Map.copyOf(struck);
  }
}
