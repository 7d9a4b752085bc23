package io.creditledger.stripe.invoice;

import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import io.creditledger.core.money.Credits;
import io.creditledger.relay.Database;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Again;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.Attempt.Refused;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.EffectKind;
import io.creditledger.stripe.effect.EffectOutcome;
import io.creditledger.stripe.effect.EffectOutcome.Held;
import io.creditledger.stripe.effect.EffectOutcome.Next;
import io.creditledger.stripe.effect.EffectOutcome.Rows;
import io.creditledger.stripe.invoice.InvoiceCredit.State;
import io.creditledger.stripe.invoice.InvoiceDraft.Finality;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.price.MeterPrices;
import io.creditledger.stripe.publish.LedgerInput;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Form;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Has credits pay for the usage on an invoice: reads what the draft charges, asks the ledger, and
 * puts on the draft what the ledger decided. Each meter's credits are one row, taken one step at a
 * time.
 */
public final class InvoiceCreditsEffect implements EffectKind {

  /** The name of its rows. */
  public static final String KIND = "invoice_credits";

  private static final Duration ARRIVAL_WAIT = Duration.ofSeconds(20);
  private static final String NOT_EDITABLE = "invoice_not_editable";

  private final Database database;
  private final StripeRules rules;
  private final CatalogInForce catalog;
  private final LedgerInput ledger;
  private final UsageArrival arrival;
  private final InvoiceCalls calls;
  private final MeteredLines lines;
  private final Clock clock;

