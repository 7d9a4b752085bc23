package io.creditledger.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.core.event.Source;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.replay.Rejection;
import io.creditledger.streams.replay.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A rejected input as one line of JSON, to be looked at, edited, and sent again: where it stood and
 * why it was rejected, its key and headers, and its event as an object where it is one.
 */
final class RejectedLine {

  private static final String EVENT = "event";
  private static final String EVENT_TEXT = "event_text";
  private static final String EVENT_BASE64 = "event_base64";
  private static final String KEY_BASE64 = "key_base64";
  private static final String CUSTOMER = "customer";

  /** The ledger reads no exponents. */
  private static final ObjectWriter WRITER =
      LedgerClient.MAPPER.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

  private final ObjectNode line;

  private RejectedLine(ObjectNode line) {
    this.line = line;
  }

  static RejectedLine of(Rejection rejection) {
    OutcomeJson.Parsed outcome = rejection.outcome();
    ObjectNode line = LedgerClient.MAPPER.createObjectNode();
    line.put("code", outcome.code().orElse(""));
    line.put("detail", outcome.detail().orElse(""));
    line.put("recorded_at", outcome.recordedAt().toString());
    line.putObject("source")
        .put("topic", outcome.position().source().topic())
        .put("partition", outcome.position().partition())
        .put("offset", outcome.position().offset());
    outcome.customer().ifPresent(customer -> line.put(CUSTOMER, customer.value()));
    outcome.id().ifPresent(id -> line.put("id", id.value()));
    rejection.key().ifPresent(key -> line.put(KEY_BASE64, Base64.getEncoder().encodeToString(key)));
    ObjectNode headers = LedgerClient.MAPPER.createObjectNode();
    for (Header header : rejection.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    if (!headers.isEmpty()) {
      line.set("headers", headers);
    }
    rejection.event().ifPresent(event -> putEvent(line, event));
    return new RejectedLine(line);
  }

  private static void putEvent(ObjectNode line, byte[] event) {
    try {
      JsonNode parsed = LedgerClient.MAPPER.readTree(event);
      if (parsed instanceof ObjectNode object) {
        line.set(EVENT, object);
        return;
      }
    } catch (IOException notJson) {
      // It is kept as what it is, below.
    }
    String text = new String(event, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), event)) {
      line.put(EVENT_TEXT, text);
    } else {
      line.put(EVENT_BASE64, Base64.getEncoder().encodeToString(event));
    }
  }

  /**
   * A line that {@link #json} wrote, edited or not.
   *
   * @throws CommandFailedException if it is none
   */
  static RejectedLine parse(String json, String where) {
    try {
      if (LedgerClient.MAPPER.readTree(json) instanceof ObjectNode line
          && Source.ofTopic(line.path("source").path("topic").asText()).isPresent()) {
        return new RejectedLine(line);
      }
    } catch (JsonProcessingException notJson) {
      // Told below.
    }
    throw CommandFailedException.failed(
        "error: "
            + where
            + " is not a rejection as ./ledger rejections list --json prints it, a JSON object in"
            + " one line with source and event");
  }

  String json() {
    return text(line);
  }

  private static String text(ObjectNode node) {
    try {
      return WRITER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  JsonNode node() {
    return line;
  }

  /** What a retry with the same id replaces: only the last rejection of an event is sent again. */
  String identity() {
    return line.path(CUSTOMER).asText()
        + " "
        + line.path("source").path("topic").asText()
        + " "
        + (line.has("id") ? line.path("id").asText() : line.path("source").toString());
  }

  /**
   * Sets a field of the event; a path of names with dots between leads into it.
   *
   * @param value text, or JSON where it begins as an object or a list
   * @throws CommandFailedException if the event is no object
   */
  void set(String path, String value) {
    String[] names = path.split("\\.", -1);
    ObjectNode at = object();
    for (int i = 0; i < names.length - 1; i++) {
      at = at.withObjectProperty(names[i]);
    }
    at.set(names[names.length - 1], value(value));
  }

  private static JsonNode value(String text) {
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return LedgerClient.MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw CommandFailedException.misused("error: " + text + " is not JSON");
      }
    }
    return LedgerClient.MAPPER.getNodeFactory().textNode(text);
  }

  /** Leaves a field of the event out. */
  void unset(String path) {
    String[] names = path.split("\\.", -1);
    ObjectNode at = object();
    for (int i = 0; i < names.length - 1; i++) {
      at = at.withObjectProperty(names[i]);
    }
    at.remove(names[names.length - 1]);
  }

  private ObjectNode object() {
    if (line.path(EVENT) instanceof ObjectNode event) {
      return event;
    }
    throw CommandFailedException.failed(
        "error: the input "
            + line.path("source")
            + " is no JSON object, so that no field of it can be set: give it whole with --file");
  }

  /** The input to be sent. An event goes under its customer's key, wherever it stood before. */
  Retry.Again again() {
    Source source = Source.ofTopic(line.path("source").path("topic").asText()).orElseThrow();
    RecordHeaders headers = new RecordHeaders();
    line.path("headers")
        .properties()
        .forEach(
            header ->
                headers.add(
                    header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    return new Retry.Again(source, key(), value(), headers);
  }

  private byte[] key() {
    String customer = line.path(EVENT).path(CUSTOMER).asText();
    if (!customer.isEmpty()) {
      return customer.getBytes(StandardCharsets.UTF_8);
    }
    return Optional.ofNullable(line.path(KEY_BASE64).textValue())
        .map(Base64.getDecoder()::decode)
        .orElse(null);
  }

  private byte[] value() {
    if (line.path(EVENT) instanceof ObjectNode event) {
      return text(event).getBytes(StandardCharsets.UTF_8);
    }
    if (line.has(EVENT_TEXT)) {
      return line.path(EVENT_TEXT).asText().getBytes(StandardCharsets.UTF_8);
    }
    return Optional.ofNullable(line.path(EVENT_BASE64).textValue())
        .map(Base64.getDecoder()::decode)
        .orElse(null);
  }
}
