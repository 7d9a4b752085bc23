package io.creditledger.stripe.topup;

import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import io.creditledger.core.id.EventId;
import io.creditledger.relay.Database;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Again;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.Attempt.Refused;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.EffectKind;
import io.creditledger.stripe.effect.EffectOutcome;
import io.creditledger.stripe.effect.EffectOutcome.Held;
import io.creditledger.stripe.effect.EffectOutcome.Next;
import io.creditledger.stripe.effect.EffectOutcome.Rows;
import io.creditledger.stripe.publish.LedgerInput;
import io.creditledger.stripe.rules.StripeRules;
import io.creditledger.stripe.topup.TopUp.Answer;
import io.creditledger.stripe.topup.TopUp.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Buys credits: makes an invoice of one item, makes it final and pays it, one step at a time. What
 * cannot be paid is voided first and told to the ledger then, so that nobody pays it later.
 */
public final class TopUpEffect implements EffectKind {

  /** The name of its rows. */
  public static final String KIND = "top_up";

  /** What was not begun by then is not wanted as it was; the rule asks again if it still is. */
  private static final Duration BEGUN_WITHIN = Duration.ofHours(24);

  private static final Duration PROCESSING_WAIT = Duration.ofHours(1);
  private static final String ALREADY_PAID = "invoice_already_paid";
  private static final int NOT_FOUND = 404;

  private final Database database;
  private final StripeRules rules;
  private final CatalogInForce catalog;
  private final LedgerInput ledger;
  private final TopUpCalls calls;
  private final Clock clock;

  /** Buys at the prices of the rules' add-ons and of the catalog in force. */
  public TopUpEffect(
      Database database,
      StripeCalls stripe,
      StripeRules rules,
      CatalogInForce catalog,
      LedgerInput ledger,
      Clock clock) {
    this.database = database;
    this.rules = rules;
    this.catalog = catalog;
    this.ledger = ledger;
    this.calls = new TopUpCalls(stripe);
    this.clock = clock;
  }

  @Override
  public String name() {
    return KIND;
  }

  private record Known(TopUp topUp, Optional<String> stripeCustomer) {}

  @Override
  public EffectOutcome run(Effect effect) throws InterruptedException {
    Known known =
        database
            .jdbi()
            .withHandle(
                handle ->
                    new Known(
                        TopUpTable.find(handle, effect.customer(), new EventId(effect.key()))
                            .orElseThrow(),
                        Customers.stripeId(handle, effect.customer())));
    TopUp topUp = known.topUp();
    return switch (topUp.state()) {
      case OPEN -> buy(effect, topUp, known.stripeCustomer());
      case PROCESSING -> look(effect, topUp);
      case FAILING -> takeBack(effect, topUp);
      case PAID -> EffectOutcome.done("paid by " + topUp.invoice().orElse(""));
      case FAILED -> EffectOutcome.done("failed: " + topUp.reason());
    };
  }

  private EffectOutcome buy(Effect effect, TopUp topUp, Optional<String> customer)
      throws InterruptedException {
    if (topUp.answer() == Answer.GIVEN) {
      return failing(topUp, "the ledger waits for it no longer");
    }
    if (customer.isEmpty()) {
      return failing(topUp, "no customer of Stripe's is linked to " + topUp.customer());
    }
    Optional<TopUpPrice> price =
        TopUpPrice.of(topUp.unit(), topUp.credits(), rules.addOns(), catalog.current());
    if (price.isEmpty()) {
      return failing(
          topUp,
          "neither the catalog nor an add-on prices " + topUp.credits() + " " + topUp.unit());
    }
    if (topUp.invoice().isEmpty()) {
      return draft(effect, topUp, price.get(), customer.get());
    }
    String invoice = topUp.invoice().get();
    if (topUp.item().isEmpty()) {
      return settle(
          topUp,
          calls.item(effect, topUp, price.get(), customer.get(), invoice),
          item -> next(topUp.with(item.getId())));
    }
    return look(effect, topUp);
  }

