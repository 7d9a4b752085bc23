package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memory;
import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.CloudEvents;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.LedgerUnavailableException;
import io.creditledger.streams.query.Outcome;
import io.creditledger.streams.query.Owner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads events from requests, appends them, and tells what became of them. */
final class Writes {

  private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

  private final LedgerAccess ledger;
  private final Clock clock;
  private final Owners owners;
  private final Forwarder forwarder;
  private final HttpSettings settings;

  Writes(
      LedgerAccess ledger, Clock clock, Owners owners, Forwarder forwarder, HttpSettings settings) {
    this.ledger = ledger;
    this.clock = clock;
    this.owners = owners;
    this.forwarder = forwarder;
    this.settings = settings;
  }

  /**
   * The one event in a JSON body.
   *
   * @param given fields that the path implies; they need not stand in the body
   * @throws ProblemException if there is none
   */
  LedgerEvent readBody(Source source, Request request, Map<String, String> given) {
    request.mustBe(Json.MEDIA_TYPE);
    return readOne(source, request, request.body(), given);
  }

  /**
   * The one event in a JSON body, which must be of the type that the path implies.
   *
   * @param given fields that the path implies, its type among them; they need not stand in the body
   * @throws ProblemException if there is none, or it is another
   */
  <T extends LedgerEvent> T readBody(
      Class<T> type, Source source, Request request, Map<String, String> given, Prefer prefer) {
    request.query();
    request.mustBe(Json.MEDIA_TYPE);
    LedgerEvent event = readOne(source, request, request.body(), given, prefer);
    if (!type.isInstance(event)) {
      throw Problem.of(
              Reason.TYPE_UNKNOWN,
              Optional.of("type"),
              "type is not \"" + given.get("type") + "\", which the path says already")
          .exception();
    }
    return type.cast(event);
  }

  /**
   * The event in a JSON object or structured CloudEvent, its id from {@code Idempotency-Key} where
   * it names none.
   *
   * @throws ProblemException if there is none
   */
  LedgerEvent readOne(Source source, Request request, byte[] text, Map<String, String> given) {
    return readOne(source, request, text, given, request.prefer());
  }

  private LedgerEvent readOne(
      Source source, Request request, byte[] text, Map<String, String> given, Prefer prefer) {
    if (text.length == 0) {
      throw Problem.of(Reason.VALUE_MISSING, Optional.empty(), "there is no body").exception();
    }
    Optional<String> key = IdempotencyKey.of(request);
    Map<String, String> fields = new LinkedHashMap<>(given);
    key.ifPresent(id -> fields.put("id", id));
    LedgerEvent event = read(source, JsonObject.withMissing(text, fields), prefer);
    if (key.isPresent() && !key.get().equals(event.id().value())) {
      throw Problem.of(
              ErrorCode.IDEMPOTENCY_KEY_INVALID,
              "Idempotency-Key",
              "the body's id is \"" + event.id() + "\"")
          .exception();
    }
    return event;
  }

  /**
   * The event in some bytes. If its outcome is not waited for, only if the ledger could accept it
   * from somebody: else its sender would not hear of the refusal. Who waits hears it from the
   * ledger, which alone knows whether the event is a duplicate of one accepted long ago.
   *
   * @throws ProblemException if it cannot be read, or is refused whatever the account holds
   */
  LedgerEvent read(Source source, byte[] text, Prefer prefer) {
    return event(source, EventJson.read(source, text, ledger.catalog()), prefer);
  }

  /** The same for a CloudEvent in binary mode, its headers named as Kafka's binding has them. */
  LedgerEvent readBinary(Map<String, String> headers, byte[] data, Prefer prefer) {
    return event(Source.USAGE, CloudEvents.readBinary(headers, data, ledger.catalog()), prefer);
  }

  private LedgerEvent event(Source source, Reading reading, Prefer prefer) {
    return switch (reading) {
      case Reading.Unreadable unreadable ->
          throw Problem.of(unreadable.reason(), unreadable.field(), unreadable.detail())
              .exception();
      case Reading.Read read -> prefer.waits() ? read.event() : checked(source, read.event());
    };
  }

  private LedgerEvent checked(Source source, LedgerEvent event) {
    Input now = new Input(event, new Position(source, 0, 0), clock.instant());
    Account nobody = Account.empty(event.customer());
    Decision decision = Ledger.decide(nobody, Memory.EMPTY, now, ledger.catalog());
    if (decision instanceof Decision.Rejected refused && Refusals.certain(refused.reason())) {
      throw Problem.of(refused.reason(), event, refused.detail()).exception();
    }
    return event;
  }

  /** Appends the one event of a request; where it is to be waited for, on the owner. */
  Reply one(Request request, LedgerEvent event) {
    Prefer prefer = request.prefer();
    String instance = Percent.encodeRest(request.rawPath());
    if (!prefer.waits()) {
      return append(event).join().reply(instance);
    }
    return owners.answer(
        event.customer(),
        request,
        prefer,
        () -> prefer.applied(decide(event, prefer).join().reply(instance)));
  }

  /** What an event's outcome is answered with. */
  @FunctionalInterface
  interface Telling {
    Written of(Outcome outcome);
  }

