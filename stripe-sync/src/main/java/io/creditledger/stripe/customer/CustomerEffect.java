package io.creditledger.stripe.customer;

import com.stripe.model.Customer;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.Database;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Again;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.Attempt.Refused;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.EffectKind;
import io.creditledger.stripe.effect.EffectOutcome;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.effect.Once;
import io.creditledger.stripe.rules.CustomerRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes a customer in Stripe for one of the ledger's that Stripe does not know. */
public final class CustomerEffect implements EffectKind {

  /** The name of its rows. */
  public static final String KIND = "stripe_customer";

  /** By how much Stripe's clock may be behind. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

  private static final String KEY = "customer";
  private static final long PAGE = 100;

  private final Database database;
  private final StripeCalls stripe;

  /** Makes customers with these calls. */
  public CustomerEffect(Database database, StripeCalls stripe) {
    this.database = database;
    this.stripe = stripe;
  }

  /** Asks for a customer; nothing comes of it if there is one already. */
  public static void ask(Handle handle, CustomerId customer, Instant now) {
    Effects.ask(handle, KIND, customer, KEY, now, now);
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public EffectOutcome run(Effect effect) throws InterruptedException {
    Optional<String> known =
        database.jdbi().withHandle(handle -> Customers.stripeId(handle, effect.customer()));
    if (known.isPresent()) {
      return EffectOutcome.done("it is " + known.get());
    }
    String id = effect.customer().value();
    CustomerCreateParams params =
        CustomerCreateParams.builder()
            .setDescription(id)
            .putMetadata(CustomerRule.METADATA, id)
            .build();
    RequestOptions key =
        RequestOptions.builder().setIdempotencyKey(effect.idempotencyKey("create")).build();
    Attempt<Customer> made =
        new Once(stripe)
            .make(
                effect,
                after -> page(effect, after),
                one -> id.equals(one.getMetadata().get(CustomerRule.METADATA)),
                client -> client.v1().customers().create(params, key));
    return switch (made) {
      case Done<Customer> done ->
          new EffectOutcome.Done(
              "made as " + done.value().getId(),
              transaction -> Customers.link(transaction, effect.customer(), done.value().getId()));
      case Again<Customer> again -> EffectOutcome.of(again);
      case Refused<Customer> refused -> EffectOutcome.of(refused);
    };
  }

  /** Only who was made since it was asked for can be the one: an account has many customers. */
  private static StripeCalls.Call<StripeCollection<Customer>> page(
      Effect effect, Optional<String> after) {
    CustomerListParams.Builder params =
        CustomerListParams.builder()
            .setCreated(
                CustomerListParams.Created.builder()
                    .setGte(effect.since().minus(CLOCKS_APART).getEpochSecond())
                    .build())
            .setLimit(PAGE);
    after.ifPresent(params::setStartingAfter);
    return client -> client.v1().customers().list(params.build());
  }
}