  private EffectOutcome draft(Effect effect, TopUp topUp, TopUpPrice price, String customer)
      throws InterruptedException {
    if (topUp.requestedAt().plus(BEGUN_WITHIN).isBefore(clock.instant())) {
      return failing(topUp, "it was not tried within " + BEGUN_WITHIN.toHours() + " hours");
    }
    return settle(
        topUp,
        calls.draft(effect, topUp, price, customer),
        invoice -> next(topUp.on(invoice.getId())));
  }

  /** What is to be done next follows from how the invoice stands. */
  private EffectOutcome look(Effect effect, TopUp topUp) throws InterruptedException {
    String id = topUp.invoice().orElseThrow();
    Attempt<Invoice> read = calls.read(id);
    if (!(read instanceof Done<Invoice> invoice)) {
      return settle(topUp, read, none -> EffectOutcome.done(""));
    }
    return switch (invoice.value().getStatus()) {
      case "draft" ->
          settle(topUp, calls.finish(effect, id), done -> EffectOutcome.next("it is final"));
      case "paid" -> next(topUp.in(State.PAID, ""));
      case "open" -> topUp.state() == State.PROCESSING ? waiting(topUp) : pay(effect, topUp, id);
      default -> failing(topUp, "its invoice is " + invoice.value().getStatus());
    };
  }

  private EffectOutcome pay(Effect effect, TopUp topUp, String invoice)
      throws InterruptedException {
    Attempt<Invoice> paid = calls.pay(effect, invoice);
    return switch (paid) {
      case Done<Invoice> done ->
          next(
              topUp.in(
                  done.value().getStatus().equals("paid") ? State.PAID : State.PROCESSING, ""));
      case Again<Invoice> again -> EffectOutcome.of(again);
      case Refused<Invoice> refused ->
          refused.code().equals(ALREADY_PAID)
              ? next(topUp.in(State.PAID, ""))
              : failing(topUp, EffectOutcome.words(refused));
    };
  }

  private static EffectOutcome waiting(TopUp topUp) {
    return new Held(
        "the payment of " + topUp.invoice().orElse("") + " is under way",
        PROCESSING_WAIT,
        Rows.NOTHING);
  }

  /** Makes sure that nobody can pay any more, and then tells the ledger. */
  private EffectOutcome takeBack(Effect effect, TopUp topUp) throws InterruptedException {
    if (topUp.invoice().isPresent()) {
      String id = topUp.invoice().get();
      Attempt<Invoice> read = calls.read(id);
      if (read instanceof Done<Invoice> invoice) {
        String status = invoice.value().getStatus();
        if (status.equals("paid")) {
          return next(topUp.in(State.PAID, ""));
        }
        if (status.equals("draft")) {
          return settle(calls.delete(id), done -> EffectOutcome.next("the draft is deleted"));
        }
        if (!status.equals("void")) {
          return settle(
              calls.voidInvoice(effect, id), done -> EffectOutcome.next("the invoice is void"));
        }
      } else if (!(read instanceof Refused<Invoice> refused && refused.status() == NOT_FOUND)) {
        return settle(read, none -> EffectOutcome.done(""));
      }
    }
    if (topUp.answer() == Answer.AWAITED) {
      ledger.publish(topUp.failure());
    }
    return next(topUp.in(State.FAILED, topUp.reason()));
  }

  private static EffectOutcome failing(TopUp topUp, String why) {
    return next(topUp.in(State.FAILING, why));
  }

  private static EffectOutcome next(TopUp topUp) {
    return new Next(topUp.state().name(), transaction -> TopUpTable.put(transaction, topUp));
  }

  /** What Stripe refuses on the way to a payment is a failed payment. */
  private static <T extends HasId> EffectOutcome settle(
      TopUp topUp, Attempt<T> attempt, Function<T, EffectOutcome> done) {
    return attempt instanceof Refused<T> refused
        ? failing(topUp, EffectOutcome.words(refused))
        : settle(attempt, done);
  }

  private static <T extends HasId> EffectOutcome settle(
      Attempt<T> attempt, Function<T, EffectOutcome> done) {
    return switch (attempt) {
      case Done<T> success -> done.apply(success.value());
      case Again<T> again -> EffectOutcome.of(again);
      case Refused<T> refused -> EffectOutcome.of(refused);
    };
  }
}
