package io.creditledger.core.scenario;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Credits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a customer's journal tells that the account no longer carries. */
final class JournalFacts {

  private final Map<GrantId, Credits> expired = new HashMap<>();
  private final Map<GrantId, Credits> forfeited = new HashMap<>();
  private final Map<EventId, Map<GrantId, Credits>> applied = new HashMap<>();
  private final Map<EventId, Credits> overage = new HashMap<>();
  private final Map<GrantId, GrantState> ended = new HashMap<>();
  private final Set<GrantId> pending = new HashSet<>();

  private JournalFacts() {}

  static JournalFacts of(List<LedgerEntry> entries) {
    JournalFacts facts = new JournalFacts();
    for (LedgerEntry entry : entries) {
      entry.change().postings().forEach(facts::addEnd);
      facts.add(entry.header().id(), entry.change());
    }
    return facts;
  }

  /** What has expired of a grant. */
  Credits expired(GrantId grant) {
    return expired.getOrDefault(grant, Credits.ZERO);
  }

  /** What has been voided of a grant. */
  Credits forfeited(GrantId grant) {
    return forfeited.getOrDefault(grant, Credits.ZERO);
  }

  /** What each grant pays of a usage, net of reversals; grants that pay nothing are absent. */
  Map<GrantId, Credits> applied(EventId usage) {
    Map<GrantId, Credits> paid = new TreeMap<>(applied.getOrDefault(usage, Map.of()));
    paid.values().removeIf(Credits::isZero);
    return paid;
  }

  /** What of a usage was billed or owed when it was decided, net of reversals. */
  Credits overageOf(EventId usage) {
    return overage.getOrDefault(usage, Credits.ZERO);
  }

  /** How a grant ended, if it did. */
  Optional<GrantState> ended(GrantId grant) {
    return Optional.ofNullable(ended.get(grant));
  }

  private void addEnd(Posting posting) {
    switch (posting.move()) {
      case EXPIRE, UNHOLD_EXPIRED, RETURN_EXPIRED ->
          expired.merge(posting.grant(), posting.amount(), Credits::plus);
      case VOID, UNHOLD_VOIDED, RETURN_VOIDED ->
          forfeited.merge(posting.grant(), posting.amount(), Credits::plus);
      case CONSUME, HOLD, SETTLE, UNHOLD, RETURN, ADJUST_UP, ADJUST_DOWN -> {}
    }
  }

  private void add(EventId id, Change change) {
    switch (change) {
      case Change.Used used -> use(id, used.postings(), used.shortfall());
      case Change.Settled settled ->
          use(settled.reservation(), settled.postings(), settled.shortfall());
      case Change.Reversed reversed -> reverse(reversed);
      case Change.Granted granted -> {
        if (granted.made().grant().state() == GrantState.PENDING) {
          pending.add(granted.made().grant().id());
        }
      }
      case Change.Confirmed confirmed -> pending.remove(confirmed.grant());
      case Change.Cancelled cancelled -> {
        if (pending.remove(cancelled.grant())) {
          ended.put(cancelled.grant(), GrantState.VOIDED);
        }
      }
      case Change.Voided voided -> {
        if (voided.state().ended()) {
          ended.put(voided.grant(), voided.state());
        }
      }
      case Change.Expired expiry -> ended.put(expiry.grant(), GrantState.EXPIRED);
      case Change.Renewed renewed ->
          renewed.ended().ifPresent(old -> ended.put(old, GrantState.EXPIRED));
      case Change.Reserved reserved -> {}
      case Change.Released released -> {}
      case Change.Lapsed lapsed -> {}
      case Change.Adjusted adjusted -> {}
      case Change.Extended extended -> {}
      case Change.Configured configured -> {}
      case Change.BecameEffective effective -> {}
      case Change.TopUpEnded ended -> {}
      case Change.Reminded reminded -> {}
    }
  }

  private void use(EventId usage, List<Posting> postings, Shortfall shortfall) {
    Map<GrantId, Credits> paid = applied.computeIfAbsent(usage, none -> new HashMap<>());
    for (Posting posting : postings) {
      switch (posting.move()) {
        case CONSUME, SETTLE -> paid.merge(posting.grant(), posting.amount(), Credits::plus);
        case HOLD,
            UNHOLD,
            UNHOLD_EXPIRED,
            UNHOLD_VOIDED,
            EXPIRE,
            VOID,
            RETURN,
            RETURN_EXPIRED,
            RETURN_VOIDED,
            ADJUST_UP,
            ADJUST_DOWN -> {}
      }
    }
    switch (shortfall.kind()) {
      case OVERAGE, OVERDRAFT -> overage.merge(usage, shortfall.amount(), Credits::plus);
      case NONE, FORGIVEN -> {}
    }
  }

  /** What was taken back from grants that had repaid comes first, and was no part of a usage. */
  private void reverse(Change.Reversed reversed) {
    Map<GrantId, Credits> paid = applied.computeIfAbsent(reversed.usage(), none -> new HashMap<>());
    Credits unrepaid = reversed.unrepaid();
    for (Posting posting : reversed.postings()) {
      if (unrepaid.isPositive()) {
        unrepaid = unrepaid.minus(posting.amount());
      } else {
        paid.merge(posting.grant(), posting.amount().negated(), Credits::plus);
      }
    }
    Credits less =
        switch (reversed.cancelled().kind()) {
          case OVERAGE, OVERDRAFT -> reversed.cancelled().amount().plus(reversed.unrepaid());
          case NONE, FORGIVEN -> reversed.unrepaid();
        };
    overage.merge(reversed.usage(), less.negated(), Credits::plus);
  }
}
