package io.creditledger.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.PartitionDigest;
import io.creditledger.core.replay.StateDigest;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.core.wire.GrantRecordCodec;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.LiveStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service's stores, asked for over REST; any instance passes a question on to the owner. */
final class RestStates implements LiveStates {

  private static final int PAGE = 1000;
  private static final int NOT_FOUND = 404;

  private final LedgerClient client;

  RestStates(LedgerClient client) {
    this.client = client;
  }

  @Override
  public PartitionDigest digest(int partition) {
    JsonNode digest = get("/v1/partitions/" + partition + "/digest");
    return new PartitionDigest(
        digest.path("customers").asLong(), Hash.parse(digest.path("digest").asText()));
  }

  @Override
  public Map<String, StateDigest> of(int partition) {
    Map<String, StateDigest> states = new HashMap<>();
    String path = "/v1/partitions/" + partition + "/states?limit=" + PAGE;
    String after = "";
    while (true) {
      JsonNode page = get(path + after).path("states");
      String last = "";
      for (JsonNode state : page) {
        last = state.path("customer").asText();
        states.put(last, digest(state));
      }
      if (page.size() < PAGE) {
        return states;
      }
      after = "&after=" + LedgerClient.segment(last);
    }
  }

  private static StateDigest digest(JsonNode state) {
    return new StateDigest(
        state.path("sequence").asLong(),
        Hash.parse(state.path("account_digest").asText()),
        Hash.parse(state.path("grants_digest").asText()));
  }

  @Override
  public Optional<Whole> whole(String customer) {
    LedgerClient.Answer answer =
        client.get("/v1/customers/" + LedgerClient.segment(customer) + "/state");
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    JsonNode state = checked(answer);
    try {
      List<GrantRecord> grants = new ArrayList<>();
      for (JsonNode grant : state.path("grants")) {
        grants.add(GrantRecordCodec.read(grant.binaryValue()));
      }
      return Optional.of(
          new Whole(
              AccountCodec.read(new CustomerId(customer), state.path("account").binaryValue()),
              grants));
    } catch (IOException | IllegalStateException e) {
      throw new AuditException("the state of " + customer + " cannot be read: " + e.getMessage());
    }
  }

  private JsonNode get(String path) {
    return checked(client.get(path));
  }

  private static JsonNode checked(LedgerClient.Answer answer) {
    try {
      answer.orFail();
      return answer.json();
    } catch (CommandFailedException refused) {
      throw new AuditException("the service does not tell its states: " + refused.getMessage());
    }
  }
}
