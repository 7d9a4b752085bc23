package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.payment.Payments;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /v1/subscriptions}. */
public final class Subscriptions {

  public static final String TABLE = "subscription";
  private static final String URL = "/v1/subscriptions";
  private static final String ITEM =
      "price string price_data {" + Prices.dataShape() + "} quantity int(0..999999) metadata map?";
  private static final String FIELDS =
      "cancel_at_period_end bool collection_method enum(charge_automatically|send_invoice)"
          + " days_until_due int(0..3650) default_payment_method string? description string(500)?"
          + " metadata map? off_session bool payment_behavior"
          + " enum(allow_incomplete|default_incomplete|error_if_incomplete|pending_if_incomplete)"
          + " proration_behavior enum(always_invoice|create_prorations|none) add_invoice_items"
          + " [{price string price_data {"
          + Prices.dataShape()
          + "} quantity int(0..999999)}] ~automatic_tax ~billing_thresholds ~default_source"
          + " ~default_tax_rates ~discounts ~invoice_settings ~payment_settings"
          + " ~pending_invoice_item_interval ~trial_settings ~application_fee_percent ~on_behalf_of"
          + " ~transfer_data";

  private final World world;
  private final EventLog log;
  private final Customers customers;
  private final SubscriptionItems items;
  private final SubscriptionBilling billing;
  private final InvoiceItems invoiceItems;
  private final InvoiceCollection collection;
  private final Payments payments;

  public Subscriptions(
      World world,
      EventLog log,
      Customers customers,
      Prices prices,
      SubscriptionBilling billing,
      InvoiceItems invoiceItems,
      InvoiceCollection collection,
      Payments payments) {
    this.world = world;
    this.log = log;
    this.customers = customers;
    this.items = new SubscriptionItems(world, prices);
    this.billing = billing;
    this.invoiceItems = invoiceItems;
    this.collection = collection;
    this.payments = payments;
    customers.onDelete(
        customer ->
            world
                .table(TABLE)
                .where("customer", customer)
                .filter(Subscriptions::isLive)
                .forEach(subscription -> billing.end(subscription, "cancellation_requested")));
  }

  public void addTo(Routes routes) {
    routes.add(
        "POST " + URL,
        FIELDS
            + " customer* string items* [{"
            + ITEM
            + "}] billing_cycle_anchor time cancel_at time"
            + " currency currency trial_end any trial_period_days int(0..730) ~trial_from_plan"
            + " ~billing_mode ~backdate_start_date",
        call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> subscriptions().get(call.id()));
    routes.add(
        "GET " + URL,
        "customer string price string status"
            + " enum(active|all|canceled|ended|incomplete|incomplete_expired|past_due|paused|trialing|unpaid)"
            + " limit int starting_after string ending_before string test_clock string",
        call -> list(call.params()));
    routes.add(
        "POST " + URL + "/{id}",
        FIELDS
            + " items [{id string deleted bool "
            + ITEM
            + " ~clear_usage}] cancel_at any billing_cycle_anchor enum(now|unchanged)"
            + " proration_date time pause_collection {behavior*"
            + " enum(keep_as_draft|mark_uncollectible|void) resumes_at time} ? trial_end any"
            + " cancellation_details {comment string? feedback string?}",
        call -> update(call.id(), call.params()));
    routes.add(
        "DELETE " + URL + "/{id}",
        "invoice_now bool prorate bool cancellation_details {comment string? feedback string?}",
        call -> cancel(call.id(), call.params()));
    routes.add(
        "POST " + URL + "/{id}/resume",
        "billing_cycle_anchor enum(now|unchanged) proration_behavior string",
        call -> resume(call.id()));
  }

  private Table subscriptions() {
    return world.table(TABLE);
  }

  /** Whether it can still be changed. */
  static boolean isLive(ObjectNode subscription) {
    return !List.of("canceled", "incomplete_expired").contains(Json.string(subscription, "status"));
  }

