package io.creditledger.stripe.invoice;

import com.stripe.model.InvoiceLineItem;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.price.MeterPrices;
import io.creditledger.stripe.rules.StripeRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up what an invoice's lines charge for each meter's usage. */
final class MeteredLines {

  private final MeterPrices prices;
  private final StripeRules rules;

  MeteredLines(MeterPrices prices, StripeRules rules) {
    this.prices = prices;
    this.rules = rules;
  }

  /** One for each of the ledger's meters that was used, and one for all other meters. */
  Attempt<List<MeteredUsage>> usage(List<InvoiceLineItem> lines) throws InterruptedException {
    Map<Optional<MeterName>, MeteredUsage> sums = new LinkedHashMap<>();
    for (InvoiceLineItem line : lines) {
      Optional<String> price = price(line);
      if (price.isPresent()) {
        Attempt<Optional<String>> eventName = prices.eventName(price.get());
        if (!(eventName instanceof Done<Optional<String>> known)) {
          return eventName.map(none -> List.of());
        }
        known.value().ifPresent(name -> add(sums, line, meter(name)));
      }
    }
    return new Done<>(List.copyOf(sums.values()));
  }

  /** The price of a subscription's line; lines of invoice items are nobody's usage. */
  private static Optional<String> price(InvoiceLineItem line) {
    return Optional.ofNullable(line.getParent())
        .filter(parent -> parent.getSubscriptionItemDetails() != null)
        .flatMap(parent -> Optional.ofNullable(line.getPricing()))
        .flatMap(pricing -> Optional.ofNullable(pricing.getPriceDetails()))
        .flatMap(details -> Optional.ofNullable(details.getPrice()));
  }

  private Optional<MeterName> meter(String eventName) {
    return rules.meters().entrySet().stream()
        .filter(rule -> rule.getValue().eventName().equals(eventName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static void add(
      Map<Optional<MeterName>, MeteredUsage> sums,
      InvoiceLineItem line,
      Optional<MeterName> meter) {
    Optional<SubscriptionId> subscription =
        Optional.ofNullable(line.getParent().getSubscriptionItemDetails().getSubscription())
            .map(SubscriptionId::new);
    long amount = line.getAmount() - discounts(line);
    sums.merge(
        meter,
        new MeteredUsage(meter, subscription, new Money(amount, line.getCurrency())),
        (one, other) ->
            new MeteredUsage(
                meter,
                subscription,
                new Money(
                    Math.addExact(one.amount().minor(), other.amount().minor()),
                    line.getCurrency())));
  }

  private static long discounts(InvoiceLineItem line) {
    return Optional.ofNullable(line.getDiscountAmounts()).orElse(List.of()).stream()
        .mapToLong(InvoiceLineItem.DiscountAmount::getAmount)
        .sum();
  }
}
