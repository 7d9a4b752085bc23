package io.creditledger.stripe.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal, as Stripe words it: status, type, code, parameter, message, headers. */
public final class ApiError extends RuntimeException {

  private static final String INVALID = "invalid_request_error";

  private final int status;
  private final transient ObjectNode error;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private boolean beforeWork;

  private ApiError(int status, String type, String message) {
    super(message);
    this.status = status;
    this.error = Json.object().put("message", message).put("type", type);
  }

  /** A refusal of type {@code invalid_request_error}, status 400. */
  public static ApiError invalid(String message) {
    return new ApiError(400, INVALID, message);
  }

  public static ApiError of(int status, String type, String message) {
    return new ApiError(status, type, message);
  }

  public static ApiError unknownParameter(String name) {
    return invalid("Received unknown parameter: " + name)
        .code("parameter_unknown")
        .param(name)
        .beforeWork();
  }

  public static ApiError missingParameter(String name) {
    return invalid("Missing required param: " + name + ".")
        .code("parameter_missing")
        .param(name)
        .beforeWork();
  }

  public static ApiError invalidParameter(String name, String message) {
    return invalid(message).param(name).beforeWork();
  }

  /** No object of that kind has that id: status 404 in a path, 400 in a parameter, as at Stripe. */
  public static ApiError noSuch(String kind, String id, String param) {
    int status = param.equals("id") ? 404 : 400;
    return new ApiError(status, INVALID, "No such " + kind + ": '" + id + "'")
        .code("resource_missing")
        .param(param);
  }

  public ApiError code(String code) {
    error.put("code", code);
    error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
    return this;
  }

  public ApiError param(String name) {
    error.put("param", name);
    return this;
  }

  public ApiError field(String name, String value) {
    error.put(name, value);
    return this;
  }

  public ApiError header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Marks a refusal that is never kept under an idempotency key: nothing had begun. */
  public ApiError beforeWork() {
    beforeWork = true;
    return this;
  }

  public boolean isBeforeWork() {
    return beforeWork;
  }

  /** The answer that tells the caller. */
  public Answer answer(String requestId) {
    ObjectNode body = Json.object();
    body.set(
        "error",
        error
            .deepCopy()
            .put("request_log_url", "https://dashboard.stripe.com/test/logs/" + requestId));
    return new Answer(status, Json.write(body), headers);
  }
}
