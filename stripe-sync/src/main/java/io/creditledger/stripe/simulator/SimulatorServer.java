package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.http.Answer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The HTTP side: bytes to a request, an answer to bytes. */
final class SimulatorServer {

  private static final Duration STOP_GRACE = Duration.ofMillis(500);

  private final SimulatorSettings settings;
  private final Gateway gateway;
  private final ControlApi control;
  private final WebServer server;

  SimulatorServer(SimulatorSettings settings, Gateway gateway, ControlApi control) {
    this.settings = settings;
    this.gateway = gateway;
    this.control = control;
    this.server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(STOP_GRACE)
            .protocolsDiscoverServices(true)
            // The client of Stripe sends brackets in queries as they are.
            .addProtocol(Http1Config.builder().validatePath(false).validatePrologue(false).build())
            .routing(routing -> routing.any(this::handle))
            .build();
  }

  void start() {
    server.start();
  }

  void stop() {
    server.stop();
  }

  URI baseUri() {
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    return URI.create("http://" + host + ":" + server.port());
  }

  private void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Gateway.Incoming incoming = incoming(request);
    Optional<Answer> answer =
        incoming.path().startsWith("/_sim/")
            ? Optional.of(control.answer(incoming))
            : gateway.answer(incoming);
    if (answer.isEmpty()) {
      throw new CloseConnectionException("scripted to close without an answer");
    }
    response.status(Status.create(answer.get().status()));
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    answer
        .get()
        .headers()
        .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.send(answer.get().body().getBytes(StandardCharsets.UTF_8));
  }

  private static Gateway.Incoming incoming(ServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.put(header.name().toLowerCase(Locale.ROOT), header.get()));
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    return new Gateway.Incoming(
        request.prologue().method().text(),
        request.path().path(),
        request.query().rawValue(),
        new String(body, StandardCharsets.UTF_8),
        headers);
  }
}
