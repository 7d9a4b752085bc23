package io.creditledger.streams.http;

import java.util.List;

/**
 * A method on a path, and who answers it.
 *
 * @param template the path with names in braces, as {@code openapi.yaml} writes it
 * @param produces the media types of its answers, the default first
 */
record Route(String method, String template, List<String> produces, Endpoint endpoint) {

  static Route get(String template, Endpoint endpoint) {
    return new Route("GET", template, List.of(Json.MEDIA_TYPE), endpoint);
  }

  static Route put(String template, Endpoint endpoint) {
    return new Route("PUT", template, List.of(Json.MEDIA_TYPE), endpoint);
  }

  static Route post(String template, Endpoint endpoint) {
    return new Route("POST", template, List.of(Json.MEDIA_TYPE), endpoint);
  }

  static Route patch(String template, Endpoint endpoint) {
    return new Route("PATCH", template, List.of(Json.MEDIA_TYPE), endpoint);
  }

  /** The same with answers of other types. */
  Route producing(String... mediaTypes) {
    return new Route(method, template, List.of(mediaTypes), endpoint);
  }
}
