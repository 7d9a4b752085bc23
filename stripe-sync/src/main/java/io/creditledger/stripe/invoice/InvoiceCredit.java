package io.creditledger.stripe.invoice;

import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import io.creditledger.stripe.rules.Metadata;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What credits pay of one meter's usage on one invoice, and how far that has come.
 *
 * @param meter empty for usage of a meter that the rules do not name
 * @param used what the invoice charges for it
 * @param price of one credit, in the currency's major unit
 * @param occurredAt just before the period's end, so that the period's own grants pay
 * @param asked how many credits the ledger is asked for
 * @param timesAsked counted from 1
 * @param taken what the ledger took, what no grant covered among it
 * @param giveBack the part no grant covered, where Stripe bills it instead
 * @param applied what Stripe takes off, in the smallest unit
 */
record InvoiceCredit(
    String invoice,
    Optional<MeterName> meter,
    Optional<SubscriptionId> subscription,
    CustomerId customer,
    Mode mode,
    Money used,
    Unit unit,
    BigDecimal price,
    Instant occurredAt,
    Credits asked,
    int timesAsked,
    Credits taken,
    Credits giveBack,
    long applied,
    State state,
    String note) {

  /** How far it has come. */
  enum State {
    /** The ledger is to be asked. */
    PLANNED,
    /** The ledger was asked. */
    ASKED,
    /** The ledger has decided: Stripe is to be told. */
    DECIDED,
    /** It stands in Stripe. */
    APPLIED,
    /** There was nothing to apply. */
    NOTHING,
    /** It came too late for its invoice: the ledger has its credits back. */
    TOO_LATE,
    /** The invoice was voided: the ledger has its credits back. */
    RETURNED,
    /** The ledger refused it. */
    REFUSED
  }

  /** What ids of the ledger's events about invoices begin with. */
  static final String DEBIT = "invoice-credit:";

  private static final String ACTOR = "stripe-sync";
  private static final int CREDIT_PLACES = 6;

  /** What usage of that worth asks of the ledger. */
  static Credits credits(Money used, BigDecimal price) {
    return Credits.parse(
        used.major()
            .divide(price, CREDIT_PLACES, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString());
  }

  /** Names it within its customer: in Stripe's metadata and in ids. */
  String name() {
    return name(invoice, meter);
  }

  static String name(String invoice, Optional<MeterName> meter) {
    return invoice
        + ":"
        + meter
            .map(name -> Hash.of(name.value().getBytes(StandardCharsets.UTF_8)).toString())
            .orElse("-");
  }

  /** The id of the event that asks the ledger. */
  EventId debitId() {
    return new EventId(DEBIT + name() + ":" + timesAsked);
  }

  /** The event that asks the ledger: the same each time. */
  LedgerEvent debit() {
    return new LedgerEvent.Usage(
        debitId(),
        customer,
        new Dimensions(meter, subscription),
        new Charge.Rated(asked, Optional.of(unit)),
        Map.of(),
        Optional.of(occurredAt),
        said("credits for " + used + " of usage on invoice " + invoice));
  }

  /** The event by which the ledger gets some of it back. */
  LedgerEvent giveBack(Credits amount, String why) {
    return new LedgerEvent.Reverse(
        new EventId("invoice-credit-back:" + name() + ":" + timesAsked + ":" + why),
        customer,
        debitId(),
        Optional.of(amount),
        Optional.empty(),
        said("invoice " + invoice + ": " + why));
  }

  private Note said(String description) {
    return new Note(
        Optional.of(description), Optional.of(ACTOR), Map.of(Metadata.INVOICE, invoice));
  }

  /** The same after the ledger took that much, of which grants covered a part. */
  InvoiceCredit decided(Credits took, Credits uncovered) {
    long covered =
        uncovered.isZero() && took.equals(credits(used, price))
            ? used.minor()
            : Money.of(worth(took.minus(uncovered)), used.currency(), RoundingMode.DOWN).minor();
    Credits back = mode == Mode.BILL_CUSTOMER ? uncovered : Credits.ZERO;
    return new InvoiceCredit(
        invoice,
        meter,
        subscription,
        customer,
        mode,
        used,
        unit,
        price,
        occurredAt,
        asked,
        timesAsked,
        took,
        back,
        InvoiceCredits.of(mode, covered, used.minor()).applied(),
        State.DECIDED,
        "");
  }

  private BigDecimal worth(Credits credits) {
    return BigDecimal.valueOf(credits.micros(), CREDIT_PLACES).multiply(price);
  }

  /** The same, to be asked for once more, for less. */
  InvoiceCredit askedAgain(Credits less) {
    return new InvoiceCredit(
        invoice,
        meter,
        subscription,
        customer,
        mode,
        used,
        unit,
        price,
        occurredAt,
        less,
        timesAsked + 1,
        Credits.ZERO,
        Credits.ZERO,
        0,
        State.PLANNED,
        "");
  }

  /** The same in another state. */
  InvoiceCredit in(State other, String why) {
    return new InvoiceCredit(
        invoice,
        meter,
        subscription,
        customer,
        mode,
        used,
        unit,
        price,
        occurredAt,
        asked,
        timesAsked,
        taken,
        giveBack,
        applied,
        other,
        why);
  }

  @Override
  public String toString() {
    return meter.map(MeterName::value).orElse("usage")
        + ": "
        + new Money(applied, used.currency())
        + " of "
        + used
        + (note.isEmpty() ? "" : ", " + note);
  }
}
