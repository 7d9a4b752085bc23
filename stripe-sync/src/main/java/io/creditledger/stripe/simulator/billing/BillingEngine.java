package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What falls due as time goes by: one thing at a time, in the order of their times. */
public final class BillingEngine {

  private static final long INCOMPLETE_FOR = Duration.ofHours(23).toSeconds();

  /**
   * One thing that falls due.
   *
   * @param time in seconds since 1970
   */
  record Due(long time, Runnable work) {}

  private final World world;
  private final InvoiceBook book;
  private final InvoiceCollection collection;
  private final SubscriptionBilling billing;
  private final CreditLedger credits;

  public BillingEngine(
      World world,
      InvoiceBook book,
      InvoiceCollection collection,
      SubscriptionBilling billing,
      CreditLedger credits) {
    this.world = world;
    this.book = book;
    this.collection = collection;
    this.billing = billing;
    this.credits = credits;
  }

  /** Does all that is due by the account's time for customers without a test clock. */
  public void catchUp() {
    long now = world.now();
    Predicate<ObjectNode> withoutClock = row -> !Json.has(row, "test_clock");
    Optional<Due> next = next(withoutClock, now);
    while (next.isPresent()) {
      world.asOf(Math.min(next.get().time(), now), next.get().work());
      next = next(withoutClock, now);
    }
  }

  /** What falls due first on a test clock, up to a time. */
  Optional<Due> nextOn(String clock, long until) {
    return next(row -> row.path("test_clock").asText().equals(clock), until);
  }

  private Optional<Due> next(Predicate<ObjectNode> scope, long until) {
    List<Due> due = new ArrayList<>();
    invoices(scope, due);
    subscriptions(scope, due);
    world
        .table(CreditLedger.GRANTS)
        .where(scope.and(grant -> CreditLedger.left(grant) > 0))
        .forEach(
            grant ->
                Json.whole(grant, "expires_at")
                    .ifPresent(
                        time -> due.add(new Due(time, () -> credits.expireIfDue(grant, time)))));
    return due.stream()
        .filter(each -> each.time() <= until)
        .min(Comparator.comparingLong(Due::time));
  }

  private void invoices(Predicate<ObjectNode> scope, List<Due> due) {
    world
        .table(InvoiceBook.TABLE)
        .where(scope)
        .forEach(
            invoice -> {
              if (InvoiceBook.isDraft(invoice)) {
                Json.whole(invoice, "automatically_finalizes_at")
                    .ifPresent(time -> due.add(new Due(time, () -> finalizeAndCollect(invoice))));
              } else if (Json.string(invoice, "status").equals("open")) {
                Json.whole(invoice, "next_payment_attempt")
                    .ifPresent(
                        time ->
                            due.add(
                                new Due(
                                    time, () -> collection.attempt(invoice, Optional.empty()))));
              }
            });
  }

  private void finalizeAndCollect(ObjectNode invoice) {
    book.finalizeInvoice(invoice);
    collection.collect(invoice);
  }

  private void subscriptions(Predicate<ObjectNode> scope, List<Due> due) {
    world
        .table(Subscriptions.TABLE)
        .where(scope.and(Subscriptions::isLive))
        .forEach(
            subscription -> {
              if (Json.string(subscription, "status").equals("incomplete")) {
                due.add(
                    new Due(
                        Json.number(subscription, "created") + INCOMPLETE_FOR,
                        () -> billing.status(subscription, "incomplete_expired")));
                return;
              }
              resumption(subscription, due);
              turn(subscription, due);
            });
  }

  private void resumption(ObjectNode subscription, List<Due> due) {
    Json.whole(Json.child(subscription, "pause_collection"), "resumes_at")
        .ifPresent(
            time ->
                due.add(
                    new Due(
                        time,
                        () -> {
                          subscription.putNull("pause_collection");
                          billing.status(subscription, Json.string(subscription, "status"));
                        })));
  }

  private void turn(ObjectNode subscription, List<Due> due) {
    long end = SubscriptionItems.periodEnd(subscription);
    long cancelled = Json.whole(subscription, "cancel_at").orElse(Long.MAX_VALUE);
    if (cancelled <= end) {
      due.add(
          new Due(
              cancelled,
              () -> {
                billing.last(subscription, cancelled);
                billing.end(subscription, "cancellation_requested");
              }));
    } else {
      due.add(new Due(end, () -> billing.cycle(subscription)));
    }
  }
}
