package io.creditledger.stripe.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.stripe.client.CannotException;
import io.creditledger.stripe.client.StripeReads;
import io.creditledger.stripe.json.StripeJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stripe's two lists of events, each of the last 30 days, the newest first. */
enum EventList {
  /** Of the first API, with whole objects. */
  SNAPSHOT("/v1/events") {
    @Override
    String written(Instant time) {
      return Long.toString(time.getEpochSecond());
    }

    @Override
    Optional<String> next(String query, JsonNode page) {
      List<JsonNode> events = StripeJson.items(page);
      return events.isEmpty() || !page.path("has_more").asBoolean()
          ? Optional.empty()
          : Optional.of(query + parameter("starting_after", text(events.getLast(), "id")));
    }
  },
  /** Of the second API, that name the object they are about. */
  THIN("/v2/core/events") {
    @Override
    String written(Instant time) {
      return time.toString();
    }

    @Override
    Optional<String> next(String query, JsonNode page) {
      return StripeJson.text(page, "next_page_url");
    }
  };

  /** How many types Stripe lets a list be asked for at once. */
  static final int TYPES_MAX = 20;

  private static final int PAGE = 100;

  private final String path;

  EventList(String path) {
    this.path = path;
  }

  abstract String written(Instant time);

  /** What asks for the page after this one, of what the query asked for. */
  abstract Optional<String> next(String query, JsonNode page);

  /** The newest event there is, of whatever type. */
  Optional<JsonNode> newest(StripeReads reads) throws InterruptedException {
    return StripeJson.items(page(reads, path + "?limit=1")).stream().findFirst();
  }

  /** What asks for events of these types between two times, both inclusive. */
  String query(List<String> types, Instant from, Instant until) {
    StringBuilder query = new StringBuilder(path).append("?limit=").append(PAGE);
    for (int i = 0; i < types.size(); i++) {
      query.append(parameter("types[" + i + "]", types.get(i)));
    }
    return query
        .append(parameter("created[gte]", written(from)))
        .append(parameter("created[lte]", written(until)))
        .toString();
  }

  JsonNode page(StripeReads reads, String query) throws InterruptedException {
    return reads.find(query).orElseThrow(() -> new CannotException("Stripe has no list " + path));
  }

  private static String parameter(String name, String value) {
    return "&" + StripeReads.escaped(name) + "=" + StripeReads.escaped(value);
  }

  private static String text(JsonNode event, String field) {
    return event.path(field).asText();
  }
}
