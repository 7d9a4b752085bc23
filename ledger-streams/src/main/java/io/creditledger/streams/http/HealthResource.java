package io.creditledger.streams.http;

import io.creditledger.streams.query.LedgerAccess;
import io.creditledger.streams.query.Readiness;
import java.util.List;

/** Whether the instance lives, and whether it can answer and decide. */
final class HealthResource {

  private final LedgerAccess ledger;

  HealthResource(LedgerAccess ledger) {
    this.ledger = ledger;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health", this::ready),
        Route.get("/health/ready", this::ready),
        Route.get("/health/live", this::live));
  }

  private Reply ready(Request request) {
    Readiness readiness = ledger.readiness();
    return answer(readiness, readiness.state() == Readiness.State.READY);
  }

  /** A start that takes long is no reason to be killed; a failure that does not pass is one. */
  private Reply live(Request request) {
    Readiness readiness = ledger.readiness();
    return answer(readiness, readiness.state() != Readiness.State.FAILED);
  }

  private static Reply answer(Readiness readiness, boolean well) {
    String status =
        switch (readiness.state()) {
          case READY -> "UP";
          case STARTING -> "STARTING";
          case FAILED -> "DOWN";
        };
    Reply reply =
        Reply.json(
            well ? 200 : 503,
            json -> {
              json.writeStartObject();
              json.writeStringField("status", status);
              json.writeStringField("detail", readiness.detail());
              json.writeEndObject();
            });
    return (well ? reply : reply.with("Retry-After", "1")).with("Cache-Control", "no-store");
  }
}
