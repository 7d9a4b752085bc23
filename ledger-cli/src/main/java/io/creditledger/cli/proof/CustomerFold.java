package io.creditledger.cli.proof;

import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One customer's journal while it is folded: order, chain, and where every credit is. */
final class CustomerFold {

  /** Moves by which a usage is paid. */
  private static final Set<Move> PAYING = Set.of(Move.CONSUME, Move.SETTLE);

  /** Moves by which a usage is paid back. */
  private static final Set<Move> RETURNING =
      Set.of(Move.RETURN, Move.RETURN_EXPIRED, Move.RETURN_VOIDED);

  private final CustomerId customer;
  private final Consumer<String> violation;
  private final Map<GrantId, GrantFold> grants = new LinkedHashMap<>();
  private final Map<Unit, Beyond> beyond = new HashMap<>();
  private long sequence;
  private Hash head = Hash.NONE;
  private long usedMicros;

  /** What was used beyond grants in one unit. */
  private static final class Beyond {
    private long overage;
    private long overdraft;
    private long forgiven;
  }

  CustomerFold(CustomerId customer, Consumer<String> violation) {
    this.customer = customer;
    this.violation = violation;
  }

  /** Adds the next entry as it stands in the journal. */
  void add(LedgerEntry entry, byte[] bytes) {
    long next = entry.header().sequence();
    if (next != sequence + 1) {
      violation.accept(customer + ": entry " + next + " follows entry " + sequence);
    }
    if (!entry.header().previous().equals(head)) {
      violation.accept(customer + ": entry " + next + " is not chained to the one before it");
    }
    sequence = next;
    head = Hash.of(bytes);
    change(entry.change());
    entry.balance().ifPresent(balance -> check(balance, entry.header().recordedAt()));
  }

  private void change(Change change) {
    switch (change) {
      case Change.Used used -> {
        post(used.postings());
        use(used.credits(), used.postings(), used.unit(), used.shortfall());
      }
      case Change.Settled settled -> {
        post(settled.postings());
        use(settled.credits(), settled.postings(), settled.unit(), settled.shortfall());
      }
      case Change.Reversed reversed -> reverse(reversed);
      case Change.Granted granted -> {
        make(granted.made());
        post(granted.postings());
        repay(granted.repayments(), granted.unit());
      }
      case Change.Adjusted adjusted -> {
        adjusted.made().ifPresent(this::make);
        post(adjusted.postings());
        repay(adjusted.repayments(), adjusted.unit());
      }
      case Change.Confirmed confirmed -> {
        grant(confirmed.grant()).confirm();
        post(confirmed.postings());
        repay(confirmed.repayments(), confirmed.unit());
      }
      case Change.BecameEffective effective -> {
        post(effective.postings());
        repay(effective.repayments(), effective.unit());
      }
      case Change.Renewed renewed -> {
        make(renewed.made());
        renewed.rollover().ifPresent(this::make);
        post(renewed.postings());
        repay(renewed.repayments(), renewed.unit());
        renewed.ended().ifPresent(this::end);
      }
      case Change.Voided voided -> {
        post(voided.postings());
        if (voided.state().ended()) {
          end(voided.grant());
        }
      }
      case Change.Cancelled cancelled -> {
        post(cancelled.postings());
        if (grant(cancelled.grant()).pending()) {
          end(cancelled.grant());
        }
      }
      case Change.Expired expired -> {
        post(expired.postings());
        end(expired.grant());
      }
      case Change.Extended extended -> {
        grant(extended.grant()).expireAt(extended.expiresAt());
        post(extended.postings());
      }
      case Change.Reserved reserved -> post(reserved.postings());
      case Change.Released released -> post(released.postings());
      case Change.Lapsed lapsed -> post(lapsed.postings());
      case Change.Configured configured -> {}
      case Change.Reminded reminded -> {}
      case Change.TopUpEnded ended -> {}
    }
  }

  private void make(NewGrant made) {
    if (grants.put(made.grant().id(), new GrantFold(made.grant())) != null) {
      violation.accept(customer + ": grant " + made.grant().id() + " was made twice");
    }
  }

  private void end(GrantId id) {
    GrantFold grant = grant(id);
    grant.end();
    if (grant.unheld() != 0) {
      violation.accept(customer + ": grant " + id + " ended with credits left");
    }
  }

