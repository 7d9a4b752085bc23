package io.creditledger.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditledger.cli.client.StubLedger;
import io.creditledger.streams.audit.AuditException;
import io.creditledger.streams.audit.Beside;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeComparisonTest {

  /** What stripe-sync answers: a difference that it can explain, and one that it cannot. */
  static final String REPORT =
      """
      {"at":"2026-11-28T20:00:00Z","customers":2,"windows":7,"differing":2,"differences":[
        {"kind":"window","customer":"cus_1","meter":"credits","window":"2026-11-28T19:00:00Z",
         "journal":"12.5","outbox":"0","stripe":"0","cause":"still to be sent","explained":true},
        {"kind":"window","customer":"cus_2","meter":"credits","window":"2026-11-28T18:00:00Z",
         "journal":"3","outbox":"3","stripe":"4","cause":"unknown","explained":false}]}
      """;

  private final StubLedger sync = new StubLedger();

  @AfterEach
  void close() {
    sync.close();
  }

  @Test
  void only_what_stripe_sync_cannot_explain_is_a_finding() {
    // given: the comparison takes a while.
    sync.answers(202, "{\"run\":5}").answers(202, "{\"run\":5}").answers(200, REPORT);

    // when
    Beside stripe = StripeComparison.at(sync.address());

    // then
    assertThat(sync.requests())
        .extracting(StubLedger.Received::target)
        .containsExactly("/v1/reconcile", "/v1/reconcile/5", "/v1/reconcile/5");
    assertThat(stripe.findings())
        .singleElement()
        .hasToString(
            "stripe outbox-0, customer cus_2: window credits 2026-11-28T18:00:00Z: the journal has"
                + " 3, the outbox 3, Stripe 4; unknown");
    assertThat(stripe.note())
        .isEqualTo(
            "Stripe: the sums of 2 customers in 7 windows compared with the outbox and with Stripe;"
                + " 2 differ, 1 without an explanation");
  }

  @Test
  void an_audit_that_stripe_sync_does_not_answer_is_none() {
    sync.answers(503, "{\"code\":\"UNAVAILABLE\",\"title\":\"no\",\"detail\":\"Stripe is away\"}");

    assertThatThrownBy(() -> StripeComparison.at(sync.address()))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("stripe-sync does not reconcile")
        .hasMessageContaining("Stripe is away");
  }
}
