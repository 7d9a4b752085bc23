package io.creditledger.stripe.rules;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.PlanGrant;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlText;
import io.creditledger.core.yaml.YamlValue;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Form;
import io.creditledger.stripe.rules.InvoiceCreditsRule.Mode;
import io.creditledger.stripe.rules.MeterRule.Aggregation;
import io.creditledger.stripe.rules.MeterRule.Measure;
import io.creditledger.stripe.rules.MeterRule.Send;
import io.creditledger.stripe.rules.SubscriptionRule.AtEnd;
import io.creditledger.stripe.rules.SubscriptionRule.OnChange;
import io.creditledger.stripe.rules.SubscriptionRule.OnPause;
import io.creditledger.stripe.rules.SubscriptionRule.OnRefund;
import io.creditledger.stripe.rules.UsageRule.Api;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules as people write them.
 *
 * <pre>{@code
 * meters:                        # by the ledger's meter; what is not named is not sent
 *   llm.input_tokens:
 *     event_name: llm_input_tokens      # of the Stripe meter; default: the meter's name
 *     send: overage                     # all, overage, none; default: overage
 *     in: credits                       # quantity or credits; default: credits
 *     window: PT1M                      # default: PT1M, or as long as Stripe keeps one event
 *     aggregation: sum                  # sum, last_of_hour, last_of_day; default: sum
 *     price: {amount: "0.01", currency: usd}   # of one; for the setup
 * credits: {event_name: credits, send: overage}  # usage that names no meter; default: not sent
 * usage: {api: single, grace: PT30S, late_grace: PT30S, senders: 4, calls_per_second: 1000,
 *         usage_kept: P45D, events_kept: P180D}
 *
 * plans:                         # the catalog's plans
 *   plus:
 *     products: [prod_1]
 *     prices: [price_1]
 *     price: {amount: "39", currency: usd, every: month}   # for the setup
 * add_ons:
 *   pack-750: {name: 750 credits, credits: "750", unit: credits, priority: 20, category: paid,
 *              lifetime: P1Y, products: [], prices: [], price: {amount: "50", currency: usd}}
 *
 * subscriptions: {at_end: keep, on_change: replace, on_pause: keep, on_refund: void}
 * invoice_credits: {mode: none, form: invoice_item, lead: PT15M, customers: {cus_1: zero_out},
 *                   meters: {llm.input_tokens: bill_customer}}
 * mirror: {units: [credits], outlive: PT2H}
 * customers: {unknown: wait}     # wait, or create
 * reconcile: {every: P1D, over: P35D, counting: PT1H}
 * webhooks: {catch_up: PT5M, kept: P62D}
 * }</pre>
 */
public final class RulesYaml {

  private static final Price NO_PRICE = new Price(BigDecimal.ZERO, "usd");

  private RulesYaml() {}

  /**
   * Reads rules.
   *
   * @param sourceName what messages call the text: a file's name
   * @throws io.creditledger.core.yaml.YamlException with all that is wrong, each with its line
   */
  public static StripeRules parse(String sourceName, String text) {
    return YamlText.read(sourceName, text, RulesYaml::rules);
  }

  private static Optional<StripeRules> rules(YamlFields fields) {
    Map<MeterName, MeterRule> meters =
        named(fields, "meters", MeterName::new, (name, rule) -> meter(name.value(), rule));
    Optional<MeterRule> credits = fields.field("credits").flatMap(rule -> meter("credits", rule));
    UsageRule usage = fields.field("usage").flatMap(RulesYaml::usage).orElse(UsageRule.DEFAULT);
    Map<String, PlanRule> plans = named(fields, "plans", id -> id, (id, plan) -> plan(plan));
    Map<String, AddOn> addOns = named(fields, "add_ons", id -> id, RulesYaml::addOn);
    SubscriptionRule subscriptions =
        fields
            .field("subscriptions")
            .flatMap(RulesYaml::subscriptions)
            .orElse(SubscriptionRule.DEFAULT);
    InvoiceCreditsRule invoiceCredits =
        fields
            .field("invoice_credits")
            .flatMap(RulesYaml::invoiceCredits)
            .orElse(InvoiceCreditsRule.NONE);
    MirrorRule mirror = fields.field("mirror").flatMap(RulesYaml::mirror).orElse(MirrorRule.NONE);
    CustomerRule customers =
        fields.field("customers").flatMap(RulesYaml::customers).orElse(CustomerRule.DEFAULT);
    ReconcileRule reconcile =
        fields.field("reconcile").flatMap(RulesYaml::reconcile).orElse(ReconcileRule.DEFAULT);
    WebhookRule webhooks =
        fields.field("webhooks").flatMap(RulesYaml::webhooks).orElse(WebhookRule.DEFAULT);
    return fields.build(
        () ->
            new StripeRules(
                meters,
                credits,
                usage,
                plans,
                addOns,
                subscriptions,
                invoiceCredits,
                mirror,
                customers,
                reconcile,
                webhooks));
  }

