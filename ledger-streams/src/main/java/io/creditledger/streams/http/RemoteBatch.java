package io.creditledger.streams.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.wire.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The events of a batch that another instance has to decide, in their order. */
final class RemoteBatch {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a refused item's problem says, and its answer therefore need not repeat. */
  private static final Set<String> OF_PROBLEM =
      Set.of("index", "status", "code", "detail", "field", "remedy");

  private final List<LedgerEvent> events = new ArrayList<>();
  private final List<CompletableFuture<Written>> results = new ArrayList<>();

  /** Adds an event; completes, never exceptionally, once the batch that was sent is answered. */
  CompletableFuture<Written> add(LedgerEvent event) {
    CompletableFuture<Written> result = new CompletableFuture<>();
    events.add(event);
    results.add(result);
    return result;
  }

  void send(Forwarder forwarder, URI base, Request request, Prefer prefer) {
    // Whoever waits, waits for the results, all of which are completed below.
    CompletableFuture<Reply> unused =
        forwarder
            .post(base, body(), request, prefer)
            .whenComplete(
                (reply, failure) -> {
                  try {
                    if (failure == null) {
                      read(reply);
                    }
                  } finally {
                    results.forEach(result -> result.complete(silent()));
                  }
                });
  }

  private static Written silent() {
    return Written.refused(
        Problem.of(
            ErrorCode.UNAVAILABLE,
            "the instance that holds the customer gave no answer; the event may have been recorded,"
                + " so send it again with the same id"),
        json -> {});
  }

  private byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int separator = '[';
    for (LedgerEvent event : events) {
      body.write(separator);
      body.writeBytes(EventJson.write(event));
      separator = ',';
    }
    body.write(']');
    return body.toByteArray();
  }

  private void read(Reply reply) {
    JsonNode answer;
    try {
      answer = MAPPER.readTree(reply.body());
    } catch (IOException e) {
      return; // No answer of ours: as good as none.
    }
    answer.path("accepted").forEach(one -> complete(one, Written.done(status(one), rest(one))));
    answer.path("rejected").forEach(one -> complete(one, Written.refused(problem(one), rest(one))));
  }

  private void complete(JsonNode item, Written written) {
    int index = item.path("index").asInt(-1);
    if (index >= 0 && index < results.size()) {
      results.get(index).complete(written);
    }
  }

  private static int status(JsonNode accepted) {
    return switch (accepted.path("outcome").asText()) {
      case "accepted" -> 201;
      case "duplicate" -> 200;
      default -> 202;
    };
  }

  private static Problem problem(JsonNode rejected) {
    return new Problem(
        rejected.path("status").asInt(ErrorCode.UNAVAILABLE.status()),
        rejected.path("code").asText(ErrorCode.UNAVAILABLE.name()),
        rejected.path("detail").asText("the instance that holds the customer refused it"),
        Optional.ofNullable(rejected.get("field")).map(JsonNode::asText),
        ErrorCode.UNAVAILABLE.remedy());
  }

  private static Json.Fields rest(JsonNode item) {
    return json -> {
      for (var field : item.properties()) {
        if (!OF_PROBLEM.contains(field.getKey())) {
          json.writeFieldName(field.getKey());
          json.writeRawValue(field.getValue().toString());
        }
      }
    };
  }
}
