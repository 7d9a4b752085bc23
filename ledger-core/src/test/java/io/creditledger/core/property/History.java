package io.creditledger.core.property;

import io.creditledger.core.id.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs histories, and makes a failing one as short as it goes. */
final class History {

  /** A history that went wrong with its last step. */
  record Failure(long seed, CustomerId customer, List<Step> steps, String what) {

    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder("seed " + seed + ", " + steps.size() + " events, at the last of them: ")
              .append(what);
      for (Step step : steps) {
        text.append("\n  ").append(step);
      }
      return text.toString();
    }
  }

  private History() {}

  /** Makes up a history and runs it. */
  static Optional<Failure> live(long seed, CustomerId customer, Mistake mistake) {
    Histories made = new Histories(seed, customer);
    HistoryRun run = new HistoryRun(seed, customer, mistake);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < made.length(); i++) {
      Step step = made.next(run.account());
      steps.add(step);
      Optional<String> wrong = run.step(step);
      if (wrong.isPresent()) {
        return Optional.of(new Failure(seed, customer, steps, wrong.get()));
      }
    }
    return run.finish().map(wrong -> new Failure(seed, customer, steps, wrong));
  }

  /** Runs given steps. */
  static Optional<Failure> again(
      long seed, CustomerId customer, List<Step> steps, Mistake mistake) {
    HistoryRun run = new HistoryRun(seed, customer, mistake);
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> wrong = run.step(steps.get(i));
      if (wrong.isPresent()) {
        return Optional.of(new Failure(seed, customer, steps.subList(0, i + 1), wrong.get()));
      }
    }
    return run.finish().map(wrong -> new Failure(seed, customer, steps, wrong));
  }

  /** Drops steps, large pieces first, as long as something still goes wrong. */
  static Failure shrunk(Failure failure, Mistake mistake) {
    Failure best = failure;
    for (int size = best.steps().size() / 2; size > 1; size /= 2) {
      best = without(best, size, mistake);
    }
    Failure shorter = without(best, 1, mistake);
    while (shorter.steps().size() < best.steps().size()) {
      best = shorter;
      shorter = without(best, 1, mistake);
    }
    return best;
  }

  private static Failure without(Failure failure, int size, Mistake mistake) {
    Failure best = failure;
    int from = 0;
    while (from + size <= best.steps().size()) {
      List<Step> fewer = new ArrayList<>(best.steps());
      fewer.subList(from, from + size).clear();
      Optional<Failure> still = again(best.seed(), best.customer(), fewer, mistake);
      if (still.isPresent() && still.get().steps().size() < best.steps().size()) {
        best = still.get();
      } else {
        from += size;
      }
    }
    return best;
  }
}
