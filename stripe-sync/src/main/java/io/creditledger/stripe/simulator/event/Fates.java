package io.creditledger.stripe.simulator.event;

import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** A webhook plan at work. Called under the simulator's lock. */
final class Fates {

  /** What becomes of one event at each endpoint. */
  record Course(boolean lost, boolean held, int copies) {}

  private WebhookPlan plan = WebhookPlan.orderly();
  private int[] left = new int[0];
  private SplittableRandom random = new SplittableRandom(0);

  void follow(WebhookPlan next) {
    plan = next;
    left = next.rules().stream().mapToInt(WebhookPlan.Rule::times).toArray();
    random = new SplittableRandom(next.seed());
  }

  boolean drawsTwin(String type) {
    return strike(type, Fate.TWIN).isPresent() || draw(plan.twinShare());
  }

  Course course(String type) {
    boolean lost = strike(type, Fate.LOST).isPresent() || draw(plan.lostShare());
    boolean held = strike(type, Fate.HELD).isPresent();
    boolean twice = strike(type, Fate.TWICE).isPresent() || draw(plan.twiceShare());
    return new Course(lost, held, twice ? 2 : 1);
  }

  Duration delay(String type) {
    Optional<Duration> scripted = strike(type, Fate.LATE);
    if (scripted.isPresent()) {
      return scripted.get();
    }
    long most = plan.lateMax().toMillis();
    return most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(most + 1));
  }

  private boolean draw(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private Optional<Duration> strike(String type, Fate fate) {
    for (int i = 0; i < left.length; i++) {
      WebhookPlan.Rule rule = plan.rules().get(i);
      if (left[i] > 0 && rule.fate() == fate && rule.matches(type)) {
        left[i] -= rule.times() == Integer.MAX_VALUE ? 0 : 1;
        return Optional.of(rule.delay());
      }
    }
    return Optional.empty();
  }
}
