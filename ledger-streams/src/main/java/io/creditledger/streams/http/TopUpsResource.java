package io.creditledger.streams.http;

import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.id.EventId;
import java.util.List;
import java.util.Map;

/**
 * Top-up requests that end without a grant. One that is granted ends by the grant that names it.
 */
final class TopUpsResource {

  private final Writes writes;

  TopUpsResource(Writes writes) {
    this.writes = writes;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/v1/top-ups/{top_up}/fail", request -> end(request, TopUpOutcome.FAILED, "fail")),
        Route.post(
            "/v1/top-ups/{top_up}/cancel",
            request -> end(request, TopUpOutcome.CANCELLED, "cancel")));
  }

  private Reply end(Request request, TopUpOutcome outcome, String verb) {
    EventId topUp = request.name("top_up", EventId::new);
    LedgerEvent.EndTopUp event =
        writes.readBody(
            LedgerEvent.EndTopUp.class,
            Source.GRANT,
            request,
            Map.of(
                "type",
                "top_up",
                "top_up",
                topUp.value(),
                "outcome",
                outcome.wireName(),
                "id",
                DerivedIds.byDefault(verb + "-top-up", topUp.value())),
            request.prefer());
    if (!event.topUp().equals(topUp)) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "top_up", "top_up is not the path's").exception();
    }
    if (event.outcome() != outcome) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "outcome", "outcome is not the path's").exception();
    }
    return writes.one(request, event);
  }
}
