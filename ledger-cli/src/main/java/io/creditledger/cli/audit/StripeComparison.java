package io.creditledger.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.client.LedgerClient.Answer;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.Beside;
import io.creditledger.streams.audit.Finding;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has stripe-sync compare the journal's sums with its outbox and with Stripe, of the last 35 days.
 * What it can explain, such as what is still to be sent, is no finding.
 */
final class StripeComparison {

  private static final int ACCEPTED = 202;

  private StripeComparison() {}

  /**
   * What it found.
   *
   * @param sync where stripe-sync listens for operators
   * @throws AuditException if it does not answer
   */
  static Beside at(URI sync) {
    try (LedgerClient client = new LedgerClient(sync, Optional.empty())) {
      Answer answer =
          client.post("/v1/reconcile", LedgerClient.JSON, new byte[0], Duration.ZERO).orFail();
      while (answer.status() == ACCEPTED) {
        answer = client.get("/v1/reconcile/" + answer.json().path("run").asLong()).orFail();
      }
      return of(answer.json());
    } catch (CommandFailedException refused) {
      throw new AuditException("stripe-sync does not reconcile: " + refused.getMessage());
    }
  }

  private static Beside of(JsonNode report) {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode difference : report.path("differences")) {
      if (!difference.path("explained").asBoolean()) {
        findings.add(
            new Finding(
                "stripe outbox",
                0,
                Finding.NO_OFFSET,
                difference.path("customer").asText(),
                Instant.parse(report.path("at").asText()),
                text(difference)));
      }
    }
    String note =
        "Stripe: the sums of "
            + report.path("customers").asLong()
            + " customers in "
            + report.path("windows").asLong()
            + " windows compared with the outbox and with Stripe; "
            + report.path("differing").asLong()
            + " differ, "
            + findings.size()
            + " without an explanation";
    return new Beside(note, findings, findings.size());
  }

  private static String text(JsonNode difference) {
    return difference.path("kind").asText()
        + " "
        + difference.path("meter").asText()
        + " "
        + difference.path("window").asText()
        + ": the journal has "
        + difference.path("journal").asText()
        + ", the outbox "
        + difference.path("outbox").asText()
        + ", Stripe "
        + difference.path("stripe").asText()
        + "; "
        + difference.path("cause").asText();
  }
}