  private void post(List<Posting> postings) {
    for (Posting posting : postings) {
      GrantFold grant = grant(posting.grant());
      grant.add(posting.move(), posting.amount().micros());
      if (grant.unheld() != posting.remaining().micros() || grant.unheld() < 0) {
        violation.accept(
            customer
                + ": entry "
                + sequence
                + " leaves "
                + posting.remaining()
                + " in grant "
                + posting.grant()
                + ", its postings leave "
                + Credits.ofMicros(grant.unheld()));
      }
    }
  }

  private GrantFold grant(GrantId id) {
    GrantFold grant = grants.get(id);
    if (grant == null) {
      throw new IllegalStateException(
          "entry " + sequence + " of " + customer + " moves credits of an unknown grant " + id);
    }
    return grant;
  }

  /** A usage is paid by grants and the rest falls beyond them: to the millionth. */
  private void use(
      Credits credits, List<Posting> postings, Optional<Unit> unit, Shortfall shortfall) {
    long paid = sum(postings, PAYING);
    if (Math.addExact(paid, shortfall.amount().micros()) != credits.micros()) {
      violation.accept(customer + ": entry " + sequence + " does not pay what was used");
    }
    usedMicros = Math.addExact(usedMicros, credits.micros());
    add(unit, shortfall, 1);
  }

  private void reverse(Change.Reversed reversed) {
    post(reversed.postings());
    long returned = sum(reversed.postings(), RETURNING);
    if (Math.addExact(returned, reversed.cancelled().amount().micros())
        != reversed.amount().micros()) {
      violation.accept(customer + ": entry " + sequence + " does not return what it reverses");
    }
    usedMicros = Math.subtractExact(usedMicros, reversed.amount().micros());
    add(reversed.unit(), reversed.cancelled(), -1);
  }

  private void add(Optional<Unit> unit, Shortfall shortfall, int sign) {
    if (shortfall.amount().isZero()) {
      return;
    }
    Beyond sums = beyond.computeIfAbsent(unit.orElseThrow(), none -> new Beyond());
    long micros = sign * shortfall.amount().micros();
    switch (shortfall.kind()) {
      case NONE -> {}
      case OVERAGE -> sums.overage = Math.addExact(sums.overage, micros);
      case OVERDRAFT -> sums.overdraft = Math.addExact(sums.overdraft, micros);
      case FORGIVEN -> sums.forgiven = Math.addExact(sums.forgiven, micros);
    }
  }

  private void repay(List<Repayment> repayments, Optional<Unit> unit) {
    for (Repayment repayment : repayments) {
      Beyond sums = beyond.computeIfAbsent(unit.orElseThrow(), none -> new Beyond());
      sums.overdraft = Math.subtractExact(sums.overdraft, repayment.amount().micros());
    }
  }

  private static long sum(List<Posting> postings, Set<Move> moves) {
    long sum = 0;
    for (Posting posting : postings) {
      if (moves.contains(posting.move())) {
        sum = Math.addExact(sum, posting.amount().micros());
      }
    }
    return sum;
  }

  /** The balance that the entry states must be the one that the journal so far adds up to. */
  private void check(UnitBalance stated, Instant at) {
    long settled = 0;
    long held = 0;
    for (GrantFold grant : grants.values()) {
      if (grant.isOf(stated.unit())) {
        settled = Math.addExact(settled, grant.settledAt(at));
        held = Math.addExact(held, grant.held());
      }
    }
    Beyond sums = beyond.getOrDefault(stated.unit(), new Beyond());
    if (settled != stated.settled().micros()
        || held != stated.held().micros()
        || sums.overage != stated.overage().micros()
        || sums.overdraft != stated.overdraft().micros()) {
      violation.accept(
          customer
              + ": entry "
              + sequence
              + " states a balance that the journal does not add up to");
    }
  }

  CustomerSums sums() {
    Map<GrantId, GrantSums> byId = new LinkedHashMap<>();
    grants.forEach((id, grant) -> byId.put(id, grant.sums()));
    Map<Unit, CustomerSums.Beyond> byUnit = new HashMap<>();
    beyond.forEach(
        (unit, sums) ->
            byUnit.put(
                unit,
                new CustomerSums.Beyond(
                    Credits.ofMicros(sums.overage),
                    Credits.ofMicros(sums.overdraft),
                    Credits.ofMicros(sums.forgiven))));
    return new CustomerSums(customer, sequence, byId, byUnit, Credits.ofMicros(usedMicros));
  }
}
