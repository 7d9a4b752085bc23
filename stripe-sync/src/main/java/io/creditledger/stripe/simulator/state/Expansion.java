package io.creditledger.stripe.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import java.util.List;

/** Replaces ids by the objects they name where a caller asks for it: {@code expand[]=a.b}. */
public final class Expansion {

  private final World world;

  public Expansion(World world) {
    this.world = world;
  }

  /** The answer with each path expanded. A path that leads nowhere is left as it is. */
  public JsonNode expand(JsonNode answer, List<String> paths) {
    if (paths.isEmpty()) {
      return answer;
    }
    JsonNode copy = answer.deepCopy();
    paths.forEach(path -> walk(copy, List.of(path.split("\\.", -1))));
    return copy;
  }

  private void walk(JsonNode node, List<String> path) {
    if (path.isEmpty()) {
      return;
    }
    if (node.isArray()) {
      node.forEach(each -> walk(each, path));
    } else if (node instanceof ObjectNode object && Json.has(object, path.getFirst())) {
      JsonNode next = object.get(path.getFirst());
      if (next.isTextual()) {
        next = world.find(next.asText()).map(found -> (JsonNode) found.deepCopy()).orElse(next);
        object.set(path.getFirst(), next);
      }
      walk(next, path.subList(1, path.size()));
    }
  }
}
