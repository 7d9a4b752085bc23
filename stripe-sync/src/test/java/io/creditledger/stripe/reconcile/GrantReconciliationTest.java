package io.creditledger.stripe.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.billing.CreditGrant;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams.Amount;
import com.stripe.param.billing.CreditGrantCreateParams.ApplicabilityConfig;
import com.stripe.param.billing.CreditGrantCreateParams.ApplicabilityConfig.Scope.PriceType;
import com.stripe.param.billing.CreditGrantUpdateParams;
import io.creditledger.core.grant.Scope;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.mirror.Mirroring;
import io.creditledger.stripe.reconcile.Reconciliation.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrantReconciliationTest {

  private static final Instant MONTH_END = Instant.parse("2026-12-01T00:00:00Z");

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private Mirroring mirroring;

  @BeforeEach
  void aGrantInBoth() throws Exception {
    mirroring = new Mirroring(sync, "0.01");
    mirroring.happens(mirroring.grant("g_1", "3900", Scope.EVERYTHING, Optional.of(MONTH_END)));
  }

  private Report reconcile() throws InterruptedException {
    Instant now = sync.clock().instant();
    return new Reconciliation(mirroring.services, () -> mirroring.catalog, (fence, reader) -> {})
        .run(now.minus(Duration.ofDays(1)), now.plusSeconds(60), Mode.COMPARE);
  }

  private List<Difference> differences() throws InterruptedException {
    return reconcile().differences();
  }

  private CreditGrant inStripe() throws StripeException {
    return mirroring.inStripe().getFirst();
  }

  @Test
  void a_grant_that_stands_in_stripe_as_it_was_told_is_no_difference() throws Exception {
    // when
    Report report = reconcile();

    // then
    assertThat(report.differences()).isEmpty();
    assertThat(report.grants()).isEqualTo(1);
  }

  @Test
  void a_mirror_that_was_voided_by_hand_is_unexplained() throws Exception {
    // given
    sync.client().v1().billing().creditGrants().voidGrant(inStripe().getId());

    // when
    List<Difference> differences = differences();

    // then
    assertThat(differences)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.cause()).isEqualTo(Cause.UNEXPLAINED);
              assertThat(one.customer()).isEqualTo("ann");
              assertThat(one.meter()).isEqualTo("g_1");
              assertThat(one.outbox()).isEqualTo("39.00 usd");
              assertThat(one.stripe()).isEqualTo("39.00 usd, voided");
              assertThat(one.difference()).isEqualTo("-39");
              assertThat(one.detail()).contains("voided in Stripe by somebody else");
            });
  }

  @Test
  void an_end_that_was_moved_by_hand_is_unexplained() throws Exception {
    // given
    sync.client()
        .v1()
        .billing()
        .creditGrants()
        .update(
            inStripe().getId(),
            CreditGrantUpdateParams.builder()
                .setExpiresAt(MONTH_END.plusSeconds(1).getEpochSecond())
                .build());

    // when
    List<Difference> differences = differences();

    // then
    assertThat(differences)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.cause()).isEqualTo(Cause.UNEXPLAINED);
              assertThat(one.detail())
                  .endsWith(
                      "ends in Stripe at 2026-12-01T00:00:01Z,"
                          + " and was to end at 2026-12-01T02:00:00Z");
            });
  }

  @Test
  void a_grant_that_somebody_made_in_stripe_is_told_until_the_ledger_has_it() throws Exception {
    // given
    CreditGrant made =
        sync.client()
            .v1()
            .billing()
            .creditGrants()
            .create(
                CreditGrantCreateParams.builder()
                    .setCustomer(inStripe().getCustomer())
                    .setAmount(
                        Amount.builder()
                            .setType(Amount.Type.MONETARY)
                            .setMonetary(
                                Amount.Monetary.builder().setCurrency("usd").setValue(500L).build())
                            .build())
                    .setApplicabilityConfig(
                        ApplicabilityConfig.builder()
                            .setScope(
                                ApplicabilityConfig.Scope.builder()
                                    .setPriceType(PriceType.METERED)
                                    .build())
                            .build())
                    .build());

    // when
    List<Difference> differences = differences();

    // then
    assertThat(differences)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.cause()).isEqualTo(Cause.UNEXPLAINED);
              assertThat(one.meter()).isEqualTo(made.getId());
              assertThat(one.stripe()).isEqualTo("5.00 usd");
            });
  }
}
