package io.creditledger.streams.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the route of a path. Segments are told apart before they are decoded, so that an id may
 * hold an encoded slash.
 */
final class Router {

  private final Map<Integer, List<Path>> bySize = new LinkedHashMap<>();
  private final List<Route> routes;

  /** A path that some methods are known on. */
  private record Path(List<String> segments, Map<String, Route> byMethod) {

    boolean matches(String[] given) {
      for (int i = 0; i < given.length; i++) {
        String segment = segments.get(i);
        if (isName(segment) ? given[i].isEmpty() : !segment.equals(given[i])) {
          return false;
        }
      }
      return true;
    }

    static boolean isName(String segment) {
      return segment.startsWith("{");
    }
  }

  /** A route with the names of its template filled in. */
  record Match(Route route, Map<String, String> names) {}

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
    Map<String, Path> byTemplate = new LinkedHashMap<>();
    for (Route route : routes) {
      Path path =
          byTemplate.computeIfAbsent(
              route.template(),
              template -> new Path(List.of(split(template)), new LinkedHashMap<>()));
      if (path.byMethod().put(route.method(), route) != null) {
        throw new IllegalStateException("two routes for " + route.method() + route.template());
      }
    }
    byTemplate
        .values()
        .forEach(
            path ->
                bySize
                    .computeIfAbsent(path.segments().size(), size -> new ArrayList<>())
                    .add(path));
  }

  List<Route> routes() {
    return routes;
  }

  /**
   * The route of a request.
   *
   * @param rawPath still percent-encoded
   * @throws NotAllowed if the path is known, but not with that method
   * @throws ProblemException if the path is unknown or not well-formed
   */
  Match find(String method, String rawPath) throws NotAllowed {
    String[] given = split(rawPath);
    for (Path path : bySize.getOrDefault(given.length, List.of())) {
      if (path.matches(given)) {
        Route route = path.byMethod().get(method);
        if (route == null) {
          throw new NotAllowed(path.byMethod());
        }
        return new Match(route, names(path, given));
      }
    }
    Percent.decode(rawPath);
    throw Problem.of(ErrorCode.NOT_FOUND, "nothing is at " + rawPath).exception();
  }

  private static Map<String, String> names(Path path, String[] given) {
    Map<String, String> names = Map.of();
    for (int i = 0; i < given.length; i++) {
      String segment = path.segments().get(i);
      if (Path.isName(segment)) {
        if (names.isEmpty()) {
          names = new LinkedHashMap<>(2);
        }
        names.put(segment.substring(1, segment.length() - 1), Percent.decode(given[i]));
      }
    }
    return names;
  }

  private static String[] split(String path) {
    return path.substring(Math.min(1, path.length())).split("/", -1);
  }

  /** A known path with a method it does not know. */
  static final class NotAllowed extends Exception {
    private final String allow;

    NotAllowed(Map<String, Route> byMethod) {
      super("method not allowed", null, false, false);
      TreeSet<String> methods = new TreeSet<>(byMethod.keySet());
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      methods.add("OPTIONS");
      this.allow = String.join(", ", methods);
    }

    /** The value of the {@code Allow} header. */
    String allow() {
      return allow;
    }
  }
}
