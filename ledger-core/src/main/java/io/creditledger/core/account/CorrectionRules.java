package io.creditledger.core.account;

import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.TopUpStart;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Extent;
import io.creditledger.core.event.LedgerEvent.NewAlertRule;
import io.creditledger.core.grant.BurnDown;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Voids, adjustments and settings. History is never edited: each is an entry of its own. */
final class CorrectionRules {

  private CorrectionRules() {}

  static Decision voidGrant(Case of, LedgerEvent.VoidGrant event) {
    Optional<Grant> known = of.grant(event.grant());
    if (known.isEmpty()) {
      return GrantRules.unknown(of, event.grant());
    }
    Grant grant = known.get();
    return switch (event.extent()) {
      case Extent.All all ->
          grant.state().ended()
              ? GrantRules.ended(of, grant)
              : voided(of, grant, grant.unheld(), Optional.empty(), GrantState.VOIDED);
      case Extent.Exactly exactly -> voidExactly(of, grant, exactly.amount());
      case Extent.UpTo upTo -> voidUpTo(of, grant, upTo.amount());
    };
  }

  private static Decision voidExactly(Case of, Grant grant, Credits amount) {
    if (grant.state().ended()) {
      return GrantRules.ended(of, grant);
    }
    if (!amount.isPositive()) {
      return notPositive(of, amount);
    }
    if (amount.compareTo(grant.unheld()) > 0) {
      return of.rejected(
          Reason.VOID_EXCEEDS_REMAINDER,
          "asked for "
              + amount
              + " of grant \""
              + grant.id()
              + "\", which has "
              + grant.unheld()
              + " left and "
              + grant.held()
              + " held");
    }
    return voided(of, grant, amount, Optional.empty(), grant.state());
  }

  /** Never refused for what is left: of a grant that has ended that is nothing. */
  private static Decision voidUpTo(Case of, Grant grant, Credits amount) {
    return amount.isPositive()
        ? voided(of, grant, amount.min(grant.unheld()), Optional.of(amount), grant.state())
        : notPositive(of, amount);
  }

  private static Decision notPositive(Case of, Credits amount) {
    return of.rejected(Reason.AMOUNT_NOT_POSITIVE, "amount is not positive: " + amount);
  }

  private static Decision voided(
      Case of, Grant grant, Credits amount, Optional<Credits> asked, GrantState state) {
    return of.accept(
        new Change.Voided(
            grant.id(),
            amount,
            asked,
            state,
            Optional.of(grant.terms().unit()),
            new Postings(of).add(grant.id(), Move.VOID, amount).list()));
  }

  static Decision adjust(Case of, LedgerEvent.Adjust adjust) {
    if (adjust.amount().isZero()) {
      return of.rejected(Reason.FIELD_INVALID, "amount is zero");
    }
    if (adjust.grant().isPresent()) {
      return adjustGrant(of, adjust, adjust.grant().get());
    }
    Unit unit = adjust.unit().orElse(of.catalog().defaultUnit());
    if (!of.catalog().units().containsKey(unit)) {
      return of.rejected(Reason.UNIT_UNKNOWN, "no unit \"" + unit + "\"");
    }
    return adjust.amount().isPositive() ? adjustUp(of, adjust, unit) : adjustDown(of, adjust, unit);
  }

  private static Decision adjustGrant(Case of, LedgerEvent.Adjust adjust, GrantId id) {
    Optional<Grant> known = of.grant(id);
    if (known.isEmpty()) {
      return GrantRules.unknown(of, id);
    }
    Grant grant = known.get();
    if (grant.state().ended()) {
      return GrantRules.ended(of, grant);
    }
    if (grant.state() == GrantState.PENDING) {
      return of.rejected(Reason.GRANT_PENDING, "grant \"" + id + "\" is pending");
    }
    Credits size = adjust.amount().isPositive() ? adjust.amount() : adjust.amount().negated();
    Move move = adjust.amount().isPositive() ? Move.ADJUST_UP : Move.ADJUST_DOWN;
    if (move == Move.ADJUST_DOWN && size.compareTo(grant.unheld()) > 0) {
      return of.rejected(
          Reason.ADJUSTMENT_EXCEEDS_REMAINDER,
          "asked to take "
              + size
              + " from grant \""
              + id
              + "\", which has "
              + grant.unheld()
              + " left and "
              + grant.held()
              + " held");
    }
    return of.accept(
        new Change.Adjusted(
            adjust.amount(),
            Optional.empty(),
            List.of(),
            Optional.of(grant.terms().unit()),
            new Postings(of).add(id, move, size).list()));
  }

