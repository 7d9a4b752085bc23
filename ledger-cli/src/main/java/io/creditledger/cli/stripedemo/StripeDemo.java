package io.creditledger.cli.stripedemo;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.embedded.PlayTime;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.streams.LedgerConfig;
import io.creditledger.stripe.StripeSync;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.simulator.SimulatorSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A month of one customer: she subscribes and pays, buys more, burns all of it and some beyond; the
 * month turns, what was beyond is billed, the plan's credits come again. At the end each number is
 * asked of everyone who knows it.
 */
public final class StripeDemo {

  /** Whose month it is. */
  public static final String CUSTOMER = "ann";

  private static final String PLAN = "credit_ledger_plan_plus_price";
  private static final String PACK = "credit_ledger_add_on_pack-750_price";
  private static final String OVERAGE = "credit_ledger_meter_agent_overage_price";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration DRAFT = Duration.ofMinutes(65);

  private final StoryClock clock = new StoryClock(Clock.systemUTC());
  private final Checks checks = new Checks();
  private final PrintWriter out;
  private LedgerClient ledger;
  private LedgerClient sync;
  private Shop shop;
  private int events;

  private StripeDemo(PrintWriter out) {
    this.out = out;
  }

  /** Plays the story in an empty directory, and returns whether every number agrees. */
  public static boolean run(Path directory, PrintWriter out) throws InterruptedException {
    StripeDemo demo = new StripeDemo(out);
    demo.say("Starting Kafka, PostgreSQL, the ledger, stripe-sync and a simulator of Stripe …");
    try (DevStack stack = DevStack.start(demo.settings(directory))) {
      PlayTime.allow(stack.bootstrapServers());
      stack.awaitReady(LIMIT);
      StripeSync started = stack.stripe().sync().join();
      try (LedgerClient ledger = new LedgerClient(stack.address(), Optional.empty());
          LedgerClient sync = new LedgerClient(started.adminAddress(), Optional.empty())) {
        demo.ledger = ledger;
        demo.sync = sync;
        return demo.play(stack.stripe().simulator().orElseThrow());
      }
    } catch (StripeException refused) {
      throw CommandFailedException.failed("error: Stripe refused: " + refused.getMessage());
    }
  }

  private StackSettings settings(Path directory) {
    return new StackSettings(
        directory,
        new StackSettings.Kafka.Embedded(0, 0),
        new StackSettings.Postgres.Embedded(),
        new StackSettings.Stripe.Simulated(
            new StackSettings.Sync(
                RulesYaml.parse("stripe.yaml", resource("/stripe-demo/stripe.yaml")), 0, 0),
            SimulatorSettings.defaults().withTime(clock),
            0),
        (bootstrap, state) -> LedgerConfig.local(bootstrap, state).withPort(0).inTimeOf(clock));
  }

  private boolean play(StripeSimulator simulator) throws StripeException, InterruptedException {
    put("/v1/catalog", resource("/stripe-demo/catalog.yaml"));
    sync.post("/v1/setup", LedgerClient.JSON, new byte[0], Duration.ZERO).orFail();
    shop = Shop.open(simulator, CUSTOMER, clock.instant());
    Subscription subscription = subscribe();
    buyMore();
    burn();
    Invoice invoice = turnTheMonth(subscription);
    compare(invoice);
    say("");
    checks.print(out);
    say("");
    say(checks.hold() ? "Every number agrees." : "Not every number agrees.");
    return checks.hold();
  }

  private Subscription subscribe() throws StripeException, InterruptedException {
    Subscription subscription = shop.subscribe(PLAN, OVERAGE);
    awaitAvailable("3900");
    chapter("Ann subscribes to Plus, and pays $39.00");
    showBalance();
    return subscription;
  }

  private void buyMore() throws StripeException, InterruptedException {
    leap(clock.instant().plus(3, ChronoUnit.DAYS));
    shop.buy(PACK);
    awaitAvailable("4650");
    chapter("Three days later she buys 750 credits more, and pays $50.00");
    showBalance();
  }

  private void burn() throws InterruptedException {
    leap(clock.instant().plus(5, ChronoUnit.DAYS));
    use("2000");
    leap(clock.instant().plus(5, ChronoUnit.DAYS));
    use("900");
    chapter(
        "Her agent takes 2,900 steps at 1.5 credits: the plan's credits first, then the pack's");
    showBalance();
    leap(clock.instant().plus(5, ChronoUnit.DAYS));
    use("300");
    chapter("And 300 steps more, of which 150 credits are beyond all she has");
    showBalance();
  }

  private void use(String steps) {
    events++;
    String body =
        """
        {"id":"step-%d","customer":"%s","meter":"agent.step","quantity":"%s"}"""
            .formatted(events, CUSTOMER, steps);
    ledger
        .post(
            "/v1/usage",
            LedgerClient.JSON,
            body.getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(30))
        .orFail();
  }

