package io.creditledger.streams.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.PartitionDigest;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.streams.query.KeptState;
import io.creditledger.streams.query.StateAccess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/** What the stores hold, for an audit to compare: digests of all, and the bytes of one. */
final class StatesResource {

  private static final int LIMIT_DEFAULT = 1000;

  private final StateAccess states;
  private final Owners owners;

  StatesResource(StateAccess states, Owners owners) {
    this.states = states;
    this.owners = owners;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/partitions/{partition}/states", this::list),
        Route.get("/v1/partitions/{partition}/digest", this::digest),
        Route.get("/v1/customers/{customer}/state", this::one));
  }

  private Reply list(Request request) {
    int partition = request.name("partition", this::partition);
    Query query = request.query("after", "limit");
    Optional<CustomerId> after = query.read("after", CustomerId::new);
    int limit = query.limit(LIMIT_DEFAULT);
    return owners.answer(
        states.owner(partition), request, () -> page(states.states(partition, after, limit)));
  }

  private Reply digest(Request request) {
    int partition = request.name("partition", this::partition);
    request.query();
    return owners.answer(states.owner(partition), request, () -> digest(states.digest(partition)));
  }

  private static Reply digest(PartitionDigest digest) {
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeNumberField("customers", digest.customers());
              json.writeStringField("digest", digest.states().toString());
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }

  private int partition(String text) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= states.partitions()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a partition from 0 to " + (states.partitions() - 1));
    }
    return Integer.parseInt(text);
  }

  private static Reply page(List<KeptState> page) {
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("states");
              for (KeptState state : page) {
                json.writeStartObject();
                json.writeStringField("customer", state.customer().value());
                write(json, state.digest());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }

  private Reply one(Request request) {
    CustomerId customer = request.customer();
    request.query();
    return owners.answer(
        customer,
        request,
        () ->
            states
                .state(customer)
                .map(StatesResource::whole)
                .orElseThrow(
                    () ->
                        Problem.of(ErrorCode.STATE_UNKNOWN, "nothing is kept of " + customer)
                            .exception()));
  }

  private static Reply whole(KeptState state) {
    return Reply.json(
            200,
            json -> {
              json.writeStartObject();
              json.writeStringField("customer", state.customer().value());
              write(json, state.digest());
              json.writeBinaryField("account", state.account().get());
              json.writeArrayFieldStart("grants");
              for (Bytes grant : state.grants()) {
                json.writeBinary(grant.get());
              }
              json.writeEndArray();
              json.writeEndObject();
            })
        .with("Cache-Control", "no-store");
  }

  private static void write(JsonGenerator json, StateDigest digest) throws IOException {
    json.writeNumberField("sequence", digest.sequence());
    json.writeStringField("account_digest", digest.account().toString());
    json.writeStringField("grants_digest", digest.grants().toString());
  }
}
