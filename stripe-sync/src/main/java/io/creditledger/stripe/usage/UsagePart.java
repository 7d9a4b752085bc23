package io.creditledger.stripe.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Leader;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Relay.Beginning;
import io.creditledger.relay.Topics;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.Part;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.StripeSyncConfig;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.outbox.CancelSender;
import io.creditledger.stripe.outbox.EventStream;
import io.creditledger.stripe.outbox.Lanes;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.MeterEventSender;
import io.creditledger.stripe.outbox.SenderMetrics;
import io.creditledger.stripe.outbox.SingleEvents;
import io.creditledger.stripe.rules.UsageRule;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Usage on its way from the journal to Stripe. */
public final class UsagePart implements Part {

  /** What its offsets in the journal are kept under. */
  public static final String RELAY = "stripe-usage";

  private static final Duration STANDBY = Duration.ofSeconds(1);

  private final Services services;
  private final Relay relay;
  private final Leader leader;
  private final WindowFlush flush;
  private final List<Worker> workers = new ArrayList<>();

  /** The part, not yet started. */
  public UsagePart(Services services) {
    this.services = services;
    UsageRule rule = services.config().rules().usage();
    Clock clock = services.config().clock();
    relay =
        new Relay(
            RELAY,
            Set.of(services.topics().name(Topics.ENTRIES)),
            Beginning.EARLIEST,
            services.config().kafka().reader(services.config().topicPrefix() + RELAY),
            services.database(),
            new JournalSink(
                services.topics(), List.of(new EntryIntake(services.config().rules(), clock))));
    leader = new Leader(services.database(), RELAY);
    Worker cutter = new Worker("usage-cutter", new WindowCutter(services.database(), clock));
    flush = new WindowFlush(services.database(), clock, rule.grace(), cutter::nudge);
    workers.add(cutter);
    workers.add(new Worker("usage-flush", flush));
    workers.add(
        new Worker(
            "usage-gauges",
            new UsageGauges(services.database(), clock, services.metrics(), relay)));
    workers.add(new Worker("usage-prune", new UsagePrune(services.database(), rule, clock)));
    addSenders(rule);
  }

  private void addSenders(UsageRule rule) {
    StripeCalls calls = calls(rule);
    Clock clock = services.config().clock();
    MeterEventApi api =
        switch (rule.api()) {
          case SINGLE -> new SingleEvents(calls);
          case STREAM -> new EventStream(calls, clock);
        };
    SenderMetrics metrics = new SenderMetrics(services.metrics());
    for (int i = 0; i < rule.senders(); i++) {
      Lanes lanes = new Lanes(i, rule.senders());
      MeterEventSender events =
          new MeterEventSender(services.database(), api, lanes, clock, new Random(), metrics);
      CancelSender cancels =
          new CancelSender(
              services.database(), calls, lanes, clock, new Random(), metrics, new WindowRecount());
      // One after the other, since Stripe wants one call at a time for a customer and meter.
      workers.add(
          new Worker("usage-sender-" + i, () -> leader.leads() ? serve(events, cancels) : STANDBY));
    }
  }

  private static Duration serve(MeterEventSender events, CancelSender cancels)
      throws InterruptedException {
    Duration wait = events.run();
    if (wait.compareTo(MeterEventSender.IDLE) > 0) {
      // Stripe is to be left alone for so long.
      return wait;
    }
    Duration other = cancels.run();
    return wait.compareTo(other) < 0 ? wait : other;
  }

  private StripeCalls calls(UsageRule rule) {
    return rule.callsPerSecond().isEmpty()
        ? services.stripe()
        : new StripeCalls(
            services.config().stripe().withCallsPerSecond(rule.callsPerSecond().getAsInt()));
  }

  private int callsPerSecondMax() {
    StripeSyncConfig config = services.config();
    return config.rules().usage().callsPerSecond().orElse(config.stripe().callsPerSecond());
  }

  @Override
  public void status(ObjectNode status) {
    services
        .database()
        .jdbi()
        .useHandle(
            handle ->
                StatusFields.add(
                    status,
                    handle,
                    relay.status(),
                    callsPerSecondMax(),
                    services.config().clock().instant()));
  }

  @Override
  public void adminRoutes(HttpRouting.Builder routing) {
    new StuckRoutes(services.database()).addTo(routing);
    new UsageRoutes(services.database()).addTo(routing);
  }

  /** Hurries usage for an invoice; may be used before the part has started. */
  public UsageFlush flush() {
    return flush;
  }

  @Override
  public void start() {
    workers.forEach(Worker::start);
    relay.start();
  }

  @Override
  public void close() {
    relay.close();
    workers.forEach(Worker::close);
    leader.close();
  }
}
