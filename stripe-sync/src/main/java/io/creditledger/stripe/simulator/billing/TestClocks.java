package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.state.Table;
import io.creditledger.stripe.simulator.state.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/test_helpers/test_clocks}: time that some customers live in. A clock that is advanced
 * stops at everything that falls due, and goes on when webhooks of it have been tried once.
 */
public final class TestClocks {

  private static final Logger LOG = LoggerFactory.getLogger(TestClocks.class);
  private static final String URL = "/v1/test_helpers/test_clocks";
  private static final Duration STEP_PATIENCE = Duration.ofSeconds(2);
  private static final Duration LIFE = Duration.ofDays(30);

  private final World world;
  private final EventLog log;
  private final BillingEngine engine;
  private final BooleanSupplier webhooksTried;

  /**
   * The clocks of that account.
   *
   * @param webhooksTried whether no webhook waits for its first attempt
   */
  public TestClocks(
      World world, EventLog log, BillingEngine engine, BooleanSupplier webhooksTried) {
    this.world = world;
    this.log = log;
    this.engine = engine;
    this.webhooksTried = webhooksTried;
  }

  public void addTo(Routes routes) {
    routes.add("POST " + URL, "frozen_time* time name string(300)", call -> create(call.params()));
    routes.add("GET " + URL + "/{id}", "", call -> clocks().get(call.id()));
    routes.add(
        "GET " + URL,
        "limit int starting_after string ending_before string",
        call -> clocks().page(call.params(), URL, row -> true));
    routes.add("DELETE " + URL + "/{id}", "", call -> delete(call.id()));
    routes.add(
        "POST " + URL + "/{id}/advance",
        "frozen_time* time",
        call -> advance(call.id(), Json.number(call.params(), "frozen_time")));
  }

  private Table clocks() {
    return world.table(World.CLOCKS);
  }

  private ObjectNode create(ObjectNode params) {
    long frozen = Json.number(params, "frozen_time");
    ObjectNode clock =
        Json.object()
            .put("id", world.mint("clock"))
            .put("object", World.CLOCKS)
            .put("created", world.now())
            .put("deletes_after", world.now() + LIFE.toSeconds())
            .put("frozen_time", frozen)
            .put("livemode", false)
            .put("name", Json.text(params, "name").orElse(null))
            .put("status", "ready");
    clock.putObject("status_details");
    clocks().put(clock);
    log.emit("test_helpers.test_clock.created", clock);
    return clock;
  }

  private ObjectNode delete(String id) {
    ObjectNode clock = clocks().get(id);
    clocks().remove(id);
    log.emit("test_helpers.test_clock.deleted", clock);
    return Json.object().put("id", id).put("object", World.CLOCKS).put("deleted", true);
  }

  /** Sets a clock on its way to a later time; it is ready again when it says so. */
  public ObjectNode advance(String id, long to) {
    ObjectNode clock = clocks().get(id);
    if (Json.string(clock, "status").equals("advancing")) {
      throw ApiError.of(429, "invalid_request_error", "This test clock is already advancing.")
          .code("lock_timeout")
          .beforeWork();
    }
    if (to <= Json.number(clock, "frozen_time")) {
      throw ApiError.invalidParameter(
          "frozen_time", "frozen_time must be after the current frozen time of the test clock.");
    }
    clock.put("status", "advancing");
    Json.child(clock, "status_details").putObject("advancing").put("target_frozen_time", to);
    log.emit("test_helpers.test_clock.advancing", clock);
    Thread.ofVirtual().name("test clock " + id).start(() -> run(clock, to));
    return clock;
  }

  private void run(ObjectNode clock, long to) {
    try {
      while (world.locked(() -> step(clock, to))) {
        long deadline = System.nanoTime() + STEP_PATIENCE.toNanos();
        while (!webhooksTried.getAsBoolean() && System.nanoTime() < deadline) {
          Thread.sleep(Duration.ofMillis(2));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("test clock {} stopped short of {}", clock.path("id"), to, e);
      world.locked(() -> clock.put("status", "internal_failure"));
    }
  }

  /** Does what falls due next, if anything does before the clock has arrived. */
  private boolean step(ObjectNode clock, long to) {
    Optional<BillingEngine.Due> due = engine.nextOn(Json.string(clock, "id"), to);
    if (due.isPresent()) {
      clock.put("frozen_time", Math.max(due.get().time(), Json.number(clock, "frozen_time")));
      due.get().work().run();
      return true;
    }
    clock.put("frozen_time", to).put("status", "ready").putObject("status_details");
    log.emit("test_helpers.test_clock.ready", clock);
    return false;
  }

  /** Sends clocks that a restart stopped on their way again. */
  public void resume() {
    for (ObjectNode clock : clocks().all()) {
      if (Json.string(clock, "status").equals("advancing")) {
        long to =
            Json.number(
                Json.child(Json.child(clock, "status_details"), "advancing"), "target_frozen_time");
        Thread.ofVirtual().start(() -> run(clock, to));
      }
    }
  }
}
