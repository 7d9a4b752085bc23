package io.creditledger.stripe.mirror;

import com.stripe.model.billing.CreditGrant;
import io.creditledger.core.catalog.Price;
import io.creditledger.core.catalog.UnitInfo;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.relay.Database;
import io.creditledger.stripe.catalog.CatalogInForce;
import io.creditledger.stripe.client.Attempt;
import io.creditledger.stripe.client.Attempt.Again;
import io.creditledger.stripe.client.Attempt.Done;
import io.creditledger.stripe.client.Attempt.Refused;
import io.creditledger.stripe.client.StripeCalls;
import io.creditledger.stripe.customer.Customers;
import io.creditledger.stripe.effect.Effect;
import io.creditledger.stripe.effect.EffectKind;
import io.creditledger.stripe.effect.EffectOutcome;
import io.creditledger.stripe.effect.EffectOutcome.Held;
import io.creditledger.stripe.effect.EffectOutcome.Next;
import io.creditledger.stripe.effect.EffectOutcome.Rows;
import io.creditledger.stripe.effect.Effects;
import io.creditledger.stripe.price.MeterPrices;
import io.creditledger.stripe.rules.MeterRule;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Has a grant stand in Stripe as it stands in the ledger. */
public final class MirrorEffect implements EffectKind {

  /** The name of its rows. */
  public static final String KIND = "grant_mirror";

  private static final Duration ROOM_WAIT = Duration.ofHours(1);
  private static final Duration UNKNOWN_WAIT = Duration.ofHours(1);

  private final Database database;
  private final StripeRules rules;
  private final CatalogInForce catalog;
  private final MirrorCalls calls;
  private final MeterPrices prices;
  private final MirrorPlan plan;
  private final Clock clock;

  /** Mirrors by these rules, at the prices of the catalog in force. */
  public MirrorEffect(
      Database database,
      StripeCalls stripe,
      StripeRules rules,
      CatalogInForce catalog,
      Clock clock) {
    this.database = database;
    this.rules = rules;
    this.catalog = catalog;
    this.calls = new MirrorCalls(stripe);
    this.prices = new MeterPrices(stripe);
    this.plan = new MirrorPlan(rules.mirror().outlive());
    this.clock = clock;
  }

  @Override
  public String name() {
    return KIND;
  }

  /** What is known of a grant when its turn comes. */
  private record Known(
      LedgerGrant grant,
      Optional<Mirrored> mirrored,
      Instant since,
      Optional<String> stripeCustomer) {}

  @Override
  public EffectOutcome run(Effect effect) throws InterruptedException {
    Known known =
        database
            .jdbi()
            .inTransaction(
                handle -> {
                  LedgerGrant grant =
                      GrantTable.find(handle, effect.customer(), new GrantId(effect.key()))
                          .orElseThrow();
                  return new Known(
                      grant,
                      MirrorTable.find(handle, grant.customer(), grant.id()),
                      MirrorTable.since(handle, grant.unit(), clock.instant()),
                      Customers.stripeId(handle, grant.customer()));
                });
    Optional<Price> price =
        Optional.ofNullable(catalog.current().units().get(known.grant().unit()))
            .flatMap(UnitInfo::price);
    MirrorStep step =
        plan.next(known.grant(), known.mirrored(), price, known.since(), clock.instant());
    return switch (step) {
      case MirrorStep.Nothing nothing -> EffectOutcome.done(nothing.why());
      case MirrorStep.CannotFollow cannot -> EffectOutcome.parked(cannot.why());
      case MirrorStep.Create create -> create(effect, known, create);
      case MirrorStep.MoveEnd move -> moveEnd(effect, known, move);
      case MirrorStep.VoidIt ended -> voidGrant(effect, known);
      case MirrorStep.ExpireIt ended -> expire(effect, known);
    };
  }

