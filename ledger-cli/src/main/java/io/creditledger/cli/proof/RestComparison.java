package io.creditledger.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what the REST service answers against what the journal adds up to. */
public final class RestComparison {

  private final LedgerClient client;
  private final List<String> differences = new ArrayList<>();

  private RestComparison(LedgerClient client) {
    this.client = client;
  }

  /**
   * Every difference, in sentences; none: all balances are the journal's. The journal must have
   * come to rest.
   */
  public static List<String> differences(LedgerClient client, JournalProof proof) {
    RestComparison comparison = new RestComparison(client);
    proof.customers().values().forEach(comparison::compare);
    return comparison.differences;
  }

  private void compare(CustomerSums sums) {
    CustomerId customer = sums.customer();
    String path = "/v1/customers/" + LedgerClient.segment(customer.value());
    JsonNode balance = client.get(path + "/balance?consistency=committed").orFail().json();
    if (balance.path("sequence").asLong() != sums.sequence()) {
      differences.add(
          customer
              + ": the journal has "
              + sums.sequence()
              + " entries, the balance is of "
              + balance.path("sequence").asText());
    }
    for (JsonNode unit : balance.path("units")) {
      CustomerSums.Beyond beyond =
          sums.beyond()
              .getOrDefault(new Unit(unit.path("unit").asText()), CustomerSums.Beyond.NONE);
      compare(customer + " overage", beyond.overage(), unit.path("overage"));
      compare(customer + " overdraft", beyond.overdraft(), unit.path("overdraft"));
    }
    compareGrants(sums, path);
  }

  private void compareGrants(CustomerSums sums, String path) {
    int found = 0;
    String cursor = "";
    do {
      JsonNode page = client.get(path + "/grants?limit=500" + cursor).orFail().json();
      for (JsonNode grant : page.path("grants")) {
        found++;
        compareGrant(sums, grant);
      }
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    if (found != sums.grants().size()) {
      differences.add(
          sums.customer()
              + ": the journal made "
              + sums.grants().size()
              + " grants, the service knows "
              + found);
    }
  }

  private void compareGrant(CustomerSums sums, JsonNode shown) {
    GrantId id = new GrantId(shown.path("id").asText());
    GrantSums grant = sums.grants().get(id);
    if (grant == null) {
      differences.add(sums.customer() + ": the journal never made grant " + id);
      return;
    }
    Map<String, Credits> parts =
        Map.of(
            "amount", grant.granted(),
            "remaining", grant.remaining(),
            "held", grant.held(),
            "consumed", grant.consumed(),
            "expired", grant.expired(),
            "voided", grant.voided());
    parts.forEach(
        (part, amount) ->
            compare(sums.customer() + " grant " + id + " " + part, amount, shown.path(part)));
  }

  private void compare(String what, Credits journal, JsonNode shown) {
    if (!journal.toString().equals(shown.asText())) {
      differences.add(what + ": the journal says " + journal + ", the service " + shown.asText());
    }
  }
}
