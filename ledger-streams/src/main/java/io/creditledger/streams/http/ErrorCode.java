package io.creditledger.streams.http;

/**
 * What can be wrong with a request before the ledger sees it; the ledger's own refusals are {@link
 * io.creditledger.core.account.Reason}. The names are a stable contract and differ from those.
 */
enum ErrorCode {
  /** Helidon could not read the request line or a header. */
  REQUEST_INVALID(400, "send a well-formed HTTP/1.1 request"),
  /** The path or the query is not percent-encoded UTF-8. */
  PATH_INVALID(400, "percent-encode the path and the query as UTF-8"),
  /** The customer in the path is no customer id. */
  CUSTOMER_INVALID(400, "use a customer id of 1 to 255 characters without control characters"),
  /** The body names another customer, or grant, than the path. */
  PATH_MISMATCH(400, "leave the field out of the body, or make it equal to the path's"),
  /** A query parameter has a value that is not allowed, or stands twice. */
  PARAMETER_INVALID(400, "correct the parameter"),
  /** There is no such query parameter. */
  PARAMETER_UNKNOWN(400, "leave the parameter out, or correct its name"),
  /** Several customers have an event of that id. */
  CUSTOMER_NEEDED(400, "name the customer"),
  /** {@code limit} is not a number in its range. */
  LIMIT_INVALID(400, "use a limit from 1 to 1000"),
  /** {@code cursor} or {@code before} did not come from an earlier page. */
  CURSOR_INVALID(400, "use the value of next from an earlier page"),
  /** {@code Prefer: wait} is not a number of seconds in its range. */
  PREFER_INVALID(400, "use Prefer: wait=SECONDS with 0 to 30 seconds"),
  /** The {@code Idempotency-Key} is no event id, or not the body's, or there are many events. */
  IDEMPOTENCY_KEY_INVALID(400, "send one id, in the body or in Idempotency-Key"),
  /** There are no events in the body. */
  BATCH_EMPTY(400, "send at least one event"),
  /** More events than one request may carry. */
  BATCH_TOO_LARGE(413, "send at most 1000 events in one request"),
  /** None of a batch could be accepted; {@code rejected} says why, one by one. */
  BATCH_REFUSED(422, "correct the events; rejected names each one's code"),
  /** The catalog is not valid; {@code errors} says where. */
  CATALOG_INVALID(422, "correct the catalog; errors names each line and field"),
  /** No API key, or an unknown one. */
  UNAUTHORIZED(401, "send one of the service's keys in Authorization: Bearer KEY"),
  /** No such resource. */
  NOT_FOUND(404, "use a path of /openapi.yaml"),
  /** The stores hold nothing of that customer. */
  STATE_UNKNOWN(404, "use the id of a customer who has entries"),
  /** There is no such delivery of a webhook, or it is forgotten by now. */
  DELIVERY_UNKNOWN(404, "use an id of GET /v1/webhooks/deliveries"),
  /** No endpoint of that name is set up for webhooks. */
  ENDPOINT_UNKNOWN(404, "use a configured name of GET /v1/webhooks"),
  /** The projection is being rebuilt already. */
  REBUILD_RUNNING(409, "wait until GET /v1/projection says that it has ended"),
  /** The resource does not know that method. */
  METHOD_NOT_ALLOWED(405, "use a method of the Allow header"),
  /** The resource has no representation of the types asked for. */
  NOT_ACCEPTABLE(406, "accept one of the types that /openapi.yaml names"),
  /** The request's body is larger than the service reads. */
  BODY_TOO_LARGE(413, "send a smaller body, or several requests"),
  /** The body has a type, charset or encoding that the resource does not read. */
  UNSUPPORTED_MEDIA_TYPE(415, "send one of the types that /openapi.yaml names, in UTF-8"),
  /** Not now. */
  UNAVAILABLE(503, "send the same request again in a moment"),
  /** The service was started without webhooks. */
  WEBHOOKS_NOT_CONFIGURED(503, "start the service with a file of webhooks, in LEDGER_WEBHOOKS"),
  /** The service was started without a database that keeps the journal. */
  STATEMENT_NOT_CONFIGURED(
      503,
      "start the service with a PostgreSQL, in LEDGER_POSTGRES, and LEDGER_PROJECTION not off"),
  /** The event is in the log, but was not decided in the time that was to be waited. */
  OUTCOME_PENDING(504, "send the same request again with the same id to learn the outcome"),
  /** A bug; the instance stands in the service's log beside its cause. */
  INTERNAL(500, "report the instance to the service's operator");

  private final int status;
  private final String remedy;

  ErrorCode(int status, String remedy) {
    this.status = status;
    this.remedy = remedy;
  }

  int status() {
    return status;
  }

  String remedy() {
    return remedy;
  }
}
