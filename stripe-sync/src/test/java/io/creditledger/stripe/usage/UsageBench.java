package io.creditledger.stripe.usage;

import com.stripe.exception.StripeException;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation.Formula;
import com.stripe.param.billing.MeterEventSummaryListParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.journal.JournalSink;
import io.creditledger.stripe.outbox.CancelSender;
import io.creditledger.stripe.outbox.EventStream;
import io.creditledger.stripe.outbox.Lanes;
import io.creditledger.stripe.outbox.MeterEventApi;
import io.creditledger.stripe.outbox.MeterEventSender;
import io.creditledger.stripe.outbox.SenderMetrics;
import io.creditledger.stripe.outbox.SingleEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The parts of usage out, each to be moved by hand, between a journal and a simulated Stripe. */
public final class UsageBench {

  static final String CATALOG =
      """
      meters:
        tokens: {rates: [{credits: "0.5"}]}
        pages: {rates: [{credits: "1", per: 3}]}
        hours: {rates: [{credits: "2"}]}
      """;

  private static final int TURNS_MAX = 2_000;

  final SyncFixture sync;
  public final Services services;
  public final Journal journal = new Journal(CATALOG);
  final WindowCutter cutter;
  final WindowFlush flush;
  private final JournalSink intake;
  private final Map<String, String> meters = new HashMap<>();
  private final Map<String, String> customers = new HashMap<>();
  private final CancelSender cancels;
  private MeterEventSender sender;
  private int carried;

  public UsageBench(SyncFixture sync, String rules) {
    this.sync = sync;
    this.services = sync.services(rules);
    intake =
        new JournalSink(
            services.topics(), List.of(new EntryIntake(services.config().rules(), sync.clock())));
    cutter = new WindowCutter(sync.database(), sync.clock());
    flush =
        new WindowFlush(
            sync.database(), sync.clock(), services.config().rules().usage().grace(), () -> {});
    cancels =
        new CancelSender(
            sync.database(),
            services.stripe(),
            new Lanes(0, 1),
            sync.clock(),
            new Random(2),
            new SenderMetrics(services.metrics()),
            new WindowRecount());
    sendThrough(api -> api);
  }

  /** Sends with the API that the rules name, changed. */
  void sendThrough(UnaryOperator<MeterEventApi> change) {
    MeterEventApi api =
        switch (services.config().rules().usage().api()) {
          case SINGLE -> new SingleEvents(services.stripe());
          case STREAM -> new EventStream(services.stripe(), sync.clock());
        };
    sender =
        new MeterEventSender(
            sync.database(),
            change.apply(api),
            new Lanes(0, 1),
            sync.clock(),
            new Random(1),
            new SenderMetrics(services.metrics()));
  }

  /** A meter of Stripe's that adds up. */
  public void meter(String eventName) throws StripeException {
    meter(eventName, Optional.empty());
  }

  void meter(String eventName, Optional<MeterCreateParams.EventTimeWindow> window)
      throws StripeException {
    MeterCreateParams.Builder params =
        MeterCreateParams.builder()
            .setDisplayName(eventName)
            .setEventName(eventName)
            .setDefaultAggregation(
                MeterCreateParams.DefaultAggregation.builder().setFormula(Formula.SUM).build());
    window.ifPresent(params::setEventTimeWindow);
    Meter meter = sync.client().v1().billing().meters().create(params.build());
    meters.put(eventName, meter.getId());
  }

  /** A customer of Stripe's, linked to the ledger's of that name. */
  public void customer(String name) throws StripeException {
    String id =
        sync.client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setName(name).build())
            .getId();
    customers.put(name, id);
    sync.database().jdbi().useHandle(handle -> Customers.link(handle, new CustomerId(name), id));
  }

  public String stripeCustomer(String name) {
    return customers.get(name);
  }

  String stripeMeter(String eventName) {
    return meters.get(eventName);
  }

  /** Carries what the journal has that was not carried yet. */
  public void relay() {
    List<ConsumerRecord<byte[], byte[]>> records = journal.records();
    sync.database()
        .jdbi()
        .useTransaction(
            transaction -> intake.write(transaction, records.subList(carried, records.size())));
    carried = records.size();
  }

  /** One turn of the sender, events and cancellations. */
  public void send() {
    try {
      sender.run();
      cancels.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Closes all windows by time and works until nothing is left to do. */
  public void settle() {
    relay();
    sync.clock().advance(Duration.ofMinutes(3));
    work();
  }

  /** Works until nothing is left to do, while time passes. */
  void work() {
    int turns = 0;
    do {
      if (turns++ == TURNS_MAX) {
        throw new AssertionError("it does not come to an end: " + status());
      }
      flush.run();
      cutter.cutAllDue();
      send();
      sync.clock().advance(Duration.ofSeconds(5));
    } while (!isIdle());
  }

  UsageStatus status() {
    return sync.database().jdbi().withHandle(UsageStatus::of);
  }

  /** Whether what is cut of each window is what its usage comes to and what its events come to. */
  boolean outboxIsCut() {
    return count(
            "usage_window w where total <> cut or total <> (select coalesce(sum(value), 0)"
                + " from meter_event e where e.customer = w.customer"
                + " and e.event_name = w.event_name and e.window_start = w.window_start"
                + " and e.window_end = w.window_end and e.state = 'delivered')")
        == 0;
  }

  /** The events of the outbox, as "meter revision value state reason", the oldest first. */
  List<String> outbox() {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "select concat_ws(' ', event_name, revision, trim_scale(value), state,"
                            + " nullif(reason, '')) from meter_event order by id")
                    .mapTo(String.class)
                    .list());
  }

  /** Cuts what is due and gives the sender one turn. */
  public void workOnce() {
    cutter.cutAllDue();
    send();
  }

  private boolean isIdle() {
    return count("usage_window where due_at is not null") == 0
        && count("meter_event where state = 'pending'") == 0
        && count("meter_cancel where state = 'pending'") == 0;
  }

  public int count(String rows) {
    return sync.database()
        .jdbi()
        .withHandle(
            handle -> handle.select("select count(*) from " + rows).mapTo(Integer.class).one());
  }

  /** What Stripe has of a customer, of all time that it takes usage of. */
  public BigDecimal stripeSum(String customer, String eventName) throws StripeException {
    Instant now = sync.clock().instant().truncatedTo(ChronoUnit.MINUTES);
    return stripeSum(
        customer, eventName, now.minus(Duration.ofDays(60)), now.plus(Duration.ofMinutes(10)));
  }

  BigDecimal stripeSum(String customer, String eventName, Instant from, Instant to)
      throws StripeException {
    return sync
        .client()
        .v1()
        .billing()
        .meters()
        .eventSummaries()
        .list(
            meters.get(eventName),
            MeterEventSummaryListParams.builder()
                .setCustomer(customers.get(customer))
                .setStartTime(from.getEpochSecond())
                .setEndTime(to.getEpochSecond())
                .build())
        .getData()
        .stream()
        .map(MeterEventSummary::getAggregatedValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
