package io.creditledger.stripe.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditledger.relay.Database;
import io.creditledger.stripe.outbox.Recount;
import io.creditledger.stripe.outbox.StuckEvent;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What an operator decides of stuck meter events: {@code POST /v1/usage/resend} and {@code
 * /v1/usage/confirm}, of {@code event} ids; resend also of all that were parked, or were for a
 * {@code reason}.
 */
final class StuckRoutes {

  private final Database database;
  private final Recount recount = new WindowRecount();

  StuckRoutes(Database database) {
    this.database = database;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.post("/v1/usage/resend", this::resend).post("/v1/usage/confirm", this::confirm);
  }

  private void resend(ServerRequest request, ServerResponse response) {
    answer(
        request,
        response,
        (transaction, named) -> {
          List<Long> events =
              named.isEmpty() ? StuckEvent.parked(transaction, reason(request)) : named;
          return StuckEvent.resend(transaction, recount, events);
        });
  }

  private void confirm(ServerRequest request, ServerResponse response) {
    answer(
        request, response, (transaction, named) -> StuckEvent.confirm(transaction, recount, named));
  }

  private interface Decision {
    List<String> take(Handle transaction, List<Long> events);
  }

  private void answer(ServerRequest request, ServerResponse response, Decision decision) {
    Optional<List<Long>> named = events(request);
    if (named.isEmpty()) {
      response
          .status(Status.BAD_REQUEST_400)
          .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
          .send(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("code", "INVALID_VALUE")
                  .put("detail", "event is not the id of an event")
                  .put("remedy", "give ids as GET /v1/status shows them")
                  .toString());
      return;
    }
    List<String> ended =
        database.jdbi().inTransaction(transaction -> decision.take(transaction, named.get()));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("events", ended.size());
    ArrayNode identifiers = body.putArray("identifiers");
    ended.forEach(identifiers::add);
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body.toString());
  }

  private static Optional<String> reason(ServerRequest request) {
    return request.query().contains("reason")
        ? Optional.of(request.query().get("reason"))
        : Optional.empty();
  }

  /** The ids that were given, if all of them are numbers. */
  private static Optional<List<Long>> events(ServerRequest request) {
    List<String> given = request.query().all("event", List::of);
    return given.stream().allMatch(id -> id.matches("\\d{1,18}"))
        ? Optional.of(given.stream().map(Long::valueOf).toList())
        : Optional.empty();
  }
}
