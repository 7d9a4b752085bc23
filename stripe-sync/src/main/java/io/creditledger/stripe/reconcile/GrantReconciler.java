package io.creditledger.stripe.reconcile;

import com.stripe.model.billing.CreditGrant;
import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.mirror.LedgerGrant;
import io.creditledger.stripe.mirror.MirrorBooks.Standing;
import io.creditledger.stripe.mirror.Mirrored;
import io.creditledger.stripe.money.Money;
import io.creditledger.stripe.reconcile.Difference.Kind;
import io.creditledger.stripe.rules.Metadata;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** In what grants differ between the ledger, the mirror and Stripe, and why. Pure. */
record GrantReconciler(Instant now) {

  private static final String NOTHING = "-";

  /**
   * The differences of grants of the ledger.
   *
   * @param there Stripe's grants by their ids
   */
  List<Difference> mirrors(List<Standing> standings, Map<String, CreditGrant> there) {
    List<Difference> differences = new ArrayList<>();
    for (Standing standing : standings) {
      Optional<CreditGrant> inStripe =
          standing.mirrored().flatMap(known -> Optional.ofNullable(there.get(known.stripeId())));
      outstanding(standing, inStripe).ifPresent(differences::add);
      standing
          .mirrored()
          .flatMap(known -> wrong(known, inStripe))
          .map(why -> line(standing, inStripe, Cause.UNEXPLAINED, why))
          .ifPresent(differences::add);
    }
    return differences;
  }

  /** What Stripe is still to be told. */
  private Optional<Difference> outstanding(Standing standing, Optional<CreditGrant> inStripe) {
    if (standing.impossible().isPresent()) {
      return Optional.of(
          line(standing, inStripe, Cause.CANNOT_FOLLOW, standing.impossible().get()));
    }
    return standing
        .outstanding()
        .map(
            what -> {
              Cause cause =
                  switch (standing.effect().orElse("")) {
                    case "due", "held" -> Cause.WAITING;
                    case "parked" -> Cause.PARKED;
                    default -> Cause.UNEXPLAINED;
                  };
              String note = standing.note().isEmpty() ? "" : "; " + standing.note();
              return line(standing, inStripe, cause, what + note);
            });
  }

  /** In what Stripe is not as it was told; empty if it is. */
  private Optional<String> wrong(Mirrored known, Optional<CreditGrant> inStripe) {
    if (inStripe.isEmpty()) {
      return Optional.of("Stripe has no credit grant " + known.stripeId());
    }
    CreditGrant grant = inStripe.get();
    if (!value(grant).equals(Optional.of(known.value()))) {
      return Optional.of(known.stripeId() + " was made with " + known.value());
    }
    boolean isVoid = grant.getVoidedAt() != null;
    boolean wasVoided = known.ended().filter("voided"::equals).isPresent();
    if (isVoid != wasVoided) {
      return Optional.of(
          known.stripeId()
              + (isVoid ? " was voided in Stripe by somebody else" : " is not void in Stripe"));
    }
    Optional<Instant> end = Optional.ofNullable(grant.getExpiresAt()).map(Instant::ofEpochSecond);
    if (known.ended().isEmpty() && !Objects.equals(end, known.expiresAt())) {
      return Optional.of(
          known.stripeId()
              + " ends in Stripe "
              + at(end)
              + ", and was to end "
              + at(known.expiresAt()));
    }
    return Optional.empty();
  }

  private static String at(Optional<Instant> end) {
    return end.map(instant -> "at " + instant).orElse("never");
  }

  /** Stripe's grants of which nobody here knows. */
  List<Difference> strays(
      List<Standing> standings,
      Set<String> madeOf,
      Map<String, CreditGrant> there,
      Map<String, CustomerId> customers) {
    Set<String> known =
        standings.stream()
            .flatMap(standing -> standing.mirrored().stream())
            .map(Mirrored::stripeId)
            .collect(Collectors.toSet());
    return there.values().stream()
        .filter(grant -> !known.contains(grant.getId()) && !madeOf.contains(grant.getId()))
        .filter(grant -> grant.getVoidedAt() == null)
        .map(grant -> stray(grant, customers.get(grant.getCustomer()), standings))
        .toList();
  }

  private Difference stray(CreditGrant grant, CustomerId customer, List<Standing> standings) {
    String mirrors = grant.getMetadata().getOrDefault(Metadata.GRANT, "");
    boolean isBeingMade =
        standings.stream()
            .filter(standing -> standing.grant().id().value().equals(mirrors))
            .filter(standing -> standing.grant().customer().equals(customer))
            .anyMatch(standing -> standing.effect().filter("due"::equals).isPresent());
    return new Difference(
        Kind.GRANT,
        customer.value(),
        mirrors.isEmpty() ? grant.getId() : mirrors,
        NOTHING,
        NOTHING,
        NOTHING,
        worth(grant),
        worth(grant),
        Duration.between(Instant.ofEpochSecond(grant.getCreated()), now),
        isBeingMade ? Cause.WAITING : Cause.UNEXPLAINED,
        mirrors.isEmpty()
            ? grant.getId() + " was made in Stripe by somebody else and is no grant of the ledger"
            : grant.getId() + " says that it mirrors a grant, and the mirror does not know it");
  }

  private Difference line(
      Standing standing, Optional<CreditGrant> inStripe, Cause cause, String detail) {
    LedgerGrant grant = standing.grant();
    Optional<Money> value = inStripe.flatMap(GrantReconciler::counting);
    BigDecimal should =
        standing
            .mirrored()
            .filter(known -> known.ended().filter("voided"::equals).isEmpty())
            .map(known -> known.value().major())
            .orElse(BigDecimal.ZERO);
    BigDecimal is = value.map(Money::major).orElse(BigDecimal.ZERO);
    return new Difference(
        Kind.GRANT,
        grant.customer().value(),
        grant.id().value(),
        NOTHING,
        grant.granted() + " " + grant.unit() + ", " + grant.state().wireName(),
        standing
            .mirrored()
            .map(known -> known.value() + known.ended().map(how -> ", " + how).orElse(""))
            .orElse(NOTHING),
        inStripe.map(GrantReconciler::worth).orElse(NOTHING),
        Amounts.plain(is.subtract(should)).toPlainString(),
        Duration.between(
            inStripe
                .map(CreditGrant::getUpdated)
                .map(Instant::ofEpochSecond)
                .orElse(grant.madeAt()),
            now),
        cause,
        detail);
  }

  private static Optional<Money> value(CreditGrant grant) {
    return Optional.ofNullable(grant.getAmount())
        .map(CreditGrant.Amount::getMonetary)
        .map(monetary -> new Money(monetary.getValue(), monetary.getCurrency()));
  }

  private static Optional<Money> counting(CreditGrant grant) {
    return grant.getVoidedAt() == null ? value(grant) : Optional.empty();
  }

  private static String worth(CreditGrant grant) {
    String value = value(grant).map(Money::toString).orElse(NOTHING);
    return grant.getVoidedAt() == null ? value : value + ", voided";
  }
}