  private static Decision adjustUp(Case of, LedgerEvent.Adjust adjust, Unit unit) {
    GrantId id = new GrantId(adjust.id().value());
    if (of.grant(id).isPresent()) {
      return of.rejected(
          Reason.ID_REUSED, "the adjustment would make grant \"" + id + "\", which exists");
    }
    Instant effectiveAt = of.occurredAt();
    if (adjust.expiresAt().isPresent() && !adjust.expiresAt().get().isAfter(effectiveAt)) {
      return of.rejected(
          Reason.FIELD_INVALID,
          "expires_at " + adjust.expiresAt().get() + " is not after " + effectiveAt);
    }
    if (of.account().grants().size() >= GrantRules.OPEN_MAX) {
      return of.rejected(
          Reason.TOO_MANY_GRANTS, "the customer has " + GrantRules.OPEN_MAX + " open grants");
    }
    GrantTerms terms =
        new GrantTerms(
            id,
            unit,
            adjust.amount(),
            Category.PROMOTIONAL,
            GrantTerms.PRIORITY_DEFAULT,
            effectiveAt,
            adjust.expiresAt(),
            Scope.EVERYTHING,
            of.account().sequence() + 1,
            0);
    Grant made = Grant.made(terms, GrantRules.stateAt(effectiveAt, of.recordedAt()));
    Postings postings = new Postings(of).knowing(made);
    List<Repayment> repayments = Repayments.by(of, postings, List.of(made));
    return of.accept(
        new Change.Adjusted(
            adjust.amount(),
            Optional.of(new NewGrant(made, GrantDetails.NONE)),
            repayments,
            Optional.of(unit),
            postings.list()));
  }

  private static Decision adjustDown(Case of, LedgerEvent.Adjust adjust, Unit unit) {
    Credits size = adjust.amount().negated();
    BurnDown burnDown =
        BurnDown.draw(of.account().grants(), unit, Dimensions.NONE, of.occurredAt(), size);
    if (!burnDown.uncovered().isZero()) {
      return of.rejected(
          Reason.ADJUSTMENT_EXCEEDS_REMAINDER,
          "asked to take " + size + " " + unit + ", available " + size.minus(burnDown.uncovered()));
    }
    return of.accept(
        new Change.Adjusted(
            adjust.amount(),
            Optional.empty(),
            List.of(),
            Optional.of(unit),
            new Postings(of).addAll(burnDown.allocations(), Move.ADJUST_DOWN).list()));
  }

  static Decision configure(Case of, LedgerEvent.Configure configure) {
    Optional<Unit> unknown =
        Stream.concat(
                ruled(configure.alerts()),
                configure.topUp() instanceof LedgerEvent.NewTopUp.Rule set
                    ? Stream.of(set.rule().unit())
                    : Stream.empty())
            .filter(unit -> !of.catalog().units().containsKey(unit))
            .findFirst();
    if (unknown.isPresent()) {
      return of.rejected(Reason.UNIT_UNKNOWN, "no unit \"" + unknown.get() + "\"");
    }
    if (configure.plan().isPresent() && of.catalog().plan(configure.plan().get()).isEmpty()) {
      return of.rejected(
          Reason.PLAN_UNKNOWN, "no plan \"" + configure.plan().get() + "\" in the catalog");
    }
    CustomerSettings old = of.account().settings();
    Optional<TopUpRule> topUp =
        switch (configure.topUp()) {
          case LedgerEvent.NewTopUp.Unchanged unchanged -> old.topUp();
          case LedgerEvent.NewTopUp.None none -> Optional.empty();
          case LedgerEvent.NewTopUp.Rule set -> Optional.of(set.rule());
        };
    return of.accept(
        new Change.Configured(
            new CustomerSettings(
                configure.overdraft().or(old::overdraft),
                configure.timeZone().orElse(old.timeZone()),
                configure.plan().or(old::plan),
                merged(old.alerts(), configure.alerts()),
                topUp),
            configure.topUp() instanceof LedgerEvent.NewTopUp.Rule
                ? TopUpStart.ANEW
                : TopUpStart.GOES_ON));
  }

  /**
   * The units that are to have a rule: one that the catalog lacks by now can still lose its own.
   */
  private static Stream<Unit> ruled(Map<Unit, NewAlertRule> alerts) {
    return alerts.entrySet().stream()
        .filter(changed -> changed.getValue() instanceof NewAlertRule.Own)
        .map(Map.Entry::getKey)
        .sorted();
  }

  private static Map<Unit, AlertRule> merged(
      Map<Unit, AlertRule> old, Map<Unit, NewAlertRule> changed) {
    Map<Unit, AlertRule> merged = new HashMap<>(old);
    changed.forEach(
        (unit, rule) -> {
          switch (rule) {
            case NewAlertRule.Catalogs catalogs -> merged.remove(unit);
            case NewAlertRule.Own own -> merged.put(unit, own.rule());
          }
        });
    return merged;
  }

  static Decision endTopUp(Case of, LedgerEvent.EndTopUp event) {
    if (!of.account().topUp().pending().equals(Optional.of(event.topUp()))) {
      return of.rejected(Reason.TOP_UP_UNKNOWN, "no top-up \"" + event.topUp() + "\" is pending");
    }
    return of.accept(
        new Change.TopUpEnded(
            event.topUp(), event.outcome(), of.account().settings().topUp().map(TopUpRule::unit)));
  }
}
