package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.CloudEvents;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Usage to be burned: one event or many, in the ledger's own form or as CloudEvents. */
final class UsageResource {

  private static final String HTTP_PREFIX = "ce-";
  private static final HeaderName BINARY_CLOUD_EVENT = HeaderNames.create("ce-specversion");
  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
  private static final List<String> LINES =
      List.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  private final Writes writes;

  UsageResource(Writes writes) {
    this.writes = writes;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/usage", this::report));
  }

  private Reply report(Request request) {
    request.query();
    if (request.headers().contains(BINARY_CLOUD_EVENT)) {
      request.mustBe(Json.MEDIA_TYPE);
      return writes.one(
          request, writes.readBinary(cloudEventHeaders(request), request.body(), request.prefer()));
    }
    request.mustBe(
        Json.MEDIA_TYPE, LINES.get(0), LINES.get(1), LINES.get(2), CLOUD_EVENT, CLOUD_EVENTS);
    String mediaType = request.mediaType();
    byte[] body = request.body();
    if (LINES.contains(mediaType)) {
      return batch(request, Batches.lines(body));
    }
    if (mediaType.equals(CLOUD_EVENTS) || (!mediaType.equals(CLOUD_EVENT) && isArray(body))) {
      return batch(request, Batches.items(body));
    }
    return one(request, body);
  }

  /** Attributes as Kafka's binding names them, for the one reader of CloudEvents. */
  private static Map<String, String> cloudEventHeaders(Request request) {
    Map<String, String> attributes = new TreeMap<>();
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(HTTP_PREFIX)) {
        // The HTTP binding has values percent-encoded where they are not printable ASCII.
        attributes.put(
            CloudEvents.HEADER_PREFIX + name.substring(HTTP_PREFIX.length()),
            Percent.decode(header.get()));
      }
    }
    return attributes;
  }

  private static boolean isArray(byte[] body) {
    for (byte one : body) {
      if (one > ' ') {
        return one == '[';
      }
    }
    return false;
  }

  private Reply one(Request request, byte[] text) {
    return writes.one(request, writes.readOne(Source.USAGE, request, text, Map.of()));
  }

  /** Reads all, then appends those that can be accepted side by side, then tells of each. */
  private Reply batch(Request request, List<byte[]> texts) {
    if (IdempotencyKey.of(request).isPresent()) {
      throw Problem.of(
              ErrorCode.IDEMPOTENCY_KEY_INVALID,
              "Idempotency-Key",
              "each event of a batch has its own id in the body")
          .exception();
    }
    Prefer prefer = request.prefer();
    List<LedgerEvent> events = new ArrayList<>(texts.size());
    List<Optional<Written>> refused = new ArrayList<>(texts.size());
    for (byte[] text : texts) {
      try {
        events.add(writes.read(Source.USAGE, text, prefer));
        refused.add(Optional.empty());
      } catch (ProblemException e) {
        refused.add(Optional.of(Written.refused(e.problem(), json -> {})));
      }
    }
    Iterator<CompletableFuture<Written>> appended =
        writes.appendAll(events, request, prefer).iterator();
    List<Written> written =
        refused.stream().map(one -> one.orElseGet(() -> appended.next().join())).toList();
    return prefer.applied(answer(written, Percent.encodeRest(request.rawPath())));
  }

  private static Reply answer(List<Written> written, String instance) {
    List<Integer> statuses = written.stream().map(Written::status).distinct().toList();
    if (written.stream().allMatch(one -> one.problem().isPresent())) {
      Problem refused =
          Problem.of(ErrorCode.BATCH_REFUSED, "none of the " + written.size() + " was taken");
      int status = statuses.size() == 1 ? statuses.get(0) : refused.status();
      return new Problem(
              status, refused.code(), refused.detail(), refused.field(), refused.remedy())
          .reply(instance, json -> writeResults(json, written));
    }
    int status;
    if (written.stream().anyMatch(one -> one.problem().isPresent())) {
      status = 207;
    } else if (statuses.contains(202)) {
      status = 202;
    } else {
      status = statuses.size() == 1 ? statuses.get(0) : 200;
    }
    return Reply.json(
        status,
        json -> {
          json.writeStartObject();
          writeResults(json, written);
          json.writeEndObject();
        });
  }

  private static void writeResults(JsonGenerator json, List<Written> written) throws IOException {
    json.writeArrayFieldStart("accepted");
    for (int i : indexes(written, false)) {
      json.writeStartObject();
      json.writeNumberField("index", i);
      written.get(i).fields().write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rejected");
    for (int i : indexes(written, true)) {
      Problem problem = written.get(i).problem().orElseThrow();
      json.writeStartObject();
      json.writeNumberField("index", i);
      json.writeNumberField("status", problem.status());
      problem.writeTo(json);
      written.get(i).fields().write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static int[] indexes(List<Written> written, boolean refused) {
    return IntStream.range(0, written.size())
        .filter(i -> written.get(i).problem().isPresent() == refused)
        .toArray();
  }
}