  private EffectOutcome create(Effect effect, Known known, MirrorStep.Create create)
      throws InterruptedException {
    if (known.stripeCustomer().isEmpty()) {
      return new Held(
          "no customer of Stripe's is linked to " + effect.customer(), UNKNOWN_WAIT, Rows.NOTHING);
    }
    List<String> scope = new ArrayList<>();
    for (MeterName meter : known.grant().scope().meters()) {
      Attempt<List<String>> found =
          prices.prices(
              rules.rule(Optional.of(meter)).map(MeterRule::eventName).orElse(meter.value()));
      if (!(found instanceof Done<List<String>> done)) {
        return settle(found, none -> EffectOutcome.done(""), EffectOutcome::of);
      }
      scope.addAll(done.value());
    }
    if (scope.isEmpty() && !known.grant().scope().meters().isEmpty()) {
      return new Held(
          "it is limited to meters for which Stripe has no price yet: "
              + known.grant().scope().meters(),
          UNKNOWN_WAIT,
          Rows.NOTHING);
    }
    String customer = known.stripeCustomer().get();
    return settle(
        calls.create(effect, known.grant(), create, customer, scope),
        made -> made(known, create, made),
        refused -> isFull(refused) ? full(effect) : EffectOutcome.of(refused));
  }

  private EffectOutcome made(Known known, MirrorStep.Create create, CreditGrant made) {
    Mirrored mirrored =
        new Mirrored(
            made.getId(),
            known.stripeCustomer().orElseThrow(),
            create.value(),
            known.grant().granted(),
            Optional.ofNullable(made.getExpiresAt()).map(Instant::ofEpochSecond),
            Optional.empty(),
            create.lost());
    return next("made as " + made.getId(), known, mirrored);
  }

  /** Stripe keeps at most a hundred grants of a customer of which something is left. */
  private static boolean isFull(Refused<?> refused) {
    String message = refused.message().toLowerCase(Locale.ROOT);
    return refused.status() == 400 && message.contains("unused") && message.contains("grant");
  }

  private static EffectOutcome full(Effect effect) {
    return new Held(
        "waiting for room: Stripe keeps at most 100 unused credit grants for a customer, and "
            + effect.customer()
            + " has them",
        ROOM_WAIT,
        Rows.NOTHING);
  }

  private EffectOutcome moveEnd(Effect effect, Known known, MirrorStep.MoveEnd move)
      throws InterruptedException {
    Mirrored mirrored = known.mirrored().orElseThrow();
    return settle(
        calls.moveEnd(effect, mirrored.stripeId(), move.expiresAt()),
        moved -> next("its end was moved", known, mirrored.until(move.expiresAt())),
        EffectOutcome::of);
  }

  private EffectOutcome voidGrant(Effect effect, Known known) throws InterruptedException {
    Mirrored mirrored = known.mirrored().orElseThrow();
    Attempt<CreditGrant> voided = calls.voidGrant(effect, mirrored.stripeId());
    if (voided instanceof Refused<CreditGrant>) {
      // An invoice has used some of it, or it has ended by itself: what is left ends now.
      return expire(effect, known);
    }
    return settle(voided, done -> ended(known, "voided"), EffectOutcome::of);
  }

  private EffectOutcome expire(Effect effect, Known known) throws InterruptedException {
    Mirrored mirrored = known.mirrored().orElseThrow();
    Attempt<CreditGrant> expired = calls.expire(effect, mirrored.stripeId());
    if (expired instanceof Refused<CreditGrant> refused) {
      return settle(
          calls.read(mirrored.stripeId()),
          grant -> isOver(grant) ? ended(known, how(grant)) : EffectOutcome.of(refused),
          EffectOutcome::of);
    }
    return settle(expired, done -> ended(known, "expired"), EffectOutcome::of);
  }

  private boolean isOver(CreditGrant grant) {
    return grant.getVoidedAt() != null
        || (grant.getExpiresAt() != null
            && grant.getExpiresAt() <= clock.instant().getEpochSecond());
  }

  private static String how(CreditGrant grant) {
    return grant.getVoidedAt() == null ? "expired" : "voided";
  }

  private EffectOutcome ended(Known known, String how) {
    EffectOutcome.Next next = next(how, known, known.mirrored().orElseThrow().endedAs(how));
    return new Next(
        next.note(),
        transaction -> {
          next.then().write(transaction);
          Effects.release(transaction, KIND, known.grant().customer(), clock.instant());
        });
  }

  private static Next next(String note, Known known, Mirrored mirrored) {
    return new Next(
        note,
        transaction ->
            MirrorTable.put(transaction, known.grant().customer(), known.grant().id(), mirrored));
  }

  private static <T> EffectOutcome settle(
      Attempt<T> attempt,
      Function<T, EffectOutcome> done,
      Function<Refused<T>, EffectOutcome> refused) {
    return switch (attempt) {
      case Done<T> success -> done.apply(success.value());
      case Again<T> again -> EffectOutcome.of(again);
      case Refused<T> refusal -> refused.apply(refusal);
    };
  }
}
