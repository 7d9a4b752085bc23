package io.creditledger.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.billing.CreditBalanceSummary;
import com.stripe.model.billing.CreditBalanceTransaction;
import com.stripe.model.billing.CreditGrant;
import com.stripe.param.billing.CreditBalanceSummaryRetrieveParams;
import com.stripe.param.billing.CreditBalanceTransactionListParams;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.CreditGrantListParams;
import com.stripe.param.billing.CreditGrantUpdateParams;
import com.stripe.param.common.EmptyParam;
import com.stripe.service.billing.CreditGrantService;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreditGrantsTest {

  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

  private final SimulatedStripe stripe = new SimulatedStripe();
  private Shop shop;
  private CreditGrantService grants;

  @BeforeEach
  void open() throws StripeException {
    shop = new Shop(stripe);
    grants = stripe.client.v1().billing().creditGrants();
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  private static CreditGrantCreateParams.Builder params() {
    return new CreditGrantCreateParams.Builder();
  }

  private long balance() throws StripeException {
    CreditBalanceSummary summary =
        stripe
            .client
            .v1()
            .billing()
            .creditBalanceSummary()
            .retrieve(
                CreditBalanceSummaryRetrieveParams.builder()
                    .setCustomer(shop.customer.getId())
                    .setFilter(
                        CreditBalanceSummaryRetrieveParams.Filter.builder()
                            .setType(
                                CreditBalanceSummaryRetrieveParams.Filter.Type.APPLICABILITY_SCOPE)
                            .setApplicabilityScope(
                                CreditBalanceSummaryRetrieveParams.Filter.ApplicabilityScope
                                    .builder()
                                    .setPriceType(
                                        CreditBalanceSummaryRetrieveParams.Filter.ApplicabilityScope
                                            .PriceType.METERED)
                                    .build())
                            .build())
                    .build());
    return summary.getBalances().stream()
        .mapToLong(balance -> balance.getAvailableBalance().getMonetary().getValue())
        .sum();
  }

  private String lastTransaction(String grant) throws StripeException {
    CreditBalanceTransaction last =
        stripe
            .client
            .v1()
            .billing()
            .creditBalanceTransactions()
            .list(CreditBalanceTransactionListParams.builder().setCreditGrant(grant).build())
            .getData()
            .getFirst();
    return last.getDebit() == null ? last.getCredit().getType() : last.getDebit().getType();
  }

  @Test
  void aGrantIsMadeReadChangedAndListed() throws StripeException {
    CreditGrant grant = shop.grant(params().setName("Plus").putMetadata("ledger", "g_1"), 3900);

    assertThat(grant.getPriority()).isEqualTo(50);
    assertThat(grant.getCategory()).isEqualTo("paid");
    assertThat(balance()).isEqualTo(3900);
    assertThat(lastTransaction(grant.getId())).isEqualTo("credits_granted");
    grants.update(
        grant.getId(),
        CreditGrantUpdateParams.builder()
            .setExpiresAt(DECEMBER.getEpochSecond())
            .putMetadata("seen", "yes")
            .build());
    CreditGrant changed = grants.retrieve(grant.getId());
    assertThat(changed.getExpiresAt()).isEqualTo(DECEMBER.getEpochSecond());
    assertThat(changed.getMetadata()).containsOnlyKeys("ledger", "seen");
    grants.update(
        grant.getId(), CreditGrantUpdateParams.builder().setExpiresAt(EmptyParam.EMPTY).build());
    assertThat(grants.retrieve(grant.getId()).getExpiresAt()).isNull();
    assertThat(
            grants
                .list(CreditGrantListParams.builder().setCustomer(shop.customer.getId()).build())
                .getData())
        .hasSize(1);
  }

  @Test
  void aGrantExpiresByItselfByCommandOrIsVoided() throws StripeException {
    CreditGrant timed = shop.grant(params().setExpiresAt(DECEMBER.getEpochSecond()), 100);
    CreditGrant ended = shop.grant(params(), 200);
    CreditGrant voided = shop.grant(params(), 400);

    grants.expire(ended.getId());
    grants.voidGrant(voided.getId());
    shop.advanceTo(DECEMBER);

    assertThat(balance()).isZero();
    assertThat(lastTransaction(timed.getId())).isEqualTo("credits_expired");
    assertThat(lastTransaction(ended.getId())).isEqualTo("credits_expired");
    assertThat(lastTransaction(voided.getId())).isEqualTo("credits_voided");
    assertThat(grants.retrieve(voided.getId()).getVoidedAt()).isNotNull();
    assertThatThrownBy(() -> grants.voidGrant(voided.getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void aGrantThatPaidForSomethingCannotBeVoided() throws StripeException {
    shop.subscribe();
    CreditGrant grant = shop.grant(params(), 1000);
    shop.use("a", 10, SimulatedStripe.START);
    shop.advanceTo(DECEMBER.plusSeconds(3600));

    assertThatThrownBy(() -> grants.voidGrant(grant.getId()))
        .hasMessageContaining("applied to an invoice");
    grants.expire(grant.getId());

    assertThat(balance()).isZero();
  }

  @Test
  void aGrantOfTheFutureIsNotInTheBalanceYet() throws StripeException {
    shop.grant(params().setEffectiveAt(DECEMBER.getEpochSecond()), 100);
    assertThat(balance()).isZero();

    shop.advanceTo(DECEMBER);

    assertThat(balance()).isEqualTo(100);
  }

  @Test
  void aCustomerHasAtMostAHundredUnusedGrants() throws StripeException {
    String first = shop.grant(params(), 1).getId();
    for (int i = 1; i < 100; i++) {
      shop.grant(params(), 1);
    }

    assertThatThrownBy(() -> shop.grant(params(), 1)).hasMessageContaining("100 unused");
    grants.voidGrant(first);

    assertThat(shop.grant(params(), 1).getId()).isNotEmpty();
  }

  @Test
  void whatDoesNotMakeSenseIsRefused() {
    assertThatThrownBy(() -> shop.grant(params().setPriority(101L), 1))
        .hasMessageContaining("less than or equal to 100");
    assertThatThrownBy(() -> shop.grant(params(), 0))
        .hasMessageContaining("greater than or equal to 1");
    assertThatThrownBy(() -> shop.grant(params().setExpiresAt(1L), 1))
        .hasMessageContaining("expires_at");
    assertThatThrownBy(() -> shop.grant(params().setName("n".repeat(101)), 1))
        .hasMessageContaining("at most 100 characters");
  }
}
