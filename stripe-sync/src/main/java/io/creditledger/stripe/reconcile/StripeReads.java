package io.creditledger.stripe.reconcile;

import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import io.creditledger.relay.Backoff;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Cause;
import io.creditledger.stripe.client.StripeCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads lists of Stripe's to their end, again and again where Stripe does not answer. */
final class StripeReads {

  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(20));
  private static final int NOT_FOUND = 404;
  private static final String MISSING = "resource_missing";

  private final StripeCalls stripe;
  private final int triesMax;

  /**
   * Reads with these calls.
   *
   * @param triesMax after how many calls without an answer it is given up
   */
  StripeReads(StripeCalls stripe, int triesMax) {
    this.stripe = stripe;
    this.triesMax = triesMax;
  }

  /**
   * Reads all pages. What Stripe does not know has none.
   *
   * @param page the call for the objects after the one of that id, or for the first
   * @throws UnreadableException if Stripe refuses, or does not answer
   */
  <T extends HasId> void each(
      Function<Optional<String>, StripeCalls.Call<StripeCollection<T>>> page, Consumer<T> reader)
      throws InterruptedException {
    Optional<String> after = Optional.empty();
    do {
      Optional<StripeCollection<T>> read = read(page.apply(after));
      List<T> objects = read.map(StripeCollection::getData).orElse(List.of());
      objects.forEach(reader);
      boolean more = read.map(StripeCollection::getHasMore).orElse(false) && !objects.isEmpty();
      after = more ? Optional.of(objects.getLast().getId()) : Optional.empty();
    } while (after.isPresent());
  }

  private <T> Optional<T> read(StripeCalls.Call<T> call) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      switch (stripe.call(call)) {
        case Attempt.Done<T> done -> {
          return Optional.of(done.value());
        }
        case Attempt.Refused<T> refused -> {
          if (refused.status() == NOT_FOUND || refused.code().equals(MISSING)) {
            return Optional.empty();
          }
          throw new UnreadableException("Stripe refused to be read: " + refused.message());
        }
        case Attempt.Again<T> again -> {
          if (again.cause() == Cause.KEY || tries == triesMax) {
            throw new UnreadableException("Stripe cannot be read: " + again.why());
          }
        }
      }
      Duration wait = RETRY.after(tries, ThreadLocalRandom.current().nextDouble());
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
    }
  }
}
