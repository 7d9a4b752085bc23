package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to the caller: a status, a JSON text, and the headers beyond the usual ones. */
public record Answer(int status, String body, Map<String, String> headers) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer ok(JsonNode body) {
    return new Answer(200, Json.write(body), Map.of());
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, more);
  }
}
