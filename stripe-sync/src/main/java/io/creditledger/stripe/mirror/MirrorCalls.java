package io.creditledger.stripe.mirror;

import com.stripe.model.StripeCollection;
import com.stripe.model.billing.CreditGrant;
import com.stripe.net.RequestOptions;
import com.stripe.param.billing.CreditGrantCreateParams;
import com.stripe.param.billing.CreditGrantCreateParams.Amount;
import com.stripe.param.billing.CreditGrantCreateParams.ApplicabilityConfig;
import com.stripe.param.billing.CreditGrantCreateParams.ApplicabilityConfig.Scope;
import com.stripe.param.billing.CreditGrantListParams;
import com.stripe.param.billing.CreditGrantUpdateParams;
import com.stripe.param.common.EmptyParam;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.Once;
import io.creditledger.stripe.rules.CustomerRule;
import io.creditledger.stripe.rules.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stripe's credit grants, as the mirror makes and changes them. */
final class MirrorCalls {

  private static final int NAME_CHARS_MAX = 100;
  private static final long PAGE = 100;

  private final StripeCalls stripe;

  MirrorCalls(StripeCalls stripe) {
    this.stripe = stripe;
  }

  /**
   * Makes a grant, unless an earlier try has.
   *
   * @param prices to which it is limited; empty: it pays for everything metered
   */
  Attempt<CreditGrant> create(
      Effect effect,
      LedgerGrant grant,
      MirrorStep.Create create,
      String customer,
      List<String> prices)
      throws InterruptedException {
    CreditGrantCreateParams params = params(grant, create, customer, prices);
    return new Once(stripe)
        .make(
            effect,
            after -> page(customer, after),
            made -> grant.id().value().equals(made.getMetadata().get(Metadata.GRANT)),
            client -> client.v1().billing().creditGrants().create(params, key(effect, "create")));
  }

  private static StripeCalls.Call<StripeCollection<CreditGrant>> page(
      String customer, Optional<String> after) {
    CreditGrantListParams.Builder params =
        CreditGrantListParams.builder().setCustomer(customer).setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().billing().creditGrants().list(params.build());
  }

  private static CreditGrantCreateParams params(
      LedgerGrant grant, MirrorStep.Create create, String customer, List<String> prices) {
    CreditGrantCreateParams.Builder params =
        CreditGrantCreateParams.builder()
            .setCustomer(customer)
            .setName(cut(grant.name()))
            .setCategory(
                CreditGrantCreateParams.Category.valueOf(
                    grant.category().name().toUpperCase(Locale.ROOT)))
            .setPriority((long) grant.priority())
            .setEffectiveAt(grant.effectiveAt().getEpochSecond())
            .setAmount(
                Amount.builder()
                    .setType(Amount.Type.MONETARY)
                    .setMonetary(
                        Amount.Monetary.builder()
                            .setCurrency(create.value().currency())
                            .setValue(create.value().minor())
                            .build())
                    .build())
            .setApplicabilityConfig(ApplicabilityConfig.builder().setScope(scope(prices)).build())
            .putMetadata(Metadata.GRANT, grant.id().value())
            .putMetadata(CustomerRule.METADATA, grant.customer().value());
    create.expiresAt().ifPresent(end -> params.setExpiresAt(end.getEpochSecond()));
    return params.build();
  }

  private static Scope scope(List<String> prices) {
    Scope.Builder scope = Scope.builder();
    if (prices.isEmpty()) {
      return scope.setPriceType(Scope.PriceType.METERED).build();
    }
    prices.forEach(price -> scope.addPrice(Scope.Price.builder().setId(price).build()));
    return scope.build();
  }

  private static String cut(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
  }

  /** Moves a grant's end. */
  Attempt<CreditGrant> moveEnd(Effect effect, String id, Optional<Instant> end)
      throws InterruptedException {
    CreditGrantUpdateParams.Builder params = CreditGrantUpdateParams.builder();
    end.ifPresentOrElse(
        at -> params.setExpiresAt(at.getEpochSecond()),
        () -> params.setExpiresAt(EmptyParam.EMPTY));
    return stripe.call(
        client ->
            client
                .v1()
                .billing()
                .creditGrants()
                .update(id, params.build(), key(effect, "end-" + end)));
  }

  /** Voids a grant. */
  Attempt<CreditGrant> voidGrant(Effect effect, String id) throws InterruptedException {
    return stripe.call(
        client -> client.v1().billing().creditGrants().voidGrant(id, key(effect, "void")));
  }

  /** Ends a grant now. */
  Attempt<CreditGrant> expire(Effect effect, String id) throws InterruptedException {
    return stripe.call(
        client -> client.v1().billing().creditGrants().expire(id, key(effect, "expire")));
  }

  /** A grant as Stripe has it. */
  Attempt<CreditGrant> read(String id) throws InterruptedException {
    return stripe.call(client -> client.v1().billing().creditGrants().retrieve(id));
  }

  private static RequestOptions key(Effect effect, String step) {
    return RequestOptions.builder().setIdempotencyKey(effect.idempotencyKey(step)).build();
  }
}
