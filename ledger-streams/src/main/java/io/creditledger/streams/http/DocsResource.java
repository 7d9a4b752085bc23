package io.creditledger.streams.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The API's description, for programs and for people. */
final class DocsResource {

  private static final String YAML = "application/yaml";
  private static final String HTML = "text/html; charset=utf-8";

  /** The page is complete in itself: it may load nothing from anywhere, and talk only to us. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
          + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final byte[] yaml;
  private final byte[] json;
  private final byte[] html;

  DocsResource(OpenApi api) {
    this.yaml = api.yaml().getBytes(StandardCharsets.UTF_8);
    this.json = api.json().getBytes(StandardCharsets.UTF_8);
    this.html = new DocsPage(api).html().getBytes(StandardCharsets.UTF_8);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/openapi.yaml", request -> Reply.of(200, YAML, yaml)).producing(YAML),
        Route.get("/openapi.json", request -> Reply.of(200, Json.MEDIA_TYPE, json)),
        Route.get(
                "/docs",
                request -> Reply.of(200, HTML, html).with("Content-Security-Policy", POLICY))
            .producing(HTML));
  }
}
