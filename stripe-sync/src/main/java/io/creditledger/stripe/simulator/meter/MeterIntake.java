package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.meter.MeterEvent.Counted;
import io.creditledger.stripe.simulator.state.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes meter events in. What can be said of an event by itself is said at once to a caller of the
 * single-event endpoints; what needs the meter or the customer is found out afterwards, and
 * reported by an event. The stream finds everything out afterwards.
 */
public final class MeterIntake {

  static final String METERS = "billing.meter";
  private static final long PAST_MAX = Duration.ofDays(35).toSeconds();
  private static final long FUTURE_MAX = Duration.ofMinutes(5).toSeconds();
  private static final long UNIQUE_FOR = Duration.ofHours(24).toSeconds();
  private static final long CANCELLABLE_FOR = Duration.ofHours(24).toSeconds();
  private static final int DIGITS_MAX = 15;
  private static final String CUSTOMER_KEY = "stripe_customer_id";

  private final World world;
  private final Usage usage;
  private final MeterErrors errors;
  private final Alerts alerts;
  private final Map<String, Long> identifiers = new HashMap<>();
  private final Map<String, Counted> counted = new HashMap<>();
  private final List<MeterEvent> waiting = new ArrayList<>();
  private boolean held;

  /**
   * An intake for that account.
   *
   * @param reportWindow how long errors are gathered before they are reported
   * @param samplesMax how many samples a report names of each code
   */
  public MeterIntake(
      World world,
      EventLog log,
      Usage usage,
      Alerts alerts,
      Duration reportWindow,
      int samplesMax) {
    this.world = world;
    this.usage = usage;
    this.alerts = alerts;
    this.errors = new MeterErrors(world, log, reportWindow, samplesMax);
  }

  /** Takes one event from an endpoint that answers at once. Refuses with an {@link ApiError}. */
  void take(MeterEvent event) {
    Optional<Long> first = firstReceived(event);
    if (first.isPresent()) {
      throw ApiError.invalid("An event already exists with identifier " + event.identifier() + ".")
          .param("identifier")
          .header("Stripe-Should-Retry", "false");
    }
    Optional<String> timing = timing(event);
    if (timing.isPresent()) {
      throw ApiError.invalidParameter("timestamp", message(timing.get(), event)).code(timing.get());
    }
    value(event)
        .filter(MeterIntake::hasTooManyDigits)
        .ifPresent(
            value -> {
              throw ApiError.invalidParameter(
                      "payload", message("meter_event_value_too_many_digits", event))
                  .code("meter_event_value_too_many_digits");
            });
    accept(event);
  }

  /** Takes one event of a stream: a duplicate is dropped, anything else wrong is reported later. */
  void takeUnseen(MeterEvent event) {
    if (firstReceived(event).isEmpty()) {
      accept(event);
    }
  }

  private void accept(MeterEvent event) {
    identifiers.put(event.identifier(), received(event));
    if (held) {
      waiting.add(event);
    } else {
      process(event);
    }
  }

  private Optional<Long> firstReceived(MeterEvent event) {
    return Optional.ofNullable(identifiers.get(event.identifier()))
        .filter(at -> received(event) - at < UNIQUE_FOR);
  }

  /** When the event came in, by the time its customer lives in. */
  private long received(MeterEvent event) {
    return world.now(event.payload().getOrDefault(CUSTOMER_KEY, ""));
  }

  private Optional<String> timing(MeterEvent event) {
    long now = received(event);
    if (event.timestamp() < now - PAST_MAX) {
      return Optional.of("timestamp_too_far_in_past");
    }
    return event.timestamp() > now + FUTURE_MAX
        ? Optional.of("timestamp_in_future")
        : Optional.empty();
  }

  /** From now on accepted events count only once {@link #resume} is called: Stripe's lag. */
  public void pause() {
    held = true;
  }

  /** Counts what has been waiting. */
  public void resume() {
    held = false;
    List<MeterEvent> late = List.copyOf(waiting);
    waiting.clear();
    late.forEach(this::process);
  }

  private void process(MeterEvent event) {
    Optional<ObjectNode> meter = meter(event.eventName());
    if (meter.isEmpty()) {
      fail("", "no_meter", event);
      return;
    }
    String meterId = Json.string(meter.get(), "id");
    String customerKey =
        Json.string(Json.child(meter.get(), "customer_mapping"), "event_payload_key");
    String customer = event.payload().getOrDefault(customerKey, "");
    Optional<String> wrong = wrong(meter.get(), customer, event);
    if (wrong.isPresent()) {
      fail(meterId, wrong.get(), event);
      return;
    }
    Counted one =
        new Counted(
            event.identifier(),
            event.eventName(),
            meterId,
            customer,
            event.timestamp(),
            received(event),
            value(meter.get(), event).orElse(BigDecimal.ONE));
    usage.add(one);
    counted.put(one.identifier(), one);
    alerts.check(meter.get(), customer);
  }