  /** Credits by these rules, at the prices of the catalog in force. */
  public InvoiceCreditsEffect(
      Database database,
      StripeCalls stripe,
      StripeRules rules,
      CatalogInForce catalog,
      LedgerInput ledger,
      UsageArrival arrival,
      Clock clock) {
    this.database = database;
    this.rules = rules;
    this.catalog = catalog;
    this.ledger = ledger;
    this.arrival = arrival;
    this.calls = new InvoiceCalls(stripe);
    this.lines = new MeteredLines(new MeterPrices(stripe), rules);
    this.clock = clock;
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public EffectOutcome run(Effect effect) throws InterruptedException {
    InvoiceDraft draft =
        database.jdbi().withHandle(handle -> CreditTable.draft(handle, effect.key())).orElseThrow();
    return draft.state() == InvoiceDraft.State.WAITING ? plan(draft) : advance(effect, draft);
  }

  private EffectOutcome plan(InvoiceDraft draft) throws InterruptedException {
    Instant now = clock.instant();
    boolean sent =
        database
            .jdbi()
            .withHandle(handle -> arrival.isSent(handle, draft.customer(), draft.periodEnd()));
    if (!sent && draft.deadline().filter(end -> !end.isAfter(now)).isEmpty()) {
      return new Held("waits for usage on its way to Stripe", ARRIVAL_WAIT, Rows.NOTHING);
    }
    Attempt<Invoice> read = calls.read(draft.invoice());
    if (!(read instanceof Done<Invoice> invoice)) {
      return unread(read);
    }
    Attempt<List<MeteredUsage>> usage = usage(draft);
    if (!(usage instanceof Done<List<MeteredUsage>> known)) {
      return unread(usage);
    }
    List<InvoiceCredit> credits =
        new CreditPlan(rules.invoiceCredits(), catalog.current()).of(draft, known.value(), now);
    boolean late = !invoice.value().getStatus().equals("draft");
    List<InvoiceCredit> planned =
        late
            ? credits.stream()
                .map(
                    credit ->
                        credit.in(State.TOO_LATE, "the invoice was final before it was looked at"))
                .toList()
            : credits;
    return new Next(
        "usage known",
        transaction -> {
          planned.forEach(credit -> CreditTable.put(transaction, credit));
          CreditTable.advance(transaction, draft.invoice(), InvoiceDraft.State.PLANNED);
        });
  }

  private Attempt<List<MeteredUsage>> usage(InvoiceDraft draft) throws InterruptedException {
    Attempt<List<InvoiceLineItem>> read = calls.lines(draft.invoice());
    return read instanceof Done<List<InvoiceLineItem>> done
        ? lines.usage(done.value())
        : read.map(none -> List.of());
  }

  private static EffectOutcome unread(Attempt<?> attempt) {
    return switch (attempt) {
      case Done<?> done -> throw new IllegalArgumentException("it was read: " + done);
      case Again<?> again -> EffectOutcome.of(again);
      case Refused<?> refused -> EffectOutcome.of(refused);
    };
  }

  private EffectOutcome advance(Effect effect, InvoiceDraft draft) throws InterruptedException {
    List<InvoiceCredit> credits =
        database.jdbi().withHandle(handle -> CreditTable.of(handle, draft.invoice()));
    for (InvoiceCredit credit : credits) {
      Optional<EffectOutcome> step = step(effect, draft, credit);
      if (step.isPresent()) {
        return step.get();
      }
    }
    if (credits.stream().anyMatch(credit -> credit.state() == State.ASKED)) {
      return EffectOutcome.done("the ledger was asked");
    }
    if (draft.finality() == Finality.FINALIZED && draft.state() != InvoiceDraft.State.CHECKED) {
      return check(draft, credits);
    }
    return ended(draft, credits);
  }

  /** The next step of one meter's credits; empty if it has to wait or has come to its end. */
  private Optional<EffectOutcome> step(Effect effect, InvoiceDraft draft, InvoiceCredit credit)
      throws InterruptedException {
    return switch (credit.state()) {
      case PLANNED -> {
        ledger.publish(credit.debit());
        yield Optional.of(next(credit.in(State.ASKED, "")));
      }
      case DECIDED -> Optional.of(apply(effect, draft, credit));
      case APPLIED ->
          draft.finality() == Finality.VOIDED && form() == Form.INVOICE_ITEM
              ? Optional.of(takenBack(credit, State.RETURNED, "the invoice was voided"))
              : Optional.empty();
      case ASKED, NOTHING, TOO_LATE, RETURNED, REFUSED -> Optional.empty();
    };
  }

  private Form form() {
    return rules.invoiceCredits().form();
  }

  private EffectOutcome apply(Effect effect, InvoiceDraft draft, InvoiceCredit credit)
      throws InterruptedException {
    if (credit.giveBack().isPositive()) {
      ledger.publish(credit.giveBack(credit.giveBack(), "billed"));
    }
    if (credit.applied() == 0) {
      return next(credit.in(State.NOTHING, "nothing was available"));
    }
    Attempt<? extends HasId> made =
        switch (form()) {
          case INVOICE_ITEM -> calls.item(effect, draft, credit);
          case BALANCE_TRANSACTION -> balance(effect, draft, credit);
        };
    return switch (made) {
      case Done<? extends HasId> done ->
          new Next(
              "applied",
              transaction -> {
                CreditTable.put(transaction, credit.in(State.APPLIED, ""));
                CreditTable.standsAs(transaction, credit, done.value().getId());
              });
      case Again<? extends HasId> again -> EffectOutcome.of(again);
      case Refused<? extends HasId> refused ->
          refused.code().equals(NOT_EDITABLE)
              ? takenBack(credit, State.TOO_LATE, "the invoice was final already")
              : takenBack(credit, State.REFUSED, EffectOutcome.words(refused));
    };
  }

  /** A balance would be taken by the next invoice, so it is not changed once this one is final. */
  private Attempt<? extends HasId> balance(Effect effect, InvoiceDraft draft, InvoiceCredit credit)
      throws InterruptedException {
    if (!effect.mayBeDone()) {
      Attempt<Invoice> invoice = calls.read(draft.invoice());
      if (!(invoice instanceof Done<Invoice> done)) {
        return invoice;
      }
      if (!done.value().getStatus().equals("draft")) {
        return new Refused<Invoice>(0, NOT_EDITABLE, "the invoice is final");
      }
    }
    return calls.balance(effect, draft, credit);
  }

  /** The ledger has back what it took and has not got back yet. */
  private EffectOutcome takenBack(InvoiceCredit credit, State state, String why)
      throws InterruptedException {
    Credits kept = credit.taken().minus(credit.giveBack());
    if (kept.isPositive()) {
      ledger.publish(credit.giveBack(kept, "not-applied"));
    }
    return next(credit.in(state, why));
  }

  private static EffectOutcome next(InvoiceCredit credit) {
    return new Next(credit.state().name(), transaction -> CreditTable.put(transaction, credit));
  }

  /** What was invoiced in the end is held against what the credits were made for. */
  private EffectOutcome check(InvoiceDraft draft, List<InvoiceCredit> credits)
      throws InterruptedException {
    Attempt<List<MeteredUsage>> usage = usage(draft);
    if (!(usage instanceof Done<List<MeteredUsage>> known)) {
      return unread(usage);
    }
    return new Next(
        "checked",
        transaction -> {
          for (InvoiceCredit credit : credits) {
            long used =
                known.value().stream()
                    .filter(one -> one.meter().equals(credit.meter()))
                    .mapToLong(one -> one.amount().minor())
                    .sum();
            if (used != credit.used().minor()) {
              CreditTable.put(transaction, credit.in(credit.state(), changed(credit, used)));
            }
          }
          CreditTable.advance(transaction, draft.invoice(), InvoiceDraft.State.CHECKED);
        });
  }

  private static String changed(InvoiceCredit credit, long used) {
    return "usage came to "
        + credit.used()
        + " when credits were applied, and to "
        + new Money(used, credit.used().currency())
        + " when the invoice was final";
  }

  private static EffectOutcome ended(InvoiceDraft draft, List<InvoiceCredit> credits) {
    String note =
        credits.isEmpty()
            ? "no usage that credits pay for"
            : credits.stream().map(InvoiceCredit::toString).collect(Collectors.joining("; "));
    Rows rows =
        draft.state() == InvoiceDraft.State.PLANNED
            ? transaction ->
                CreditTable.advance(transaction, draft.invoice(), InvoiceDraft.State.APPLIED)
            : Rows.NOTHING;
    boolean wrong =
        credits.stream()
            .anyMatch(
                credit ->
                    switch (credit.state()) {
                      case TOO_LATE, REFUSED -> true;
                      case APPLIED -> !credit.note().isEmpty();
                      case PLANNED, ASKED, DECIDED, NOTHING, RETURNED -> false;
                    });
    return wrong ? new EffectOutcome.Parked(note, rows) : new EffectOutcome.Done(note, rows);
  }
}
