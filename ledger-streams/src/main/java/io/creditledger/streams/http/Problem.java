package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.account.Reason;
import io.creditledger.core.event.LedgerEvent;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong with one request or one event, as RFC 9457 has it.
 *
 * @param code stable, for programs; the type links to its explanation
 * @param detail a sentence for people, with the values concerned
 * @param field the field, parameter or header it is about, where it is about one
 * @param remedy what the caller can do, as an imperative clause
 */
record Problem(int status, String code, String detail, Optional<String> field, String remedy) {

  static final String MEDIA_TYPE = "application/problem+json";

  /** Something wrong with the request as such. */
  static Problem of(ErrorCode code, String detail) {
    return new Problem(code.status(), code.name(), detail, Optional.empty(), code.remedy());
  }

  /** Something wrong with one part of the request. */
  static Problem of(ErrorCode code, String field, String detail) {
    return new Problem(code.status(), code.name(), detail, Optional.of(field), code.remedy());
  }

  /** An event refused for its form. */
  static Problem of(Reason reason, Optional<String> field, String detail) {
    return new Problem(Refusals.status(reason), reason.name(), detail, field, reason.remedy());
  }

  /** An event refused by the ledger. */
  static Problem of(Reason reason, LedgerEvent event, String detail) {
    return of(reason, Refusals.field(reason, event), detail);
  }

  /** The exception that ends a request with this problem. */
  ProblemException exception() {
    return new ProblemException(this);
  }

  /** The document, with whatever else the caller adds. */
  Reply reply(String instance, Json.Fields more) {
    Reply reply =
        Reply.of(
            status,
            MEDIA_TYPE,
            Json.write(
                json -> {
                  json.writeStartObject();
                  json.writeStringField("type", "/docs#" + code);
                  json.writeStringField("title", title());
                  json.writeNumberField("status", status);
                  writeTo(json);
                  json.writeStringField("remedy", remedy);
                  json.writeStringField("instance", instance);
                  more.write(json);
                  json.writeEndObject();
                }));
    return switch (status) {
      case 400, 413 -> unreadRest() ? reply.with("Connection", "close") : reply;
      case 401 -> reply.with("WWW-Authenticate", "Bearer realm=\"credit-ledger\"");
      case 503 -> reply.with("Retry-After", "1");
      default -> reply;
    };
  }

  /** Whether a part of the request may still be on its way, where the next one should begin. */
  private boolean unreadRest() {
    return code.equals(ErrorCode.REQUEST_INVALID.name())
        || code.equals(ErrorCode.BODY_TOO_LARGE.name());
  }

  /** The document alone. */
  Reply reply(String instance) {
    return reply(instance, json -> {});
  }

  /** Code, detail and field, into an object that is open. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("code", code);
    json.writeStringField("detail", detail);
    if (field.isPresent()) {
      json.writeStringField("field", field.get());
    }
  }

  private String title() {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