  /** Makes a subscription and its first invoice, and has that paid. */
  public ObjectNode create(ObjectNode params) {
    ObjectNode customer = customers.require(Json.string(params, "customer"));
    String behavior = Json.text(params, "payment_behavior").orElse("allow_incomplete");
    if (behavior.equals("error_if_incomplete")
        && payments.wouldDecline(
            Json.string(customer, "id"), Json.text(params, "default_payment_method"))) {
      throw ApiError.of(402, "card_error", "Your card was declined.").code("card_declined");
    }
    long now = world.now(customer);
    ObjectNode subscription = blank(params, customer, now);
    Json.objects(params, "items").forEach(item -> items.add(subscription, item, now));
    if (SubscriptionItems.of(subscription).isEmpty()) {
      throw ApiError.missingParameter("items");
    }
    subscription.put("currency", SubscriptionItems.currency(subscription));
    Optional<Long> trial = trialEnd(params, now);
    long end =
        trial.orElseGet(
            () ->
                Periods.endAfter(
                    Json.number(subscription, "billing_cycle_anchor"),
                    SubscriptionItems.recurring(subscription),
                    now));
    SubscriptionItems.setPeriod(subscription, now, end);
    boolean sent = Json.string(subscription, "collection_method").equals("send_invoice");
    subscription.put("status", trial.isPresent() ? "trialing" : sent ? "active" : "incomplete");
    trial.ifPresent(time -> subscription.put("trial_start", now).put("trial_end", time));
    List<ObjectNode> extras = extras(params, customer);
    subscriptions().put(subscription);
    log.emit("customer.subscription.created", subscription);
    ObjectNode invoice = billing.first(subscription, extras);
    if (Json.number(invoice, "amount_due") == 0 || !behavior.equals("default_incomplete")) {
      collection.collect(invoice);
    } else {
      collection.intent(invoice);
    }
    return subscription;
  }

  private List<ObjectNode> extras(ObjectNode params, ObjectNode customer) {
    List<ObjectNode> extras = new ArrayList<>();
    for (ObjectNode each : Json.objects(params, "add_invoice_items")) {
      ObjectNode item = Json.object().put("quantity", Json.whole(each, "quantity").orElse(1L));
      item.putObject("pricing").put("price", Json.string(items.price(each), "id"));
      extras.add(invoiceItems.make(customer, item));
    }
    return extras;
  }

  private static Optional<Long> trialEnd(ObjectNode params, long now) {
    Optional<Long> byDays =
        Json.whole(params, "trial_period_days")
            .map(days -> now + Duration.ofDays(days).toSeconds());
    try {
      return Json.text(params, "trial_end")
          .filter(text -> !text.equals("now"))
          .map(Long::parseLong)
          .or(() -> byDays)
          .filter(end -> end > now);
    } catch (NumberFormatException e) {
      throw ApiError.invalidParameter("trial_end", "Invalid timestamp");
    }
  }

  private ObjectNode blank(ObjectNode params, ObjectNode customer, long now) {
    ObjectNode subscription =
        Json.object()
            .put("id", world.mint("sub"))
            .put("object", TABLE)
            .putNull("application")
            .put("billing_cycle_anchor", Json.whole(params, "billing_cycle_anchor").orElse(now))
            .put("cancel_at", Json.whole(params, "cancel_at").orElse(null))
            .put("cancel_at_period_end", Json.flag(params, "cancel_at_period_end"))
            .putNull("canceled_at");
    subscription.putObject("automatic_tax").put("enabled", false);
    subscription.putObject("billing_mode").put("type", "flexible");
    subscription
        .putObject("cancellation_details")
        .putNull("comment")
        .putNull("feedback")
        .putNull("reason");
    subscription
        .put("collection_method", "charge_automatically")
        .put("created", now)
        .putNull("currency")
        .put("customer", Json.string(customer, "id"))
        .putNull("customer_account")
        .putNull("days_until_due")
        .putNull("default_payment_method")
        .putNull("description");
    subscription.putArray("default_tax_rates");
    subscription.putArray("discounts");
    subscription.putNull("ended_at");
    ObjectNode list = subscription.putObject("items").put("object", "list");
    list.putArray("data");
    list.put("has_more", false)
        .put("url", "/v1/subscription_items?subscription=" + Json.string(subscription, "id"));
    subscription.putNull("latest_invoice").put("livemode", false).putObject("metadata");
    subscription.putNull("pause_collection").putObject("payment_settings");
    subscription
        .put("start_date", now)
        .put("status", "incomplete")
        .put("test_clock", Json.text(customer, "test_clock").orElse(null))
        .putNull("trial_end")
        .putNull("trial_start");
    set(params, subscription);
    return subscription;
  }

  private static void set(ObjectNode params, ObjectNode subscription) {
    Json.copy(
        params,
        subscription,
        "collection_method",
        "days_until_due",
        "default_payment_method",
        "description",
        "cancel_at_period_end",
        "pause_collection");
    Json.copy(
        Json.child(params, "cancellation_details"),
        Json.child(subscription, "cancellation_details"),
        "comment",
        "feedback");
    Json.mergeMetadata(params, subscription);
  }

