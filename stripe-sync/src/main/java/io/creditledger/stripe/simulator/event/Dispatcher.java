package io.creditledger.stripe.simulator.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.state.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers events to the endpoints that want them: signed, one at a time per endpoint, again after
 * a failure, and astray as the plan says. Everything but the sending itself is done under the
 * simulator's lock. Signatures carry the machine's time, whatever the account's is: a receiver
 * compares them with its own.
 */
public final class Dispatcher implements AutoCloseable {

  /** What a payload looks like. One endpoint gets one style. */
  public enum Style {
    SNAPSHOT,
    THIN
  }

  private static final int ATTEMPTS_REMEMBERED = 100_000;

  private final World world;
  private final List<Duration> retryDelays;
  private final Duration timeout;
  private final HttpClient http;
  private final Fates fates = new Fates();
  private final Map<String, DelayQueue<Delivery>> queues = new HashMap<>();
  private final List<Thread> workers = new ArrayList<>();
  private final List<Delivery> held = new ArrayList<>();
  private final Deque<DeliveryAttempt> attempts = new ArrayDeque<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger untried = new AtomicInteger();
  private long sequence;

  /**
   * A dispatcher for that account's endpoints.
   *
   * @param retryDelays how long each retry waits; after the last one the event is given up
   * @param timeout how long an endpoint may take to answer
   */
  public Dispatcher(World world, List<Duration> retryDelays, Duration timeout) {
    this.world = world;
    this.retryDelays = List.copyOf(retryDelays);
    this.timeout = timeout;
    this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** Begins a plan from its start. */
  public void follow(WebhookPlan plan) {
    fates.follow(plan);
  }

  boolean drawsTwin(String type) {
    return fates.drawsTwin(type);
  }

  boolean wantsThin(String type) {
    return endpoints(Style.THIN).stream().anyMatch(endpoint -> namesExactly(endpoint, type));
  }

  /** Sends an event on its way to every endpoint that wants it. */
  void offer(ObjectNode event, Style style) {
    String type = Json.string(event, "type");
    Fates.Course course = fates.course(type);
    for (ObjectNode endpoint : endpoints(style)) {
      if (!wants(endpoint, type)) {
        continue;
      }
      pending(event, 1);
      if (course.lost()) {
        continue;
      }
      Delivery delivery = delivery(event, endpoint);
      for (int copy = 0; copy < course.copies(); copy++) {
        if (course.held()) {
          held.add(delivery);
        } else {
          offer(delivery, fates.delay(type));
        }
      }
    }
  }

  private void offer(Delivery delivery, Duration delay) {
    if (delay.isZero()) {
      untried.incrementAndGet();
    }
    enqueue(delivery.due(delay).prompt(delay.isZero()));
  }

  /** Whether everything that is to go out at once has been tried once. */
  public boolean isTried() {
    return untried.get() == 0;
  }

  /** Sends an event again to every endpoint that wants it, as the dashboard's button does. */
  public void resend(ObjectNode event) {
    Style style = Json.string(event, "object").equals("event") ? Style.SNAPSHOT : Style.THIN;
    endpoints(style).stream()
        .filter(endpoint -> wants(endpoint, Json.string(event, "type")))
        .forEach(endpoint -> enqueue(delivery(event, endpoint)));
  }

  /** The ids of the events that are held, in the order in which they happened. */
  public List<String> held() {
    return held.stream().map(Delivery::eventId).distinct().toList();
  }

  /** Lets held events go, in the order given. */
  public void release(List<String> events) {
    for (String event : events) {
      held.stream()
          .filter(delivery -> delivery.eventId().equals(event))
          .forEach(delivery -> enqueue(delivery.due(Duration.ZERO)));
      held.removeIf(delivery -> delivery.eventId().equals(event));
    }
  }

  /** Lets all held events go, the newest first. */
  public void releaseBackwards() {
    List<String> events = new ArrayList<>(held());
    Collections.reverse(events);
    release(events);
  }

  /** How many deliveries are queued or being sent, retries included and held ones not. */
  public int underWay() {
    return underWay.get();
  }

  /** The latest attempts, oldest first. */
  public List<DeliveryAttempt> attempts() {
    return new ArrayList<>(attempts);
  }

  private List<ObjectNode> endpoints(Style style) {
    return world
        .table(WebhookEndpoints.TABLE)
        .where("_style", style.name())
        .filter(endpoint -> endpoint.path("status").asText().equals("enabled"))
        .toList();
  }

  private static boolean wants(ObjectNode endpoint, String type) {
    return Json.strings(endpoint, "enabled_events").contains("*") || namesExactly(endpoint, type);
  }

  private static boolean namesExactly(ObjectNode endpoint, String type) {
    return Json.strings(endpoint, "enabled_events").contains(type);
  }

  private Delivery delivery(ObjectNode event, ObjectNode endpoint) {
    JsonNode payload = Json.visible(event);
    if (Json.string(endpoint, "_style").equals(Style.SNAPSHOT.name())) {
      payload =
          ApiVersion.render(
              (ObjectNode) payload,
              Json.text(endpoint, "api_version").orElse(Json.string(event, "api_version")));
    }
    return new Delivery(
        Json.string(event, "id"),
        Json.string(event, "type"),
        Json.write(payload),
        Json.string(endpoint, "id"),
        1,
        sequence++,
        System.nanoTime(),
        false);
  }

  private static void pending(ObjectNode event, int change) {
    event.put("pending_webhooks", Math.max(0, event.path("pending_webhooks").asInt() + change));
  }

  private void enqueue(Delivery delivery) {
    underWay.incrementAndGet();
    queues.computeIfAbsent(delivery.endpointId(), this::startWorker).put(delivery);
  }

  private DelayQueue<Delivery> startWorker(String endpoint) {
    DelayQueue<Delivery> queue = new DelayQueue<>();
    workers.add(Thread.ofVirtual().name("webhooks " + endpoint).start(() -> work(queue)));
    return queue;
  }

  private void work(DelayQueue<Delivery> queue) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Delivery delivery = queue.take();
        int status = send(delivery);
        world.locked(() -> settle(delivery, status));
        underWay.decrementAndGet();
        if (delivery.prompt() && delivery.attempt() == 1) {
          untried.decrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int send(Delivery delivery) throws InterruptedException {
    ObjectNode endpoint =
        world.locked(
            () ->
                world
                    .table(WebhookEndpoints.TABLE)
                    .find(delivery.endpointId())
                    .orElse(Json.object()));
    if (!Json.has(endpoint, "url")) {
      return 200;
    }
    try {
      return http.send(request(endpoint, delivery.body()), BodyHandlers.discarding()).statusCode();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  private HttpRequest request(ObjectNode endpoint, String body) {
    return HttpRequest.newBuilder(URI.create(Json.string(endpoint, "url")))
        .timeout(timeout)
        .header("Content-Type", "application/json; charset=utf-8")
        .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
        .header(
            Signature.HEADER,
            Signature.of(body, Json.string(endpoint, "_secret"), System.currentTimeMillis() / 1000))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void settle(Delivery delivery, int status) {
    DeliveryAttempt attempt =
        new DeliveryAttempt(
            delivery.eventId(),
            delivery.type(),
            delivery.endpointId(),
            delivery.attempt(),
            status,
            world.instant());
    attempts.addLast(attempt);
    if (attempts.size() > ATTEMPTS_REMEMBERED) {
      attempts.removeFirst();
    }
    if (attempt.succeeded()) {
      world.find(delivery.eventId()).ifPresent(event -> pending(event, -1));
    } else if (delivery.attempt() <= retryDelays.size()) {
      enqueue(delivery.again(retryDelays.get(delivery.attempt() - 1)));
    }
  }

  /** Stops sending. What was under way is lost. */
  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
    http.shutdownNow();
  }
}
