package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.billing.CheckoutSessions;
import io.creditledger.stripe.simulator.event.DeliveryAttempt;
import io.creditledger.stripe.simulator.event.Dispatcher;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import io.creditledger.stripe.simulator.fault.Faults;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stateful fake of Stripe's billing over HTTP. Its methods are what Stripe has no API for: what
 * goes wrong, what a customer does, what time it is. Safe for any thread.
 */
public final class StripeSimulator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StripeSimulator.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration POLL = Duration.ofMillis(5);

  private final SimulatorSettings settings;
  private final Account account;
  private final Faults faults = new Faults();
  private final RequestLog seen = new RequestLog();
  private final SimulatorServer server;
  private final Snapshot snapshot;
  private final Thread ticker;

  private StripeSimulator(SimulatorSettings settings) {
    this.settings = settings;
    this.account = new Account(settings);
    this.snapshot = new Snapshot(settings.snapshot(), account);
    snapshot.load();
    Gateway gateway =
        new Gateway(settings, account.world, account.routes, account.log, faults, seen);
    this.server = new SimulatorServer(settings, gateway, new ControlApi(this));
    this.ticker = Thread.ofVirtual().name("simulator ticker").unstarted(this::tick);
  }

  /** A simulator that answers from now on. */
  public static StripeSimulator start(SimulatorSettings settings) {
    StripeSimulator simulator = new StripeSimulator(settings);
    simulator.server.start();
    simulator.ticker.start();
    simulator.account.world.locked(simulator.account.clocks()::resume);
    return simulator;
  }

  private void tick() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(TICK);
        tickOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tickOnce() {
    try {
      account.world.locked(account::tick);
      snapshot.saveIfDue();
    } catch (RuntimeException e) {
      LOG.error("what was due could not be done", e);
    }
  }

  /** What to give a client as base for both hosts of Stripe. */
  public URI baseUri() {
    return server.baseUri();
  }

  /** The key it accepts. */
  public String apiKey() {
    return settings.apiKey();
  }

  /** The account's own version of the API. */
  public String apiVersion() {
    return settings.apiVersion();
  }

  /** Begins a plan of faults from its start; the one before is forgotten. */
  public void follow(FaultPlan plan) {
    faults.follow(plan);
  }

  /** From now on every connection closes without an answer and nothing is done. */
  public void beginOutage() {
    faults.beginOutage();
  }

  public void endOutage() {
    faults.endOutage();
  }

  /** How often each kind of fault struck. */
  public Map<Fault.Kind, Long> faultsStruck() {
    return faults.struck();
  }

  /** The latest requests, oldest first. */
  public List<SeenRequest> requests() {
    return seen.latest();
  }

  /** How many requests there were, by method, path and status. */
  public Map<String, Long> requestCounts() {
    return seen.counts();
  }

  /** Begins a plan of what becomes of webhooks; events already on their way are not touched. */
  public void follow(WebhookPlan plan) {
    account.world.locked(() -> account.dispatcher.follow(plan));
  }

  /** Adds an endpoint for snapshot events of these types, a star meaning all. */
  public String registerWebhook(URI url, String secret, String apiVersion, List<String> types) {
    return register(url, secret, apiVersion, types, Dispatcher.Style.SNAPSHOT);
  }

  /** Adds an endpoint for thin events of these types. */
  public String registerThinWebhook(URI url, String secret, List<String> types) {
    return register(url, secret, settings.apiVersion(), types, Dispatcher.Style.THIN);
  }

  /**
   * Adds the two endpoints at which an instance of stripe-sync listens, signed with that secret.
   * The simulator keeps its endpoints over restarts; one that is there is not added again.
   */
  public void deliverTo(URI stripeSync, String secret) {
    String known = state().toString();
    String snapshots = stripeSync + "/stripe/webhooks";
    String thin = stripeSync + "/stripe/events";
    if (!known.contains('"' + snapshots + '"')) {
      registerWebhook(URI.create(snapshots), secret, apiVersion(), List.of("*"));
    }
    if (!known.contains('"' + thin + '"')) {
      registerThinWebhook(URI.create(thin), secret, List.of("v1.billing.meter.*"));
    }
  }

  private String register(
      URI url, String secret, String apiVersion, List<String> types, Dispatcher.Style style) {
    ObjectNode params = Json.object().put("url", url.toString()).put("api_version", apiVersion);
    types.forEach(params.putArray("enabled_events")::add);
    return account.world.locked(
        () -> Json.string(account.webhooks.register(params, secret, style), "id"));
  }

  /** The ids of the events that the plan holds back, in the order in which they happened. */
  public List<String> heldEvents() {
    return account.world.locked(account.dispatcher::held);
  }

  /** Lets held events go, in the order given. */
  public void release(List<String> events) {
    account.world.locked(() -> account.dispatcher.release(events));
  }

  /** Lets all held events go, the newest first. */
  public void releaseBackwards() {
    account.world.locked(account.dispatcher::releaseBackwards);
  }

  /** Delivers an event, snapshot or thin, once more to every endpoint that wants it. */
  public void resend(String event) {
    account.world.locked(
        () -> {
          ObjectNode row =
              account
                  .world
                  .find(event)
                  .orElseThrow(() -> new IllegalArgumentException("no event " + event));
          account.dispatcher.resend(row);
        });
  }

  /** How many deliveries are queued or being sent; retries are among them, held events are not. */
  public int deliveriesUnderWay() {
    return account.dispatcher.underWay();
  }

  /** The latest attempts at delivery, oldest first. */
  public List<DeliveryAttempt> deliveryAttempts() {
    return account.world.locked(account.dispatcher::attempts);
  }

  /** From now on accepted meter events count only after {@link #resumeMeters}. */
  public void pauseMeters() {
    account.world.locked(account.intake::pause);
  }

  public void resumeMeters() {
    account.world.locked(account.intake::resume);
  }

  /** Reports all wrong meter events now, whatever the window. */
  public void reportMeterErrors() {
    account.world.locked(account.intake::reportErrors);
  }

  /** The account's time; customers on a test clock have their own. */
  public Instant now() {
    return account.world.locked(account.world::instant);
  }

  /** Moves the account's time and does what falls due until then. It goes on running from there. */
  public void setTime(Instant now) {
    account.world.locked(
        () -> {
          account.world.setNow(now);
          account.tick();
        });
  }

  /**
   * Advances a test clock and waits until it has arrived, everything due on the way done. Throws
   * {@link IllegalStateException} if the clock failed.
   */
  public void advanceClock(String clock, Instant to) {
    account.world.locked(() -> account.clocks().advance(clock, to.getEpochSecond()));
    try {
      while (isAdvancing(clock)) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + clock + " advanced", e);
    }
  }

  private boolean isAdvancing(String clock) {
    String status =
        account.world.locked(
            () -> Json.string(account.world.table(World.CLOCKS).get(clock), "status"));
    if (status.equals("internal_failure")) {
      throw new IllegalStateException(clock + " failed on its way");
    }
    return status.equals("advancing");
  }

  /** A customer completes a checkout session's page. */
  public JsonNode completeCheckout(String session, CheckoutSessions.Outcome outcome) {
    return account.world.locked(() -> Json.visible(account.checkout().complete(session, outcome)));
  }

  /** A bank answers for a session completed unpaid: paid after all, or not. */
  public JsonNode settleCheckout(String session, CheckoutSessions.Outcome outcome) {
    return account.world.locked(() -> Json.visible(account.checkout().settle(session, outcome)));
  }

  /** Has a customer's next payments declined. */
  public void declineNextPayments(String customer, int times) {
    account.world.locked(() -> account.payments.declineNext(customer, times));
  }

  /** A bank disputes that much of a charge, in the currency's smallest unit. */
  public JsonNode openDispute(String charge, long amount, String reason) {
    return account.world.locked(() -> Json.visible(account.disputes.open(charge, amount, reason)));
  }

  /** A bank decides a dispute: {@code won}, {@code lost}, {@code prevented}. */
  public JsonNode closeDispute(String dispute, String status) {
    return account.world.locked(() -> Json.visible(account.disputes.close(dispute, status)));
  }

  /** Everything the account holds, table by table, the simulator's own fields with it. */
  public JsonNode state() {
    return account.world.locked(account.world::dump);
  }

  /** The routes that are simulated, as method and pattern. */
  public List<String> routes() {
    return account.routes.patterns();
  }

  /** Stops answering and delivering, and keeps the state if a snapshot file is set. */
  @Override
  public void close() {
    ticker.interrupt();
    server.stop();
    account.dispatcher.close();
    snapshot.save();
  }
}