  private ObjectNode list(ObjectNode params) {
    String status = Json.text(params, "status").orElse("");
    return subscriptions()
        .page(
            params,
            URL,
            row ->
                Prices.same(params, row, "customer")
                    && Prices.same(params, row, "test_clock")
                    && (status.equals("all")
                        || (status.isEmpty() && isLive(row))
                        || (status.equals("ended") && !isLive(row))
                        || status.equals(Json.string(row, "status")))
                    && Json.text(params, "price")
                        .map(
                            price ->
                                SubscriptionItems.of(row).stream()
                                    .anyMatch(
                                        item ->
                                            item.path("price").path("id").asText().equals(price)))
                        .orElse(true));
  }

  private ObjectNode live(String id) {
    ObjectNode subscription = subscriptions().get(id);
    if (!isLive(subscription)) {
      throw ApiError.noSuch("subscription", id, "id");
    }
    return subscription;
  }

  private ObjectNode update(String id, ObjectNode params) {
    ObjectNode subscription = live(id);
    ObjectNode before = subscription.deepCopy();
    long now = world.now(Json.string(subscription, "customer"));
    set(params, subscription);
    cancelAt(params, subscription, now);
    List<ObjectNode> changes = Json.objects(params, "items");
    if (!changes.isEmpty()) {
      items.update(subscription, changes, now);
    }
    String proration = Json.text(params, "proration_behavior").orElse("create_prorations");
    boolean restart =
        params.path("billing_cycle_anchor").asText().equals("now")
            || !SubscriptionItems.recurring(before)
                .path("interval")
                .equals(SubscriptionItems.recurring(subscription).path("interval"));
    boolean priced =
        !prices(before).equals(prices(subscription))
            && !Json.string(subscription, "status").equals("trialing");
    if ((priced || restart) && !proration.equals("none")) {
      SubscriptionItems.of(before).forEach(item -> billing.prorate(subscription, item, -1, now));
      if (!restart) {
        SubscriptionItems.of(subscription)
            .forEach(item -> billing.prorate(subscription, item, 1, now));
      }
    }
    if (restart) {
      billing.restart(subscription, now);
    } else if (priced && proration.equals("always_invoice")) {
      billing.billChange(subscription, now);
    }
    if (params.path("trial_end").asText().equals("now")
        && Json.string(subscription, "status").equals("trialing")) {
      subscription.put("trial_end", now).put("status", "active");
      billing.restart(subscription, now);
    }
    ObjectNode changed = Changes.between(before, subscription);
    if (!changed.isEmpty()) {
      log.emit("customer.subscription.updated", subscription, changed);
    }
    return subscription;
  }

  private static void cancelAt(ObjectNode params, ObjectNode subscription, long now) {
    if (params.has("cancel_at")) {
      String text = params.path("cancel_at").asText();
      if (text.isEmpty()) {
        subscription.putNull("cancel_at").putNull("canceled_at");
      } else {
        subscription.put("cancel_at", Long.parseLong(text)).put("canceled_at", now);
      }
    }
    if (Json.has(params, "cancel_at_period_end")) {
      if (Json.flag(params, "cancel_at_period_end")) {
        subscription.put("cancel_at", SubscriptionItems.periodEnd(subscription));
        subscription.put("canceled_at", now);
      } else {
        subscription.putNull("cancel_at").putNull("canceled_at");
      }
    }
  }

  private static List<String> prices(ObjectNode subscription) {
    return SubscriptionItems.of(subscription).stream()
        .map(item -> item.path("price").path("id").asText() + " " + item.path("quantity").asText())
        .toList();
  }

  private ObjectNode cancel(String id, ObjectNode params) {
    ObjectNode subscription = live(id);
    long now = world.now(Json.string(subscription, "customer"));
    set(params, subscription);
    if (Json.flag(params, "prorate")) {
      SubscriptionItems.of(subscription)
          .forEach(item -> billing.prorate(subscription, item, -1, now));
    }
    if (Json.flag(params, "invoice_now")) {
      billing.settle(subscription, now);
    }
    billing.end(subscription, "cancellation_requested");
    return subscription;
  }

  private ObjectNode resume(String id) {
    ObjectNode subscription = live(id);
    if (!Json.string(subscription, "status").equals("paused")) {
      throw ApiError.invalid("This subscription is not paused.");
    }
    billing.status(subscription, "active");
    return subscription;
  }
}
