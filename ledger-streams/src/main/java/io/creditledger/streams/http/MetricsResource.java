package io.creditledger.streams.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All figures of the process, in Prometheus' text format. */
final class MetricsResource {

  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  MetricsResource(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  List<Route> routes() {
    return List.of(Route.get("/metrics", this::scrape).producing(MEDIA_TYPE));
  }

  private Reply scrape(Request request) {
    byte[] text = registry.scrape(MEDIA_TYPE).getBytes(StandardCharsets.UTF_8);
    return Reply.of(200, MEDIA_TYPE, text);
  }
}
