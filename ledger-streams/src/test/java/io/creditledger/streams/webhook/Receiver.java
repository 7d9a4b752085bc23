package io.creditledger.streams.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditledger.streams.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A customer's server: it keeps whatever comes, and answers as it is told to. */
final class Receiver implements AutoCloseable {

  /** What every endpoint of the tests signs with. */
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int port;
  private final Behaviour behaviour;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile HttpServer server;

  /** What it does with an attempt. */
  interface Behaviour {
    Answer to(Call call);
  }

  /** What it answers. */
  sealed interface Answer {
    /** A status, and how many seconds to stay away; 0: it does not say. */
    record Status(int code, int retryAfter) implements Answer {}

    /** Never. */
    record Silence() implements Answer {}

    /** A connection that ends in the middle. */
    record Break() implements Answer {}
  }

  static final Answer OK = new Answer.Status(204, 0);

  /**
   * One request.
   *
   * @param attempt which of this webhook's it is, from 1
   */
  record Call(int attempt, Map<String, List<String>> headers, String body, boolean verified) {

    String id() {
      return headers.get("Webhook-id").getFirst();
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String customer() {
      return json().path("data").path("customer").asText();
    }

    long sequence() {
      return json().path("data").path("sequence").asLong();
    }
  }

  private Receiver(int port, Behaviour behaviour) {
    this.port = port;
    this.behaviour = behaviour;
  }

  /** A receiver that listens. */
  static Receiver started(Behaviour behaviour) {
    Receiver receiver = stopped(behaviour);
    receiver.start();
    return receiver;
  }

  /** A receiver to which nobody can connect yet. */
  static Receiver stopped(Behaviour behaviour) {
    return new Receiver(FreePort.onLoopback(), behaviour);
  }

  void start() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/hooks?token=hush");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    int attempt = attempts.merge(id, 1, Integer::sum);
    Map<String, List<String>> headers = Map.copyOf(exchange.getRequestHeaders());
    Call call = new Call(attempt, headers, body, verifies(headers, body));
    calls.add(call);
    switch (behaviour.to(call)) {
      case Answer.Status status -> {
        if (status.retryAfter() > 0) {
          exchange.getResponseHeaders().add("Retry-After", "" + status.retryAfter());
        }
        exchange.sendResponseHeaders(status.code(), -1);
        exchange.close();
      }
      case Answer.Silence silence -> {
        awaitEnd();
        exchange.close();
      }
      case Answer.Break end -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.close();
      }
    }
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By the library that receivers use. */
  private static boolean verifies(Map<String, List<String>> headers, String body) {
    try {
      new Webhook(SECRET).verify(body, headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  /** Everything that came, in its order. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What came of one customer, in its order. */
  List<Call> calls(String customer) {
    return calls.stream().filter(call -> call.customer().equals(customer)).toList();
  }

  @Override
  public void close() {
    closed.countDown();
    if (server != null) {
      server.stop(0);
    }
  }
}