  private Invoice turnTheMonth(Subscription subscription)
      throws StripeException, InterruptedException {
    Instant end =
        Instant.ofEpochSecond(subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
    leap(end.plusSeconds(1));
    await("the overage to be sent", () -> backlog() == 0 && sentOverage().signum() > 0);
    leap(end.plus(DRAFT));
    await("the next month's credits", () -> available().compareTo(new BigDecimal("3900")) == 0);
    Invoice invoice = shop.invoices().getLast();
    chapter(
        "The month turns: an invoice of $"
            + Shop.dollars(invoice.getTotal())
            + ", $39.00 for the month to come and $"
            + Shop.dollars(shop.line(invoice, OVERAGE).getAmount())
            + " for what was beyond; and 3,900 credits again");
    showBalance();
    return invoice;
  }

  private void compare(Invoice invoice) throws StripeException {
    JsonNode unit = balance().path("units").path(0);
    checks.add("credits available", "the ledger", "3900", unit.path("available").asText());
    checks.add("credits beyond", "the journal", "150", unit.path("overage").asText());
    JsonNode report = reconcile();
    JsonNode sums = report.path("sums").path(0);
    checks.add(
        "credits beyond", "reconciliation, journal", "150", sums.path("journal").asText("0"));
    checks.add("credits beyond", "reconciliation, outbox", "150", sums.path("outbox").asText("0"));
    checks.add("credits beyond", "reconciliation, Stripe", "150", sums.path("stripe").asText("0"));
    checks.add(
        "dollars beyond",
        "the invoice",
        "1.50",
        Shop.dollars(shop.line(invoice, OVERAGE).getAmount()));
    checks.add("dollars in all", "the invoice", "40.50", Shop.dollars(invoice.getTotal()));
    checks.add("dollars paid", "the invoice", "40.50", Shop.dollars(invoice.getAmountPaid()));
    List<JsonNode> grants = grants();
    checks.add("payments", "Stripe", "3", Integer.toString(shop.payments()));
    checks.add("grants", "the journal", "3", Integer.toString(grants.size()));
    checks.add(
        "differences", "reconciliation", "0", Integer.toString(report.path("differences").size()));
  }

  private List<JsonNode> grants() {
    JsonNode list = ledger.get("/v1/customers/" + CUSTOMER + "/grants?limit=100").orFail().json();
    return list.path("grants").valueStream().toList();
  }

  private JsonNode reconcile() {
    return sync.post("/v1/reconcile", LedgerClient.JSON, new byte[0], Duration.ZERO)
        .orFail()
        .json();
  }

  private int backlog() {
    return sync.get("/v1/status").orFail().json().path("usage").path("backlog").asInt(1);
  }

  private BigDecimal sentOverage() {
    return new BigDecimal(reconcile().path("sums").path(0).path("stripe").asText("0"));
  }

  private JsonNode balance() {
    return ledger
        .get("/v1/customers/" + CUSTOMER + "/balance?consistency=committed")
        .orFail()
        .json();
  }

  private BigDecimal available() {
    return new BigDecimal(balance().path("units").path(0).path("available").asText("0"));
  }

  private void awaitAvailable(String credits) throws InterruptedException {
    BigDecimal wanted = new BigDecimal(credits);
    await(credits + " credits", () -> available().compareTo(wanted) == 0);
  }

  private void leap(Instant time) {
    clock.leapTo(time);
    shop.advanceTo(time);
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw CommandFailedException.failed("error: " + what + " did not come in two minutes");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void chapter(String title) {
    say("");
    say(clock.instant().truncatedTo(ChronoUnit.MINUTES) + "  " + title);
  }

  private void showBalance() {
    Map<String, String> names = new HashMap<>();
    grants().forEach(grant -> names.put(grant.path("id").asText(), grant.path("name").asText()));
    JsonNode unit = balance().path("units").path(0);
    for (JsonNode grant : unit.path("grants")) {
      say(
          String.format(
              Locale.ROOT,
              "    %-16s %8s of %-6s until %s",
              names.get(grant.path("id").asText()),
              grant.path("remaining").asText(),
              grant.path("amount").asText(),
              grant.path("expires_at").asText("-").substring(0, 10)));
    }
    say(
        String.format(
            Locale.ROOT,
            "    available %s, beyond all grants so far %s",
            unit.path("available").asText(),
            unit.path("overage").asText()));
  }

  private void put(String path, String yaml) {
    ledger.put(path, "application/yaml", yaml.getBytes(StandardCharsets.UTF_8)).orFail();
  }

  private static String resource(String name) {
    try (InputStream stream = StripeDemo.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
