package io.creditledger.stripe.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every route there is. A pattern's segment in braces matches any one segment. */
public final class Routes {

  /** One route: what it matches, what it accepts, what it does. */
  public record Route(String method, List<String> segments, Shape shape, Endpoint endpoint) {

    public Route {
      segments = List.copyOf(segments);
    }

    /** The pattern as text, for logs and statistics. */
    public String pattern() {
      return method + " /" + String.join("/", segments);
    }

    Optional<List<String>> match(String otherMethod, List<String> path) {
      if (!method.equals(otherMethod) || path.size() != segments.size()) {
        return Optional.empty();
      }
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < path.size(); i++) {
        String segment = segments.get(i);
        if (segment.startsWith("{")) {
          ids.add(path.get(i));
        } else if (!segment.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(ids);
    }
  }

  /** A route that matched, and what its variable segments were. */
  public record Match(Route route, List<String> ids) {

    public Match {
      ids = List.copyOf(ids);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /**
   * Adds a route. {@code what} is a method and a pattern, as in {@code POST /v1/customers/{id}}.
   */
  public void add(String what, String shape, Endpoint endpoint) {
    int space = what.indexOf(' ');
    routes.add(
        new Route(
            what.substring(0, space),
            split(what.substring(space + 1)),
            Shape.parse(shape),
            endpoint));
  }

  /** The route for a request. A literal segment wins over a variable one. */
  public Optional<Match> find(String method, String path) {
    List<String> segments = split(path);
    Optional<Match> best = Optional.empty();
    for (Route route : routes) {
      Optional<List<String>> ids = route.match(method, segments);
      if (ids.isPresent() && (best.isEmpty() || ids.get().size() < best.get().ids().size())) {
        best = Optional.of(new Match(route, ids.get()));
      }
    }
    return best;
  }

  /** All patterns, in the order in which they were added. */
  public List<String> patterns() {
    return routes.stream().map(Route::pattern).toList();
  }

  private static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }
}
