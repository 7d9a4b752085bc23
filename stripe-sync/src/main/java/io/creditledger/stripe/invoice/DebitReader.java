package io.creditledger.stripe.invoice;

import io.creditledger.core.account.Reason;
import io.creditledger.core.account.Shortage;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.EventId;
import io.creditledger.core.money.Credits;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.core.wire.OutcomeJson.Kind;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.invoice.InvoiceCredit.State;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.mirror.AvailableCredits;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Learns what the ledger decided about the credits that invoices asked for. */
public final class DebitReader implements JournalSink.Reader {

  /** Refusals for want of credits: less may be had. */
  private static final Set<String> SHORT =
      Set.of(
          Reason.INSUFFICIENT_CREDITS.name(),
          Reason.OVERAGE_LIMIT_EXCEEDED.name(),
          Reason.OVERDRAFT_LIMIT_EXCEEDED.name());

  private final Clock clock;

  /** A reader that has asked again, for what is available, where more than that was refused. */
  public DebitReader(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void entries(Handle transaction, List<LedgerEntry> entries) {
    for (LedgerEntry entry : entries) {
      if (entry.change() instanceof Change.Used used && isDebit(entry.header().id())) {
        CreditTable.asking(transaction, entry.header().id())
            .filter(credit -> credit.customer().equals(entry.header().customer()))
            .ifPresent(
                credit ->
                    learned(
                        transaction, credit.decided(used.credits(), used.shortfall().amount())));
      }
    }
  }

  private static boolean isDebit(EventId id) {
    return id.value().startsWith(InvoiceCredit.DEBIT);
  }

  @Override
  public void outcomes(Handle transaction, List<OutcomeJson.Parsed> outcomes) {
    for (OutcomeJson.Parsed outcome : outcomes) {
      if (outcome.kind() == Kind.REJECTION
          && outcome.id().filter(DebitReader::isDebit).isPresent()) {
        CreditTable.asking(transaction, outcome.id().get())
            .filter(credit -> outcome.customer().equals(Optional.of(credit.customer())))
            .ifPresent(credit -> learned(transaction, refused(transaction, credit, outcome)));
      }
    }
  }

  private InvoiceCredit refused(
      Handle transaction, InvoiceCredit credit, OutcomeJson.Parsed outcome) {
    String code = outcome.code().orElse("");
    String why = code + " " + outcome.detail().orElse("");
    if (credit.mode() != Mode.BILL_CUSTOMER || !SHORT.contains(code)) {
      return credit.in(State.REFUSED, "the ledger refused it: " + why);
    }
    Credits less =
        outcome
            .detail()
            .flatMap(Shortage::of)
            .map(Shortage::available)
            .orElseGet(
                () ->
                    AvailableCredits.of(
                        transaction,
                        credit.customer(),
                        credit.unit(),
                        new Dimensions(credit.meter(), credit.subscription()),
                        credit.occurredAt()));
    if (!less.isPositive() || less.compareTo(credit.asked()) >= 0) {
      return credit.in(State.NOTHING, "nothing was available: " + why);
    }
    return credit.askedAgain(less);
  }

  private void learned(Handle transaction, InvoiceCredit credit) {
    CreditTable.put(transaction, credit);
    Instant now = clock.instant();
    Effects.ask(
        transaction, InvoiceCreditsEffect.KIND, credit.customer(), credit.invoice(), now, now);
  }
}
