package io.creditledger.stripe.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** An endpoint that keeps what it is sent, and fails as often as it is told to. */
final class WebhookSink implements AutoCloseable {

  static final String SECRET = "whsec_of_the_test";

  private final HttpServer server;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final Map<String, String> signatures = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  WebhookSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean failing = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!failing) {
            signatures.put(body, exchange.getRequestHeaders().getFirst("Stripe-Signature"));
            bodies.add(body);
          }
          exchange.sendResponseHeaders(failing ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks");
  }

  void failNext(int times) {
    failures.set(times);
  }

  /** Everything that was received, as soon as it is at least so much. */
  List<String> await(int atLeast) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bodies.size() >= atLeast);
    return List.copyOf(bodies);
  }

  List<String> received() {
    return List.copyOf(bodies);
  }

  String signature(String body) {
    return signatures.get(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
