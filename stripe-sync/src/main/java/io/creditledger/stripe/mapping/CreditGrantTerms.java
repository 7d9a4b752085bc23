package io.creditledger.stripe.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Activation;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.rules.Metadata;
import io.creditledger.stripe.rules.StripeRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a credit grant of Stripe's is in the ledger: money is credits, by the unit's price. */
final class CreditGrantTerms {

  private static final int MICRO_PLACES = 6;

  private final StripeRules rules;
  private final StripeReads reads;

  CreditGrantTerms(StripeRules rules, StripeReads reads) {
    this.rules = rules;
    this.reads = reads;
  }

  /**
   * The grant.
   *
   * @throws CannotException if the ledger has no such grant: without a price, in another currency,
   *     for prices of nothing that it meters
   */
  LedgerEvent.IssueGrant grant(EventId id, CustomerId customer, JsonNode grant, Catalog catalog)
      throws InterruptedException {
    Unit unit =
        Optional.ofNullable(StripeJson.metadata(grant).get(Metadata.UNIT))
            .map(Unit::new)
            .orElse(catalog.defaultUnit());
    Money money = money(grant);
    Category category =
        StripeJson.text(grant, "category").filter("promotional"::equals).isPresent()
            ? Category.PROMOTIONAL
            : Category.PAID;
    return new LedgerEvent.IssueGrant(
        id,
        customer,
        credits(money, unit, catalog),
        Optional.of(unit),
        category,
        StripeJson.whole(grant, "priority").map(Long::intValue).orElse(GrantTerms.PRIORITY_DEFAULT),
        StripeJson.time(grant, "effective_at"),
        StripeJson.time(grant, "expires_at"),
        new Scope(meters(grant), List.of()),
        Activation.AT_ONCE,
        Optional.empty(),
        new GrantDetails(
            StripeJson.text(grant, "name"),
            category == Category.PAID
                ? Optional.of(new CostBasis(new Quantity(money.major()), money.currency()))
                : Optional.empty(),
            Map.of(Metadata.STRIPE_CREDIT_GRANT, grant.path("id").asText())),
        Optional.empty(),
        Optional.empty(),
        Note.NONE);
  }

  private static Money money(JsonNode grant) {
    JsonNode monetary = grant.path("amount").path("monetary");
    return new Money(
        StripeJson.whole(monetary, "value")
            .filter(value -> value > 0)
            .orElseThrow(() -> new CannotException("its amount is no money")),
        StripeJson.text(monetary, "currency")
            .orElseThrow(() -> new CannotException("its amount names no currency")));
  }

  private static Credits credits(Money money, Unit unit, Catalog catalog) {
    Price price =
        Optional.ofNullable(catalog.units().get(unit))
            .flatMap(UnitInfo::price)
            .filter(one -> one.amount().signum() > 0)
            .orElseThrow(
                () ->
                    new CannotException(
                        "the catalog has no price for " + unit + ", by which money is credits"));
    if (!price.currency().equals(money.currency())) {
      throw new CannotException(
          "it is in " + money.currency() + ", and " + unit + " costs " + price.currency());
    }
    BigDecimal credits = money.major().divide(price.amount(), MICRO_PLACES, RoundingMode.DOWN);
    try {
      return Credits.ofMicros(credits.movePointRight(MICRO_PLACES).longValueExact());
    } catch (ArithmeticException tooMany) {
      throw new CannotException(money + " is more " + unit + " than can be counted");
    }
  }

  /** The meters whose prices it is limited to; none where it is for all metered prices. */
  private List<MeterName> meters(JsonNode grant) throws InterruptedException {
    Set<MeterName> meters = new HashSet<>();
    List<JsonNode> prices =
        StripeJson.items(grant.path("applicability_config").path("scope").path("prices"));
    for (JsonNode price : prices) {
      String id = price.path("id").asText();
      Set<MeterName> charged = charged(id);
      if (charged.isEmpty()) {
        throw new CannotException(
            "it is limited to " + id + ", which charges no meter that stripe.yaml names");
      }
      meters.addAll(charged);
    }
    return meters.stream().sorted(Comparator.comparing(MeterName::value)).toList();
  }

  private Set<MeterName> charged(String price) throws InterruptedException {
    Optional<String> meter =
        reads
            .find("/v1/prices/" + StripeReads.escaped(price))
            .flatMap(there -> StripeJson.text(there.path("recurring"), "meter"));
    if (meter.isEmpty()) {
      return Set.of();
    }
    String eventName =
        reads
            .find("/v1/billing/meters/" + StripeReads.escaped(meter.get()))
            .flatMap(there -> StripeJson.text(there, "event_name"))
            .orElse("");
    Set<MeterName> named = new HashSet<>();
    rules
        .meters()
        .forEach(
            (name, rule) -> {
              if (rule.eventName().equals(eventName)) {
                named.add(name);
              }
            });
    return named;
  }
}