  private Optional<String> wrong(ObjectNode meter, String customer, MeterEvent event) {
    if (Json.string(meter, "status").equals("inactive")) {
      return Optional.of("archived_meter");
    }
    if (customer.isEmpty()) {
      return Optional.of("meter_event_no_customer_defined");
    }
    if (world
        .table(World.CUSTOMERS)
        .find(customer)
        .filter(row -> !Json.flag(row, "deleted"))
        .isEmpty()) {
      return Optional.of("meter_event_customer_not_found");
    }
    Optional<BigDecimal> value = value(meter, event);
    boolean counts =
        Json.string(Json.child(meter, "default_aggregation"), "formula").equals("count");
    if (!counts && value.isEmpty()) {
      return Optional.of("meter_event_invalid_value");
    }
    if (value.filter(MeterIntake::hasTooManyDigits).isPresent()) {
      return Optional.of("meter_event_value_too_many_digits");
    }
    return timing(event);
  }

  private void fail(String meter, String code, MeterEvent event) {
    errors.add(meter, code, message(code, event), event);
  }

  private static String message(String code, MeterEvent event) {
    return switch (code) {
      case "timestamp_too_far_in_past" ->
          "The event timestamp must be within the past 35 calendar days.";
      case "timestamp_in_future" ->
          "The event timestamp must not be more than 5 minutes in the future.";
      case "meter_event_value_too_many_digits" ->
          "The value of a meter event can have at most 15 significant digits.";
      case "no_meter" -> "No meter found for event name: " + event.eventName() + ".";
      case "archived_meter" -> "The meter for " + event.eventName() + " is inactive.";
      case "meter_event_no_customer_defined" -> "The payload names no customer.";
      case "meter_event_customer_not_found" -> "The customer in the payload does not exist.";
      default -> "The value in the payload is missing or is not a number.";
    };
  }

  /** The meter of that name: the active one, or else the one archived last. */
  Optional<ObjectNode> meter(String eventName) {
    List<ObjectNode> named = world.table(METERS).where("event_name", eventName).toList();
    return named.stream()
        .filter(meter -> Json.string(meter, "status").equals("active"))
        .findFirst()
        .or(() -> named.isEmpty() ? Optional.empty() : Optional.of(named.getLast()));
  }

  private Optional<BigDecimal> value(MeterEvent event) {
    return meter(event.eventName()).flatMap(meter -> value(meter, event));
  }

  private static Optional<BigDecimal> value(ObjectNode meter, MeterEvent event) {
    String key =
        Json.text(Json.child(meter, "value_settings"), "event_payload_key").orElse("value");
    try {
      return Optional.ofNullable(event.payload().get(key)).map(BigDecimal::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean hasTooManyDigits(BigDecimal value) {
    return value.stripTrailingZeros().precision() > DIGITS_MAX;
  }

  /** Takes an event back. Refuses one that is unknown, or older than a day. */
  void cancel(String eventName, String identifier) {
    Counted one =
        Optional.ofNullable(counted.get(identifier))
            .filter(event -> event.eventName().equals(eventName))
            .orElseThrow(
                () ->
                    ApiError.invalid("No event found with identifier " + identifier + ".")
                        .code("resource_missing")
                        .param("cancel[identifier]"));
    if (world.now(one.customer()) - one.received() > CANCELLABLE_FOR) {
      throw ApiError.invalid(
              "Meter events can only be cancelled within 24 hours of Stripe receiving them.")
          .param("cancel[identifier]");
    }
    counted.remove(identifier);
    usage.remove(one);
  }

  /** Reports errors that have waited long enough. */
  public void reportDueErrors() {
    errors.reportDue();
  }

  /** Reports every error now. */
  public void reportErrors() {
    errors.reportAll();
  }

  /** Takes over what a snapshot holds. */
  public void load(JsonNode saved) {
    for (JsonNode row : saved) {
      Counted one = Usage.counted((ObjectNode) row);
      usage.add(one);
      counted.put(one.identifier(), one);
      identifiers.put(one.identifier(), one.received());
    }
  }
}