  private static Optional<MeterRule> meter(String name, YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              String eventName = fields.text("event_name").orElse(name);
              Send send = fields.as("send", oneOf(Send.values())).orElse(Send.OVERAGE);
              Measure measure = fields.as("in", oneOf(Measure.values())).orElse(Measure.CREDITS);
              Aggregation aggregation =
                  fields.as("aggregation", oneOf(Aggregation.values())).orElse(Aggregation.SUM);
              var window =
                  fields
                      .as("window", YamlScalars::duration)
                      .or(() -> MeterRule.keptBy(aggregation))
                      .orElse(MeterRule.WINDOW_DEFAULT);
              Optional<Price> price = fields.field("price").flatMap(RulesYaml::price);
              return fields.build(
                  () -> new MeterRule(eventName, send, measure, window, aggregation, price));
            });
  }

  private static Optional<UsageRule> usage(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              UsageRule usual = UsageRule.DEFAULT;
              Api api = fields.as("api", oneOf(Api.values())).orElse(usual.api());
              Duration grace = duration(fields, "grace", usual.grace());
              Duration lateGrace = duration(fields, "late_grace", usual.lateGrace());
              int senders = fields.as("senders", YamlScalars::wholeNumber).orElse(usual.senders());
              OptionalInt callsPerSecond =
                  fields
                      .as("calls_per_second", YamlScalars::wholeNumber)
                      .map(OptionalInt::of)
                      .orElse(usual.callsPerSecond());
              Duration usageKept = duration(fields, "usage_kept", usual.usageKept());
              Duration eventsKept = duration(fields, "events_kept", usual.eventsKept());
              return fields.build(
                  () ->
                      new UsageRule(
                          api, grace, lateGrace, senders, callsPerSecond, usageKept, eventsKept));
            });
  }

  private static Duration duration(YamlFields fields, String name, Duration usual) {
    return fields.as(name, YamlScalars::duration).orElse(usual);
  }

  private static Optional<PlanRule> plan(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              Set<String> products = texts(fields, "products");
              Set<String> prices = texts(fields, "prices");
              Optional<RecurringPrice> price =
                  fields.field("price").flatMap(RulesYaml::recurringPrice);
              return fields.build(() -> new PlanRule(products, prices, price));
            });
  }

  private static Optional<AddOn> addOn(String id, YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              String name = fields.text("name").orElse(id);
              Credits credits = fields.requiredAs("credits", Credits::parse, Credits.ZERO);
              Optional<Unit> unit = fields.as("unit", Unit::new);
              int priority =
                  fields
                      .as("priority", YamlScalars::wholeNumber)
                      .orElse(PlanGrant.PRIORITY_DEFAULT);
              Category category =
                  fields.as("category", oneOf(Category.values())).orElse(Category.PAID);
              Optional<IsoPeriod> lifetime = fields.as("lifetime", IsoPeriod::parse);
              Set<String> products = texts(fields, "products");
              Set<String> prices = texts(fields, "prices");
              Optional<Price> price = fields.field("price").flatMap(RulesYaml::price);
              return fields.build(
                  () ->
                      new AddOn(
                          name, credits, unit, priority, category, lifetime, products, prices,
                          price));
            });
  }

  private static Optional<Price> price(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              Price price = money(fields);
              return fields.build(() -> price);
            });
  }

  private static Optional<RecurringPrice> recurringPrice(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              Price price = money(fields);
              RecurringPrice.Every every =
                  fields
                      .as("every", oneOf(RecurringPrice.Every.values()))
                      .orElse(RecurringPrice.Every.MONTH);
              return fields.build(() -> new RecurringPrice(price, every));
            });
  }

  private static Price money(YamlFields fields) {
    BigDecimal amount = fields.requiredAs("amount", YamlScalars::decimal, BigDecimal.ZERO);
    String currency = fields.requiredAs("currency", text -> text, NO_PRICE.currency());
    return fields.make(() -> new Price(amount, currency)).orElse(NO_PRICE);
  }

  private static Optional<SubscriptionRule> subscriptions(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              SubscriptionRule usual = SubscriptionRule.DEFAULT;
              AtEnd atEnd = fields.as("at_end", oneOf(AtEnd.values())).orElse(usual.atEnd());
              OnChange onChange =
                  fields.as("on_change", oneOf(OnChange.values())).orElse(usual.onChange());
              OnPause onPause =
                  fields.as("on_pause", oneOf(OnPause.values())).orElse(usual.onPause());
              OnRefund onRefund =
                  fields.as("on_refund", oneOf(OnRefund.values())).orElse(usual.onRefund());
              return fields.build(() -> new SubscriptionRule(atEnd, onChange, onPause, onRefund));
            });
  }

  private static Optional<InvoiceCreditsRule> invoiceCredits(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              Function<String, Mode> readMode = oneOf(Mode.values());
              Mode mode = fields.as("mode", readMode).orElse(Mode.NONE);
              Form form = fields.as("form", oneOf(Form.values())).orElse(Form.INVOICE_ITEM);
              Map<CustomerId, Mode> customers =
                  named(fields, "customers", CustomerId::new, (id, text) -> text.as(readMode));
              Map<MeterName, Mode> meters =
                  named(fields, "meters", MeterName::new, (id, text) -> text.as(readMode));
              Duration lead =
                  fields.as("lead", YamlScalars::duration).orElse(InvoiceCreditsRule.LEAD_DEFAULT);
              return fields.build(
                  () -> new InvoiceCreditsRule(mode, customers, meters, form, lead));
            });
  }

  private static Optional<MirrorRule> mirror(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              Set<Unit> units = new HashSet<>();
              fields
                  .required("units")
                  .ifPresent(
                      list ->
                          list.items().forEach(item -> item.as(Unit::new).ifPresent(units::add)));
              Duration outlive =
                  fields.as("outlive", YamlScalars::duration).orElse(MirrorRule.OUTLIVE_DEFAULT);
              return fields.build(() -> new MirrorRule(units, outlive));
            });
  }

  private static Optional<CustomerRule> customers(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              CustomerRule.Unknown unknown =
                  fields
                      .as("unknown", oneOf(CustomerRule.Unknown.values()))
                      .orElse(CustomerRule.DEFAULT.unknown());
              return fields.build(() -> new CustomerRule(unknown));
            });
  }

  private static Optional<ReconcileRule> reconcile(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              ReconcileRule usual = ReconcileRule.DEFAULT;
              Duration every = duration(fields, "every", usual.every());
              Duration over = duration(fields, "over", usual.over());
              Duration counting = duration(fields, "counting", usual.counting());
              return fields.build(() -> new ReconcileRule(every, over, counting));
            });
  }

  private static Optional<WebhookRule> webhooks(YamlValue value) {
    return value
        .fields()
        .flatMap(
            fields -> {
              WebhookRule usual = WebhookRule.DEFAULT;
              Duration catchUp = duration(fields, "catch_up", usual.catchUp());
              Duration kept = duration(fields, "kept", usual.kept());
              return fields.build(() -> new WebhookRule(catchUp, kept));
            });
  }

  private interface Reader<K, V> {
    Optional<V> read(K key, YamlValue value);
  }

  private static <K, V> Map<K, V> named(
      YamlFields fields, String field, Function<String, K> parse, Reader<K, V> reader) {
    Map<K, V> read = new LinkedHashMap<>();
    fields
        .field(field)
        .ifPresent(
            value ->
                value
                    .entries()
                    .values()
                    .forEach(
                        entry ->
                            entry
                                .key()
                                .as(parse)
                                .ifPresent(
                                    key ->
                                        reader
                                            .read(key, entry.value())
                                            .ifPresent(rule -> read.put(key, rule)))));
    return read;
  }

  private static Set<String> texts(YamlFields fields, String field) {
    Set<String> texts = new HashSet<>();
    fields
        .field(field)
        .ifPresent(list -> list.items().forEach(item -> item.text().ifPresent(texts::add)));
    return texts;
  }

  private static <E extends Enum<E>> Function<String, E> oneOf(E[] values) {
    return YamlScalars.oneOf(
        text ->
            Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst(),
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList());
  }
}
