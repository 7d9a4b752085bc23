package io.creditledger.stripe.usage;

import io.creditledger.relay.Leader;
import io.creditledger.relay.Relay;
import io.creditledger.relay.Relay.Beginning;
import io.creditledger.relay.Topics;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.Part;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.outbox.EventStream;
import io.creditledger.stripe.outbox.Lanes;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.MeterEventSender;
import io.creditledger.stripe.outbox.SenderMetrics;
import io.creditledger.stripe.outbox.SingleEvents;
import io.creditledger.stripe.rules.UsageRule;
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

  private final Relay relay;
  private final Leader leader;
  private final WindowFlush flush;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Worker> senders = new ArrayList<>();

  /** The part, not yet started. */
  public UsagePart(Services services) {
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
    Worker cutter =
        new Worker(
            "usage-cutter",
            new WindowCutter(services.database(), clock, () -> senders.forEach(Worker::nudge)));
    flush = new WindowFlush(services.database(), clock, rule.grace(), cutter::nudge);
    workers.add(cutter);
    workers.add(new Worker("usage-flush", flush));
    MeterEventApi api = api(services, rule);
    SenderMetrics metrics = new SenderMetrics(services.metrics());
    for (int i = 0; i < rule.senders(); i++) {
      MeterEventSender sender =
          new MeterEventSender(
              services.database(), api, new Lanes(i, rule.senders()), clock, new Random(), metrics);
      senders.add(new Worker("usage-sender-" + i, () -> leader.leads() ? sender.run() : STANDBY));
    }
  }

  private static MeterEventApi api(Services services, UsageRule rule) {
    StripeCalls calls =
        rule.callsPerSecond().isEmpty()
            ? services.stripe()
            : new StripeCalls(
                services.config().stripe().withCallsPerSecond(rule.callsPerSecond().getAsInt()));
    return switch (rule.api()) {
      case SINGLE -> new SingleEvents(calls);
      case STREAM -> new EventStream(calls, services.config().clock());
    };
  }

  /** Hurries usage for an invoice; may be used before the part has started. */
  public UsageFlush flush() {
    return flush;
  }

  @Override
  public void start() {
    workers.forEach(Worker::start);
    senders.forEach(Worker::start);
    relay.start();
  }

  @Override
  public void close() {
    relay.close();
    workers.forEach(Worker::close);
    senders.forEach(Worker::close);
    leader.close();
  }
}
