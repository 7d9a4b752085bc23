package io.creditledger.stripe.simulator.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All objects of one kind, in the order in which they came to be. */
public final class Table {

  private static final int PAGE_DEFAULT = 10;
  private static final int PAGE_MAX = 100;

  private final String kind;
  private final Map<String, ObjectNode> rows = new LinkedHashMap<>();

  Table(String kind) {
    this.kind = kind;
  }

  /** Keeps a new object, or the new form of one. */
  public ObjectNode put(ObjectNode row) {
    rows.put(Json.string(row, "id"), row);
    return row;
  }

  public Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  /** The object with that id; the refusal names the parameter that asked for it. */
  public ObjectNode get(String id, String param) {
    return find(id).orElseThrow(() -> ApiError.noSuch(kind, id, param));
  }

  /** The object that the path names. */
  public ObjectNode get(String id) {
    return get(id, "id");
  }

  public void remove(String id) {
    rows.remove(id);
  }

  public int size() {
    return rows.size();
  }

  /** All rows, oldest first. A copy: rows may be added while it is read. */
  public List<ObjectNode> all() {
    return new ArrayList<>(rows.values());
  }

  public Stream<ObjectNode> where(Predicate<ObjectNode> condition) {
    return all().stream().filter(condition);
  }

  /** The rows whose field holds exactly that text. */
  public Stream<ObjectNode> where(String field, String value) {
    return where(row -> row.path(field).asText("").equals(value));
  }

  /** One page, newest first, as Stripe's list endpoints answer it. */
  public ObjectNode page(ObjectNode params, String url, Predicate<ObjectNode> condition) {
    List<ObjectNode> newestFirst = new ArrayList<>(rows.values());
    Collections.reverse(newestFirst);
    return page(newestFirst.stream().filter(condition).toList(), params, url);
  }

  /** One page of rows that are already in the order of the list. */
  public static ObjectNode page(List<ObjectNode> rows, ObjectNode params, String url) {
    long limit = Json.whole(params, "limit").orElse((long) PAGE_DEFAULT);
    if (limit < 1 || limit > PAGE_MAX) {
      throw ApiError.invalidParameter("limit", "Invalid limit: must be between 1 and " + PAGE_MAX);
    }
    Optional<String> after = Json.text(params, "starting_after");
    Optional<String> before = Json.text(params, "ending_before");
    int from = after.map(id -> position(rows, id, "starting_after") + 1).orElse(0);
    int to = (int) Math.min(rows.size(), from + limit);
    boolean more = to < rows.size();
    if (before.isPresent()) {
      to = position(rows, before.get(), "ending_before");
      from = (int) Math.max(0, to - limit);
      more = from > 0;
    }
    ObjectNode page = Json.object().put("object", "list").put("url", url).put("has_more", more);
    var data = page.putArray("data");
    rows.subList(from, to).forEach(row -> data.add(row.deepCopy()));
    return page;
  }

  private static int position(List<ObjectNode> rows, String id, String param) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).path("id").asText().equals(id)) {
        return i;
      }
    }
    throw ApiError.noSuch("object", id, param);
  }
}
