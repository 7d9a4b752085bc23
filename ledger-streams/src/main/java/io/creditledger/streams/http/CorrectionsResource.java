package io.creditledger.streams.http;

import io.creditledger.core.account.DerivedIds;
import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.EventId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What sets the books right: usage undone, signed adjustments, and fees. */
final class CorrectionsResource {

  private final Writes writes;

  CorrectionsResource(Writes writes) {
    this.writes = writes;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/usage/{usage}/reverse", this::reverse),
        Route.post("/v1/adjustments", this::adjust),
        Route.post("/v1/debits", this::debit));
  }

  private Reply reverse(Request request) {
    EventId usage = request.name("usage", EventId::new);
    LedgerEvent.Reverse event =
        writes.readBody(
            LedgerEvent.Reverse.class,
            Source.USAGE,
            request,
            Map.of(
                "type",
                "reverse",
                "usage",
                usage.value(),
                "id",
                DerivedIds.byDefault("reverse", usage.value())),
            request.prefer());
    if (!event.usage().equals(usage)) {
      throw Problem.of(ErrorCode.PATH_MISMATCH, "usage", "usage is not the path's").exception();
    }
    return writes.one(request, event);
  }

  private Reply adjust(Request request) {
    return writes.one(
        request,
        writes.readBody(
            LedgerEvent.Adjust.class,
            Source.GRANT,
            request,
            Map.of("type", "adjust"),
            request.prefer()));
  }

  private Reply debit(Request request) {
    LedgerEvent.Usage event =
        writes.readBody(
            LedgerEvent.Usage.class,
            Source.USAGE,
            request,
            Map.of("type", "usage"),
            request.prefer());
    if (event.dimensions().meter().isPresent()) {
      throw Problem.of(
              Reason.FIELD_INVALID, Optional.of("meter"), "a debit has no meter; report usage")
          .exception();
    }
    if (!(event.charge() instanceof Charge.Rated)) {
      throw Problem.of(Reason.FIELD_MISSING, Optional.of("credits"), "credits is missing")
          .exception();
    }
    return writes.one(request, event);
  }
}
