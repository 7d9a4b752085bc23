package io.creditledger.stripe.simulator.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.util.Map.Entry;

/** What differs between two forms of one object, as an update event tells it. */
public final class Changes {

  private Changes() {}

  /** The fields that changed, as they were before; one that was absent is null. */
  public static ObjectNode between(ObjectNode before, ObjectNode after) {
    ObjectNode changed = Json.object();
    for (Entry<String, JsonNode> field : after.properties()) {
      JsonNode old = before.get(field.getKey());
      if (!field.getValue().equals(old)) {
        changed.set(field.getKey(), old);
      }
    }
    return changed;
  }
}
