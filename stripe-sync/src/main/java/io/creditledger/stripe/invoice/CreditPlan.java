package io.creditledger.stripe.invoice;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Meter;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.invoice.InvoiceCredit.State;
import io.creditledger.stripe.rules.InvoiceCreditsRule;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the ledger is to be asked for an invoice's usage. Pure. */
record CreditPlan(InvoiceCreditsRule rule, Catalog catalog) {

  /** The credits for each meter's usage that credits may pay for. */
  List<InvoiceCredit> of(InvoiceDraft draft, List<MeteredUsage> usage, Instant now) {
    Instant lastMoment = draft.periodEnd().minusMillis(1);
    Instant occurredAt = lastMoment.isAfter(now) ? now : lastMoment;
    return usage.stream()
        .filter(used -> used.amount().minor() > 0)
        .filter(used -> rule.mode(draft.customer(), used.meter()) != Mode.NONE)
        .map(used -> credit(draft, used, occurredAt))
        .toList();
  }

  private InvoiceCredit credit(InvoiceDraft draft, MeteredUsage used, Instant occurredAt) {
    Unit unit = used.meter().flatMap(catalog::meter).map(Meter::unit).orElse(catalog.defaultUnit());
    Optional<Price> price = Optional.ofNullable(catalog.units().get(unit)).flatMap(UnitInfo::price);
    String wrong = wrong(unit, price, used);
    return new InvoiceCredit(
        draft.invoice(),
        used.meter(),
        used.subscription(),
        draft.customer(),
        rule.mode(draft.customer(), used.meter()),
        used.amount(),
        unit,
        price.map(Price::amount).orElse(BigDecimal.ZERO),
        occurredAt,
        wrong.isEmpty()
            ? InvoiceCredit.credits(used.amount(), price.orElseThrow().amount())
            : Credits.ZERO,
        1,
        Credits.ZERO,
        Credits.ZERO,
        0,
        wrong.isEmpty() ? State.PLANNED : State.REFUSED,
        wrong);
  }

  /** Why usage cannot be counted in credits; empty if it can. */
  private static String wrong(Unit unit, Optional<Price> price, MeteredUsage used) {
    if (price.isEmpty() || price.get().amount().signum() == 0) {
      return "the catalog has no price for " + unit + ", so its credits pay for nothing";
    }
    if (!price.get().currency().equals(used.amount().currency())) {
      return "the catalog prices "
          + unit
          + " in "
          + price.get().currency()
          + ", and the invoice is in "
          + used.amount().currency();
    }
    return "";
  }
}
