package io.creditledger.streams.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes a request to the instance that owns its customer, once. */
final class Forwarder implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final List<HeaderName> PASSED_ON =
      List.of(
          HeaderNames.CONTENT_TYPE,
          HeaderNames.ACCEPT,
          HeaderNames.AUTHORIZATION,
          HeaderNames.create("Prefer"),
          HeaderNames.create("Idempotency-Key"));
  private static final List<String> PASSED_BACK =
      List.of("Retry-After", "Preference-Applied", "Cache-Control", "WWW-Authenticate");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(threads)
          .build();
  private final Duration timeout;

  Forwarder(Duration timeout) {
    this.timeout = timeout;
  }

  /** The other instance's answer to the request as it came. */
  Reply forward(URI base, Request request, Prefer prefer) {
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    HttpRequest.Builder copy =
        to(base, Percent.encodeRest(request.rawPath() + query), prefer)
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    PASSED_ON.forEach(
        name -> request.header(name).ifPresent(value -> copy.header(name.defaultCase(), value)));
    request
        .headers()
        .forEach(
            header -> {
              if (header.name().toLowerCase(Locale.ROOT).startsWith("ce-")) {
                copy.header(header.name(), header.get());
              }
            });
    return send(copy.build());
  }

  /** The other instance's answer to its part of a batch. */
  CompletableFuture<Reply> post(URI base, byte[] events, Request of, Prefer prefer) {
    HttpRequest.Builder part =
        to(base, of.rawPath(), prefer)
            .POST(HttpRequest.BodyPublishers.ofByteArray(events))
            .header("Content-Type", Json.MEDIA_TYPE)
            .header("Prefer", "wait=" + prefer.patience().toSeconds());
    of.header(HeaderNames.AUTHORIZATION)
        .ifPresent(value -> part.header(HeaderNames.AUTHORIZATION.defaultCase(), value));
    return client
        .sendAsync(part.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(Forwarder::reply)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(silent()));
  }

  private HttpRequest.Builder to(URI base, String pathAndQuery, Prefer prefer) {
    String root = base.toString();
    String address = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return HttpRequest.newBuilder(URI.create(address + pathAndQuery))
        .timeout(timeout.plus(prefer.patience()))
        .header(Request.FORWARDED.defaultCase(), "1");
  }

  private Reply send(HttpRequest request) {
    try {
      return reply(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw silent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ErrorCode.UNAVAILABLE, "the service is stopping").exception();
    }
  }

  private static ProblemException silent() {
    return Problem.of(ErrorCode.UNAVAILABLE, "the instance that holds the customer does not answer")
        .exception();
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    HttpHeaders headers = response.headers();
    Reply reply =
        Reply.of(
            response.statusCode(), headers.firstValue("Content-Type").orElse(""), response.body());
    for (String name : PASSED_BACK) {
      Optional<String> value = headers.firstValue(name);
      reply = value.isPresent() ? reply.with(name, value.get()) : reply;
    }
    return reply;
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
