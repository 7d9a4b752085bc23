package io.creditledger.stripe.simulator.meter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.meter.MeterEvent.Counted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every event that counts, and what they come to. */
public final class Usage {

  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  private final Map<String, List<Counted>> events = new HashMap<>();

  void add(Counted event) {
    events
        .computeIfAbsent(key(event.meter(), event.customer()), key -> new ArrayList<>())
        .add(event);
  }

  void remove(Counted event) {
    events.getOrDefault(key(event.meter(), event.customer()), new ArrayList<>()).remove(event);
  }

  private static String key(String meter, String customer) {
    return meter + " " + customer;
  }

  private List<Counted> between(ObjectNode meter, String customer, long from, long to) {
    return events.getOrDefault(key(Json.string(meter, "id"), customer), List.of()).stream()
        .filter(event -> event.timestamp() >= from && event.timestamp() < to)
        .toList();
  }

  /** What a customer used in a half-open interval; nothing if no event falls into it. */
  public Optional<BigDecimal> total(ObjectNode meter, String customer, long from, long to) {
    List<Counted> found = lastOfEachWindow(meter, between(meter, customer, from, to));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (Json.string(Json.child(meter, "default_aggregation"), "formula")) {
          case "count" -> BigDecimal.valueOf(found.size());
          case "last" ->
              found.stream()
                  .max(
                      Comparator.comparingLong(Counted::timestamp)
                          .thenComparingLong(Counted::received))
                  .orElseThrow()
                  .value();
          default -> found.stream().map(Counted::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        });
  }

  /** Of a pre-aggregated meter only the event received last in each window counts. */
  private static List<Counted> lastOfEachWindow(ObjectNode meter, List<Counted> found) {
    Optional<String> window = Json.text(meter, "event_time_window");
    if (window.isEmpty()) {
      return found;
    }
    long length = window.get().equals("hour") ? HOUR : DAY;
    Map<Long, Counted> last = new LinkedHashMap<>();
    found.forEach(event -> last.put(Math.floorDiv(event.timestamp(), length), event));
    return new ArrayList<>(last.values());
  }

  /** All that count, as a snapshot keeps them. */
  public ArrayNode save() {
    ArrayNode saved = Json.array();
    events.values().forEach(list -> list.forEach(event -> saved.add(row(event))));
    return saved;
  }

  private static ObjectNode row(Counted event) {
    return Json.object()
        .put("identifier", event.identifier())
        .put("event_name", event.eventName())
        .put("meter", event.meter())
        .put("customer", event.customer())
        .put("timestamp", event.timestamp())
        .put("received", event.received())
        .put("value", event.value().toPlainString());
  }

  static Counted counted(ObjectNode row) {
    return new Counted(
        Json.string(row, "identifier"),
        Json.string(row, "event_name"),
        Json.string(row, "meter"),
        Json.string(row, "customer"),
        Json.number(row, "timestamp"),
        Json.number(row, "received"),
        new BigDecimal(Json.string(row, "value")));
  }
}
