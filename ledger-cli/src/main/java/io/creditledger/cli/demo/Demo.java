package io.creditledger.cli.demo;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.proof.JournalProof;
import io.creditledger.cli.proof.RestComparison;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topics;
import io.creditledger.streams.query.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * An AI agent product's credits under load: grants, usage, second deliveries, promotions that end
 * meanwhile; and then the proof, from the journal alone, that every credit is accounted for.
 */
public final class Demo {

  /** One event in twenty is delivered twice. */
  private static final int REPEATED_IN = 20;

  /** Producers wait for the ledger beyond this, or the two would fight for the machine's cores. */
  private static final int BEHIND_MAX = 30_000;

  private static final MeterName INPUT = new MeterName("llm.input_tokens");
  private static final MeterName OUTPUT = new MeterName("llm.output_tokens");
  private static final MeterName TASK = new MeterName("agent.task");
  private static final int METERS = 3;
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final DemoSettings settings;
  private final DevStack stack;
  private final PrintWriter out;
  private final DemoCustomers customers = new DemoCustomers();
  private final long deadline;

  private Demo(DemoSettings settings, DevStack stack, PrintWriter out) {
    this.settings = settings;
    this.stack = stack;
    this.out = out;
    this.deadline = System.nanoTime() + settings.limit().toNanos();
  }

  /**
   * Runs the demo on a ledger that knows nothing yet, and tells of it.
   *
   * @return whether everything was proved
   */
  public static boolean run(DemoSettings settings, DevStack stack, PrintWriter out)
      throws InterruptedException {
    return new Demo(settings, stack, out).run();
  }

  /** The catalog of the demo's product, as text. */
  public static String catalogText() {
    try (InputStream text = Demo.class.getResourceAsStream("/demo/catalog.yaml")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's catalog is missing", e);
    }
  }

  private boolean run() throws InterruptedException {
    Traffic traffic = traffic();
    Catalog catalog = CatalogYaml.parse("demo/catalog.yaml", catalogText());
    stack.ledger().publish(catalog).toCompletableFuture().join();
    say("Catalog %s is in force: %d meters.", catalog.version(), catalog.meters().size());
    Run run = load(traffic);
    say("Reading the journal …");
    JournalProof proof =
        JournalProof.read(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            Topics.prefixed(""));
    List<String> differences;
    try (LedgerClient client = new LedgerClient(stack.address(), Optional.empty())) {
      differences = RestComparison.differences(client, proof);
    }
    return new DemoReport(out, customers, run, proof, differences).print();
  }

  private Traffic traffic() {
    return settings.trace().isPresent()
        ? TraceTraffic.read(settings.trace().get(), DemoCustomers.COUNT, Instant.now())
        : new GeneratedTraffic(
            settings.seed(), Math.ceilDiv(settings.events(), METERS), DemoCustomers.COUNT);
  }

  private Run load(Traffic traffic) throws InterruptedException {
    try (EventSender sender = new EventSender(stack.bootstrapServers());
        OutcomeCounter outcomes = new OutcomeCounter(stack.bootstrapServers())) {
      customers.grants(Instant.now()).forEach(sender::send);
      sender.send(customers.refund());
      sender.flush();
      await("the grants", () -> outcomes.count() >= sender.deliveries());
      customers.promotions(Instant.now()).forEach(sender::send);
      sender.flush();
      await("the promotions", () -> outcomes.count() >= sender.deliveries());
      say(
          "%,d grants to %d customers; now usage flows.",
          sender.deliveries() - 1, DemoCustomers.COUNT);
      long before = sender.deliveries();
      long begun = System.nanoTime();
      long micros = publish(traffic, sender, outcomes, before);
      await("the usage", () -> outcomes.count() >= sender.deliveries());
      long drained = System.nanoTime() - begun;
      await("the promotions' end", this::promotionsEnded);
      long all = sender.deliveries() + customers.withPromotion().size();
      await("the last outcomes", () -> outcomes.count() >= all);
      return new Run(
          sender.sent(),
          sender.deliveries() - before,
          Duration.ofNanos(drained),
          Credits.ofMicros(Math.addExact(micros, DemoCustomers.asidesMicros())));
    }
  }

  /** Publishes all usage and follows it; returns what it costs by the price list. */
  private long publish(Traffic traffic, EventSender sender, OutcomeCounter outcomes, long before)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(settings.seed());
    long events = (long) traffic.size() * METERS;
    long micros = 0;
    try (ProgressLine progress = new ProgressLine(out, events + events / REPEATED_IN)) {
      customers.asides().forEach(sender::send);
      for (int number = 1; traffic.hasNext(); number++) {
        LlmRequest request = traffic.next();
        for (LedgerEvent event : events(number, request)) {
          if (random.nextInt(REPEATED_IN) == 0) {
            sender.sendTwice(event);
          } else {
            sender.send(event);
          }
        }
        micros += request.model().micros(request.inputTokens(), request.outputTokens());
        if (number % 256 == 0) {
          await(
              "the usage",
              () -> {
                progress.at(sender.acknowledged() - before, outcomes.count() - before);
                return sender.deliveries() - outcomes.count() < BEHIND_MAX;
              });
        }
      }
      sender.flush();
      await(
          "the usage",
          () -> {
            progress.at(sender.acknowledged() - before, outcomes.count() - before);
            return outcomes.count() >= sender.deliveries();
          });
    }
    return micros;
  }

  private List<LedgerEvent> events(int number, LlmRequest request) {
    Instant at = request.at().orElseGet(Instant::now);
    return List.of(
        usage(
            number,
            "in",
            INPUT,
            new Charge.Metered(Quantity.of(request.inputTokens())),
            request,
            at),
        usage(
            number,
            "out",
            OUTPUT,
            new Charge.Metered(Quantity.of(request.outputTokens())),
            request,
            at),
        usage(number, "task", TASK, new Charge.Counted(), request, at));
  }

  private LedgerEvent usage(
      int number, String part, MeterName meter, Charge charge, LlmRequest request, Instant at) {
    return new LedgerEvent.Usage(
        new EventId("req-" + number + "-" + part),
        customers.id(request.customer()),
        new Dimensions(Optional.of(meter), Optional.empty()),
        charge,
        Map.of("model", request.model().wireName()),
        Optional.of(at),
        Note.NONE);
  }

  /** A timer ends a promotion when its time has come: no producer speaks of it. */
  private boolean promotionsEnded() {
    for (CustomerId customer : customers.withPromotion()) {
      boolean open =
          stack.ledger().grants(customer).stream()
              .map(record -> record.grant())
              .anyMatch(
                  grant ->
                      grant.id().equals(DemoCustomers.PROMOTION)
                          && grant.state() != GrantState.EXPIRED);
      if (open) {
        return false;
      }
    }
    return true;
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw CommandFailedException.failed(
            "error: " + what + " took longer than " + settings.limit().toSeconds() + " s");
      }
      if (stack.readiness().state() == Readiness.State.FAILED) {
        throw CommandFailedException.failed("error: the ledger service has stopped by itself");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for one method.
  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