  /**
   * Has the one event of a request decided on the owner, and answers only then: what to do next
   * hangs on the outcome.
   *
   * @throws ProblemException if there is no outcome in the time the request or {@link Prefer#AWAIT}
   *     gives
   */
  Reply await(Request request, LedgerEvent event, Telling telling) {
    Prefer prefer = request.prefer().orElse(Prefer.AWAIT);
    String instance = Percent.encodeRest(request.rawPath());
    return owners.answer(
        event.customer(),
        request,
        prefer,
        () -> request.prefer().applied(telling.of(outcome(event, prefer)).reply(instance)));
  }

  private Outcome outcome(LedgerEvent event, Prefer prefer) {
    try {
      return ledger
          .publishAndAwait(event)
          .toCompletableFuture()
          .get(prefer.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Problem.of(
              ErrorCode.OUTCOME_PENDING,
              "\"" + event.id() + "\" was not decided in " + prefer.patience().toSeconds() + " s")
          .exception();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("the service is stopping").exception();
    } catch (ExecutionException e) {
      throw failure(e.getCause()).exception();
    } catch (LedgerUnavailableException e) {
      throw failure(e).exception();
    }
  }

  /** A refusal, with whatever else the resource knows of it. */
  Written refused(LedgerEvent event, Outcome.Rejected rejected, Json.Fields more) {
    return Written.refused(
        Problem.of(rejected.reason(), event, rejected.detail()),
        json -> {
          writeHead(json, event, "rejected");
          writePosition(json, rejected.position());
          more.write(json);
        });
  }

  /** Appends an event; completes, never exceptionally, once the broker has it. */
  CompletableFuture<Written> append(LedgerEvent event) {
    return settled(
        () -> ledger.publish(event).thenApply(position -> appended(event, position)),
        Written.refused(unknown("the broker did not answer in time"), json -> {}),
        settings.writeTimeout().toMillis());
  }

  /**
   * Appends the events of a batch in their order and, if that is asked for, waits for each outcome:
   * those of customers elsewhere at their owners, one request to each.
   */
  List<CompletableFuture<Written>> appendAll(
      List<LedgerEvent> events, Request request, Prefer prefer) {
    if (!prefer.waits()) {
      return events.stream().map(this::append).toList();
    }
    Map<URI, RemoteBatch> elsewhere = new LinkedHashMap<>();
    List<CompletableFuture<Written>> results = new ArrayList<>(events.size());
    for (LedgerEvent event : events) {
      results.add(
          switch (ledger.owner(event.customer())) {
            case Owner.Here here -> decide(event, prefer);
            case Owner.Nobody nobody -> refused(Owners.nobody());
            case Owner.There there ->
                request.forwarded()
                    ? refused(Owners.movedOn())
                    : elsewhere.computeIfAbsent(there.base(), base -> new RemoteBatch()).add(event);
          });
    }
    elsewhere.forEach((base, batch) -> batch.send(forwarder, base, request, prefer));
    return results;
  }

  private static CompletableFuture<Written> refused(ProblemException cause) {
    return CompletableFuture.completedFuture(Written.refused(cause.problem(), json -> {}));
  }

  private CompletableFuture<Written> decide(LedgerEvent event, Prefer prefer) {
    return settled(
        () -> ledger.publishAndAwait(event).thenApply(outcome -> decided(event, outcome)),
        Written.done(202, json -> writeHead(json, event, "pending")),
        prefer.patience().toMillis());
  }

  private interface Attempt {
    CompletionStage<Written> begin();
  }

  private static CompletableFuture<Written> settled(
      Attempt attempt, Written otherwise, long millis) {
    CompletionStage<Written> stage;
    try {
      stage = attempt.begin();
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e));
    }
    return stage
        .handle((written, failure) -> failure == null ? written : failed(failure))
        .toCompletableFuture()
        .completeOnTimeout(otherwise, millis, TimeUnit.MILLISECONDS);
  }

  private static Written failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Written.refused(failure(cause), json -> {});
  }

  private static Problem failure(Throwable cause) {
    if (cause instanceof LedgerUnavailableException) {
      return unknown(cause.getMessage());
    }
    LOG.warn("an event could not be written", cause);
    return unknown("the event could not be written");
  }

  private static Problem unknown(String why) {
    return Problem.of(
        ErrorCode.UNAVAILABLE,
        why + "; it may have been recorded, so send it again with the same id");
  }

  private Written appended(LedgerEvent event, Position position) {
    return Written.done(
        202,
        json -> {
          json.writeStringField("id", event.id().value());
          writePosition(json, position);
        });
  }

  private Written decided(LedgerEvent event, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted ->
          Written.done(
              201,
              json -> {
                writeHead(json, event, "accepted");
                json.writeNumberField("sequence", accepted.sequence());
                writePosition(json, accepted.position());
                json.writeFieldName("entry");
                json.writeRawValue(accepted.json());
              });
      case Outcome.Duplicate duplicate ->
          Written.done(
              200,
              json -> {
                writeHead(json, event, "duplicate");
                json.writeNumberField("of", duplicate.of());
                writePosition(json, duplicate.position());
              });
      case Outcome.Rejected rejected -> refused(event, rejected, json -> {});
    };
  }

  private static void writeHead(JsonGenerator json, LedgerEvent event, String outcome)
      throws IOException {
    json.writeStringField("id", event.id().value());
    json.writeStringField("outcome", outcome);
  }

  private void writePosition(JsonGenerator json, Position position) throws IOException {
    json.writeObjectFieldStart("position");
    json.writeStringField("topic", ledger.topic(position.source()));
    json.writeNumberField("partition", position.partition());
    json.writeNumberField("offset", position.offset());
    json.writeEndObject();
  }
}
