package io.creditledger.stripe.request;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before a simulator and keeps every request that passes; a lost answer stays lost. */
public final class RecordingProxy implements AutoCloseable {

  private static final Set<String> PASSED =
      Set.of("authorization", "content-type", "idempotency-key", "stripe-version", "user-agent");
  private static final Set<String> GIVEN_BACK =
      Set.of("stripe-rate-limited-reason", "idempotent-replayed", "stripe-should-retry");

  private final URI target;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<MadeRequest> made = new ConcurrentLinkedQueue<>();
  private final WebServer server;

  private RecordingProxy(URI target) {
    this.target = target;
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(100))
            .protocolsDiscoverServices(true)
            // The client of Stripe sends brackets in queries as they are.
            .addProtocol(Http1Config.builder().validatePath(false).validatePrologue(false).build())
            .routing(routing -> routing.any(this::pass))
            .build()
            .start();
  }

  /** A proxy before a simulator. */
  public static RecordingProxy before(URI target) {
    return new RecordingProxy(target);
  }

  /** What to give a client as Stripe's address. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** All requests so far, oldest first. */
  public List<MadeRequest> made() {
    return List.copyOf(made);
  }

  /** Those of that method whose path matches. */
  public List<MadeRequest> made(String method, String pathPattern) {
    return made.stream()
        .filter(request -> request.method().equals(method) && request.path().matches(pathPattern))
        .toList();
  }

  private void pass(ServerRequest request, ServerResponse response) throws InterruptedException {
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    MadeRequest passing =
        new MadeRequest(
            request.prologue().method().text(),
            request.path().path(),
            request.query().rawValue(),
            request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
            new String(body, StandardCharsets.UTF_8),
            request.headers().first(HeaderNames.create("Idempotency-Key")));
    made.add(passing);
    String query = passing.query().isEmpty() ? "" : "?" + passing.query();
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(target.resolve(passing.path() + query))
            .method(passing.method(), BodyPublishers.ofByteArray(body));
    request
        .headers()
        .forEach(
            header -> {
              if (PASSED.contains(header.headerName().lowerCase())) {
                onward.header(header.name(), header.get());
              }
            });
    answer(onward.build(), response);
  }

  private void answer(HttpRequest onward, ServerResponse response) throws InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(onward, BodyHandlers.ofByteArray());
    } catch (IOException lost) {
      throw new CloseConnectionException("there was no answer", lost);
    }
    response.status(Status.create(answer.statusCode()));
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    GIVEN_BACK.forEach(
        name ->
            answer
                .headers()
                .firstValue(name)
                .ifPresent(value -> response.header(HeaderNames.create(name), value)));
    response.send(answer.body());
  }

  @Override
  public void close() {
    server.stop();
    client.close();
  }
}
