package io.creditledger.stripe.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.Part;
import io.creditledger.stripe.Services;
import io.creditledger.stripe.reconcile.Reconciliation.Mode;
import io.creditledger.stripe.reconcile.RunRows.Ended;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compares the books when an operator asks for it, and on a schedule: {@code POST /v1/reconcile}
 * begins a comparison, and {@code GET /v1/reconcile/{run}} tells what came of it. Either waits for
 * a while; as long as it is under way the answer is 202.
 */
public final class ReconcilePart implements Part {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Duration kept;
  private final RunRows rows;
  private final Runs runs;
  private final Worker schedule;

  /** Works with what the parts share. */
  public ReconcilePart(Services services) {
    clock = services.config().clock();
    kept = services.config().rules().usage().eventsKept();
    rows = new RunRows(services.database());
    runs =
        new Runs(
            new Reconciliation(
                services, services.catalog(), new KafkaJournal(services.config().kafka()::reader)),
            rows,
            services.config().rules().reconcile(),
            clock);
    schedule =
        new Worker(
            "reconcile-schedule",
            () -> {
              runs.beginScheduled();
              return LOOK_EVERY;
            });
  }

  @Override
  public void adminRoutes(HttpRouting.Builder routing) {
    routing.post("/v1/reconcile", this::begin).get("/v1/reconcile/{run}", this::look);
  }

  private void begin(ServerRequest request, ServerResponse response) throws InterruptedException {
    try {
      Optional<Instant> from = time(request, "from");
      Optional<Instant> to = time(request, "to");
      check(from, to);
      Mode mode =
          request.query().first("repair").filter("true"::equals).isPresent()
              ? Mode.REPAIR
              : Mode.COMPARE;
      answer(response, runs.begin(from, to, mode));
    } catch (IllegalArgumentException wrong) {
      problem(
          response,
          Status.BAD_REQUEST_400,
          "INVALID_VALUE",
          wrong.getMessage(),
          "give from and to as times, such as 2026-12-01T00:00:00Z, the earlier one first");
    }
  }

  private void check(Optional<Instant> from, Optional<Instant> to) {
    Instant now = clock.instant();
    if (from.isPresent() && !from.get().isBefore(to.orElse(now))) {
      throw new IllegalArgumentException("from is not before to, which is now if it is not given");
    }
    if (from.or(() -> to).filter(time -> time.isBefore(now.minus(kept))).isPresent()) {
      throw new IllegalArgumentException(
          "what was sent is kept for " + kept + " (usage: events_kept), and this is longer ago");
    }
  }

  private static Optional<Instant> time(ServerRequest request, String name) {
    return request.query().first(name).map(YamlScalars::instant);
  }

  private void look(ServerRequest request, ServerResponse response) throws InterruptedException {
    String run = request.path().pathParameters().get("run");
    try {
      answer(response, Long.parseLong(run));
    } catch (NumberFormatException none) {
      unknown(response, run);
    }
  }

  private void answer(ServerResponse response, long run) throws InterruptedException {
    Optional<CompletableFuture<Report>> report = runs.report(run);
    if (report.isEmpty()) {
      unknown(response, String.valueOf(run));
      return;
    }
    try {
      Report found = report.get().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
      send(response, Status.OK_200, ReportJson.whole(found));
    } catch (TimeoutException underWay) {
      send(
          response,
          Status.ACCEPTED_202,
          MAPPER.createObjectNode().put("run", run).put("state", "running"));
    } catch (ExecutionException failed) {
      problem(
          response,
          Status.SERVICE_UNAVAILABLE_503,
          "BOOKS_UNREADABLE",
          String.valueOf(failed.getCause().getMessage()),
          "see that Kafka, PostgreSQL and Stripe answer, then compare again");
    }
  }

  private static void unknown(ServerResponse response, String run) {
    problem(
        response,
        Status.NOT_FOUND_404,
        "RUN_UNKNOWN",
        "no comparison " + run + " is kept here",
        "begin another one: POST /v1/reconcile");
  }

  private static void problem(
      ServerResponse response, Status status, String code, String detail, String remedy) {
    response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
    response
        .status(status)
        .send(
            MAPPER
                .createObjectNode()
                .put("code", code)
                .put("detail", detail)
                .put("remedy", remedy)
                .toString());
  }

  private static void send(ServerResponse response, Status status, ObjectNode body) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(body.toString());
  }

  /** The last comparison that ended, whoever asked for it. */
  @Override
  public void status(ObjectNode status) {
    rows.last().ifPresent(last -> add(status.putObject("reconciliation"), last));
  }

  private static void add(ObjectNode status, Ended last) {
    if (last.summary().isEmpty()) {
      status.put("at", last.at().toString()).put("failure", last.failure());
      return;
    }
    try {
      for (Map.Entry<String, JsonNode> field : MAPPER.readTree(last.summary().get()).properties()) {
        status.set(field.getKey(), field.getValue());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the summary of a comparison is no JSON", e);
    }
  }

  @Override
  public void start() {
    schedule.start();
  }

  @Override
  public void close() {
    schedule.close();
    runs.close();
  }
}
