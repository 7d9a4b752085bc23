package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers with what it is told to, in order, and keeps the requests. */
public final class StubLedger implements AutoCloseable {

  private final HttpServer server;
  private final Deque<Function<Received, Canned>> answers = new ArrayDeque<>();
  private final List<Received> requests = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  public record Received(
      String method,
      String target,
      String prefer,
      String accept,
      String contentType,
      String authorization,
      String body) {

    JsonNode json() throws IOException {
      return LedgerClient.MAPPER.readTree(body);
    }

    List<String> lines() {
      return body.lines().toList();
    }
  }

  /** An answer. */
  public record Canned(int status, String body) {}

  /** A stub that listens and knows no answer yet. */
  public StubLedger() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Has it answer the next request so. */
  public StubLedger answers(int status, String body) {
    return answers(request -> new Canned(status, body));
  }

  StubLedger answers(Function<Received, Canned> answer) {
    answers.add(answer);
    return this;
  }

  /** All requests until now. */
  public List<Received> requests() {
    return requests;
  }

  Received request() {
    return requests.getLast();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Received received =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              header(exchange, "Prefer"),
              header(exchange, "Accept"),
              header(exchange, "Content-Type"),
              header(exchange, "Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(received);
      Canned canned =
          answers.isEmpty() ? new Canned(500, "nothing canned") : answers.poll().apply(received);
      byte[] body = canned.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    return String.join(", ", values);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
