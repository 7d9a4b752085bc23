package io.creditledger.stripe.effect;

import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.StripeCalls;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes objects in Stripe once, by looking for them before they are made again. */
public final class Once {

  private final StripeCalls stripe;

  /** Looks and makes with these calls. */
  public Once(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /**
   * Makes an object, unless an earlier try has made it.
   *
   * @param page the objects among which it would be, after the one of that id or from the first
   * @param isIt whether an object is the one
   */
  public <T extends HasId> Attempt<T> make(
      Effect effect,
      Function<Optional<String>, StripeCalls.Call<StripeCollection<T>>> page,
      Predicate<T> isIt,
      StripeCalls.Call<T> make)
      throws InterruptedException {
    if (!effect.mayBeDone()) {
      return stripe.call(make);
    }
    Attempt<Optional<T>> found = find(page, isIt);
    if (found instanceof Done<Optional<T>> done && done.value().isEmpty()) {
      return stripe.call(make);
    }
    return found.map(Optional::get);
  }

  /** Looks through all pages for an object. */
  public <T extends HasId> Attempt<Optional<T>> find(
      Function<Optional<String>, StripeCalls.Call<StripeCollection<T>>> page, Predicate<T> isIt)
      throws InterruptedException {
    Optional<String> after = Optional.empty();
    while (true) {
      Attempt<StripeCollection<T>> read = stripe.call(page.apply(after));
      if (!(read instanceof Done<StripeCollection<T>> done)) {
        return read.map(none -> Optional.empty());
      }
      StripeCollection<T> objects = done.value();
      Optional<T> found = objects.getData().stream().filter(isIt).findFirst();
      if (found.isPresent() || !objects.getHasMore() || objects.getData().isEmpty()) {
        return new Done<>(found);
      }
      after = Optional.of(objects.getData().getLast().getId());
    }
  }
}
