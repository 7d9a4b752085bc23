package io.creditledger.stripe.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.stripe.simulator.event.EventLog;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.Fault.Kind;
import io.creditledger.stripe.simulator.fault.Faults;
import io.creditledger.stripe.simulator.http.Answer;
import io.creditledger.stripe.simulator.http.ApiError;
import io.creditledger.stripe.simulator.http.Call;
import io.creditledger.stripe.simulator.http.FormBody;
import io.creditledger.stripe.simulator.http.Json;
import io.creditledger.stripe.simulator.http.Routes;
import io.creditledger.stripe.simulator.meter.MeterEventEndpoints;
import io.creditledger.stripe.simulator.state.Expansion;
import io.creditledger.stripe.simulator.state.Idempotency;
import io.creditledger.stripe.simulator.state.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its answer: who asks, what goes wrong, what is asked, whether it was before.
 */
final class Gateway {

  /** A request as it came in. */
  record Incoming(
      String method, String path, String query, String body, Map<String, String> headers) {

    Incoming {
      headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isV2() {
      return path.startsWith("/v2/");
    }

    boolean writes() {
      return method.equals("POST");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final SimulatorSettings settings;
  private final World world;
  private final Routes routes;
  private final EventLog log;
  private final Faults faults;
  private final RequestLog seen;
  private final Idempotency idempotency;
  private final Expansion expansion;
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, String> underWay = new ConcurrentHashMap<>();
  private long second;
  private int inSecond;

  Gateway(
      SimulatorSettings settings,
      World world,
      Routes routes,
      EventLog log,
      Faults faults,
      RequestLog seen) {
    this.settings = settings;
    this.world = world;
    this.routes = routes;
    this.log = log;
    this.faults = faults;
    this.seen = seen;
    this.idempotency = new Idempotency(world);
    this.expansion = new Expansion(world);
  }

  /** The answer to a request; nothing if the connection is to close without one. */
  Optional<Answer> answer(Incoming request) throws InterruptedException {
    String requestId = "req_" + Long.toString(System.nanoTime(), 36) + requests.incrementAndGet();
    Optional<Fault> fault = faults.strike(request.method() + " " + request.path());
    Optional<Answer> answer = underFault(request, requestId, fault);
    seen.add(request, requestId, fault, answer);
    return answer.map(
        given -> given.with("Request-Id", requestId).with("Stripe-Version", settings.apiVersion()));
  }

  private Optional<Answer> underFault(Incoming request, String requestId, Optional<Fault> fault)
      throws InterruptedException {
    if (fault.filter(struck -> struck.kind() == Kind.LOST_REQUEST).isPresent()) {
      return Optional.empty();
    }
    Answer answer;
    try {
      if (aboveRate()) {
        throw Refusals.rateLimited("global-rate");
      }
      answer = once(request, requestId, fault);
    } catch (ApiError e) {
      return Optional.of(e.answer(requestId));
    }
    return fault.filter(struck -> struck.kind() == Kind.LOST_ANSWER).isPresent()
        ? Optional.empty()
        : Optional.of(answer);
  }

  private synchronized boolean aboveRate() {
    long now = System.nanoTime() / 1_000_000_000L;
    if (now != second) {
      second = now;
      inSecond = 0;
    }
    inSecond++;
    return settings.requestsPerSecondMax() > 0 && inSecond > settings.requestsPerSecondMax();
  }

  /** Lets one request of a kind through at a time where Stripe does, and waits where scripted. */
  private Answer once(Incoming request, String requestId, Optional<Fault> fault)
      throws InterruptedException {
    String token = authenticate(request);
    Routes.Match match =
        routes
            .find(request.method(), request.path())
            .orElseThrow(() -> Refusals.unrecognized(request.method(), request.path()));
    ObjectNode raw = parameters(request);
    List<String> claims = claims(request, raw);
    for (int i = 0; i < claims.size(); i++) {
      if (underWay.putIfAbsent(claims.get(i), requestId) != null) {
        claims.subList(0, i).forEach(underWay::remove);
        throw Refusals.conflict();
      }
    }
    try {
      if (fault.isPresent() && !fault.get().delay().isZero()) {
        Thread.sleep(fault.get().delay());
      }
      return world.locked(() -> perform(request, match, raw, token, requestId, fault));
    } finally {
      claims.forEach(underWay::remove);
    }
  }

  /** What no two requests may hold at once: an idempotency key; a meter of a customer. */
  private static List<String> claims(Incoming request, ObjectNode raw) {
    Optional<String> key = request.writes() ? request.header("Idempotency-Key") : Optional.empty();
    Optional<String> meter =
        request.path().equals("/v1/billing/meter_events")
            ? Optional.of(
                "meter "
                    + raw.path("event_name").asText()
                    + " "
                    + raw.path("payload").path("stripe_customer_id").asText())
            : Optional.empty();
    return List.of(key.map(text -> "key " + text), meter).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private String authenticate(Incoming request) {
    String header = request.header("Authorization").orElse("");
    String token = "";
    if (header.startsWith("Bearer ")) {
      token = header.substring("Bearer ".length()).strip();
    } else if (header.startsWith("Basic ")) {
      byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
      token = new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
    }
    if (token.isEmpty()) {
      throw ApiError.of(
          401,
          "invalid_request_error",
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
    }
    boolean stream = (request.method() + " " + request.path()).equals(MeterEventEndpoints.STREAM);
    if (!stream && !token.equals(settings.apiKey())) {
      throw ApiError.of(
          401,
          "invalid_request_error",
          "Invalid API Key provided: "
              + "*".repeat(8)
              + token.substring(Math.max(0, token.length() - 4)));
    }
    return token;
  }

  private static ObjectNode parameters(Incoming request) {
    if (!request.writes()) {
      return FormBody.parse(request.query());
    }
    if (!request.isV2()) {
      ObjectNode form = FormBody.parse(request.body());
      form.setAll(FormBody.parse(request.query()));
      return form;
    }
    try {
      JsonNode body = request.body().isBlank() ? Json.object() : Json.read(request.body());
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Falls through to the refusal below.
    }
    throw ApiError.invalid("Invalid JSON in the request's body").beforeWork();
  }

  private Answer perform(
      Incoming request,
      Routes.Match match,
      ObjectNode raw,
      String token,
      String requestId,
      Optional<Fault> fault) {
    Optional<String> key = request.writes() ? request.header("Idempotency-Key") : Optional.empty();
    String fingerprint = request.method() + " " + request.path() + " " + Json.write(raw);
    fault
        .map(Fault::kind)
        .filter(kind -> !keeps(kind))
        .ifPresent(kind -> refuse(kind, fault.get()));
    if (key.isPresent()) {
      Optional<Answer> before = idempotency.replay(key.get(), fingerprint);
      if (before.isPresent()) {
        return before.get();
      }
    }
    Answer answer;
    boolean keep = true;
    try {
      fault.map(Fault::kind).filter(Gateway::keeps).ifPresent(kind -> refuse(kind, fault.get()));
      answer = work(match, raw, token, requestId, key);
      if (fault.filter(struck -> struck.kind() == Kind.SERVER_ERROR_AFTER_WORK).isPresent()) {
        answer = Refusals.serverError().answer(requestId);
      }
    } catch (ApiError e) {
      keep = !e.isBeforeWork();
      answer = e.answer(requestId);
    } catch (RuntimeException e) {
      LOG.error("the simulator failed at {}", match.route().pattern(), e);
      answer = Refusals.serverError().answer(requestId);
    }
    boolean stream = match.route().pattern().equals(MeterEventEndpoints.STREAM);
    if (key.isPresent() && keep && !stream && (!request.isV2() || answer.status() == 200)) {
      idempotency.keep(key.get(), fingerprint, requestId, answer);
    }
    return answer;
  }

  private Answer work(
      Routes.Match match, ObjectNode raw, String token, String requestId, Optional<String> key) {
    ObjectNode params = match.route().shape().read(raw);
    log.begin(new EventLog.Origin(requestId, key));
    try {
      JsonNode body =
          match.route().endpoint().handle(new Call(match.ids(), params, requestId, key, token));
      JsonNode visible = Json.visible(body);
      return Answer.ok(Json.visible(expansion.expand(visible, Json.strings(params, "expand"))));
    } finally {
      log.end();
    }
  }

  private static boolean keeps(Kind kind) {
    return kind == Kind.LOCK_TIMEOUT_KEPT || kind == Kind.SERVER_ERROR_KEPT;
  }

  private static void refuse(Kind kind, Fault fault) {
    switch (kind) {
      case RATE_LIMITED -> throw Refusals.rateLimited(fault.reason());
      case LOCK_TIMEOUT -> throw Refusals.lockTimeout().beforeWork();
      case LOCK_TIMEOUT_KEPT -> throw Refusals.lockTimeout();
      case CONFLICT -> throw Refusals.conflict();
      case SERVER_ERROR -> throw Refusals.serverError().beforeWork();
      case SERVER_ERROR_KEPT -> throw Refusals.serverError();
      case SESSION_EXPIRED -> throw MeterEventEndpoints.expired();
      case SERVER_ERROR_AFTER_WORK, LOST_ANSWER, LOST_REQUEST, LATENCY -> {
        // Not refused: these strike before or after the work, not in its place.
      }
    }
  }
}
