package io.creditledger.core.property;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An independent oracle, written from the rules in {@code docs/model.md} and from nothing of the
 * engine: lists of everything that ever was, BigDecimal amounts, every question answered by going
 * through all of them again. Slow, obvious, and right.
 */
final class NaiveBookkeeper {

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, 6);

  private final Mistake mistake;
  private final Map<EventId, NaiveBooks.Seen> accepted = new HashMap<>();
  private final Map<GrantId, NaiveBooks.Seen> makers = new HashMap<>();
  private final Set<EventId> refused = new HashSet<>();
  private NaiveBooks books = new NaiveBooks();
  private long sequence;

  NaiveBookkeeper(Mistake mistake) {
    this.mistake = mistake;
  }

  /** The books as they stand; not to be written in. */
  NaiveBooks books() {
    return books;
  }

  long sequence() {
    return sequence;
  }

  Mistake mistake() {
    return mistake;
  }

  /** The accepted event of that id, if it is to be remembered at that time (rule 14). */
  Optional<NaiveBooks.Seen> seen(EventId id, Instant now, Catalog catalog) {
    NaiveBooks.Seen seen = accepted.get(id);
    if (seen == null) {
      return Optional.empty();
    }
    boolean kept =
        seen.source() == Source.GRANT
            || mistake == Mistake.IDS_NEVER_FORGOTTEN
            || !now.isAfter(
                seen.recordedAt()
                    .plus(catalog.limits().idRetention())
                    .plus(catalog.limits().usageAheadMax()));
    return kept ? Optional.of(seen) : Optional.empty();
  }

  /** Decides an input and, where it is accepted, writes it into the books. */
  Verdict judge(Input input, Catalog catalog) {
    LedgerEvent event = input.event();
    Optional<NaiveBooks.Seen> before = before(input, catalog);
    if (before.isPresent() && mistake != Mistake.DUPLICATES_COUNT) {
      return before.get().event().equals(event)
          ? Verdict.duplicate(before.get().sequence())
          : Verdict.rejected(Reason.ID_REUSED);
    }
    if (mistake == Mistake.REFUSED_IDS_KEPT && refused.contains(event.id())) {
      return Verdict.rejected(Reason.ID_REUSED);
    }
    NaiveBooks next = books.copy();
    try {
      refuseOpenReservation(event);
      Set<Unit> touched = write(next, input, catalog);
      checkRange(next, touched);
    } catch (Refused no) {
      refused.add(event.id());
      return Verdict.rejected(no.reason);
    }
    books = next;
    sequence++;
    Source source = EventType.of(event).source();
    if (source != Source.EXPIRY && !(event instanceof LedgerEvent.IssueGrant)) {
      accepted.put(event.id(), new NaiveBooks.Seen(event, sequence, source, input.recordedAt()));
    }
    for (NaiveGrant grant : books.grants) {
      makers.putIfAbsent(
          grant.id, new NaiveBooks.Seen(event, sequence, Source.GRANT, input.recordedAt()));
    }
    return Verdict.accepted(sequence);
  }

  /** What the id stands for already. Grants are a name space of their own; timers have none. */
  private Optional<NaiveBooks.Seen> before(Input input, Catalog catalog) {
    if (input.event() instanceof LedgerEvent.Timed) {
      return Optional.empty();
    }
    return input.event() instanceof LedgerEvent.IssueGrant issue
        ? Optional.ofNullable(makers.get(issue.grant()))
        : seen(input.event().id(), input.recordedAt(), catalog);
  }

  /** However long a reservation stays open, its id is taken. */
  private void refuseOpenReservation(LedgerEvent event) {
    Refused.when(
        !(event instanceof LedgerEvent.IssueGrant)
            && !(event instanceof LedgerEvent.Timed)
            && mistake != Mistake.DUPLICATES_COUNT
            && books.openHold(event.id()).isPresent(),
        Reason.ID_REUSED);
  }

  private Set<Unit> write(NaiveBooks next, Input input, Catalog catalog) {
    NaiveUsage usage = new NaiveUsage(this, next, input, catalog);
    NaiveGrants grants = new NaiveGrants(next, input, catalog, mistake, sequence + 1);
    return switch (input.event()) {
      case LedgerEvent.Usage event -> Set.of(usage.use(event));
      case LedgerEvent.Reserve event -> Set.of(usage.reserve(event));
      case LedgerEvent.Settle event -> Set.of(usage.settle(event));
      case LedgerEvent.Release event -> Set.of(usage.release(event));
      case LedgerEvent.ReservationExpiry event -> Set.of(usage.lapse(event));
      case LedgerEvent.Reverse event -> Set.of(usage.reverse(event));
      case LedgerEvent.IssueGrant event -> Set.of(grants.issue(event));
      case LedgerEvent.VoidGrant event -> Set.of(grants.voidGrant(event));
      case LedgerEvent.Adjust event -> Set.of(grants.adjust(event));
      case LedgerEvent.ConfirmGrant event -> Set.of(grants.confirm(event));
      case LedgerEvent.CancelGrant event -> Set.of(grants.cancel(event));
      case LedgerEvent.ExtendGrant event -> Set.of(grants.extend(event));
      case LedgerEvent.GrantEffective event -> Set.of(grants.effective(event));
      case LedgerEvent.GrantExpiry event -> Set.of(grants.expire(event));
      case LedgerEvent.GrantRenewal event -> Set.of(grants.renew(event));
      case LedgerEvent.Configure event -> {
        grants.configure(event);
        yield Set.of();
      }
    };
  }

  /** Every figure, and all that grants have left together, must fit 64 bits (rule 1). */
  private static void checkRange(NaiveBooks next, Set<Unit> touched) {
    for (Unit unit : touched) {
      check(next.outstanding(unit));
      check(next.overage.getOrDefault(unit, BigDecimal.ZERO));
      check(next.forgiven.getOrDefault(unit, BigDecimal.ZERO));
    }
    BigDecimal left = BigDecimal.ZERO;
    for (NaiveGrant grant : next.grants) {
      left = left.add(grant.unheld).add(grant.held);
      check(grant.granted());
      check(grant.adjusted);
    }
    check(left);
  }

  static void check(BigDecimal amount) {
    Refused.when(amount.abs().compareTo(LARGEST) > 0, Reason.AMOUNT_OUT_OF_RANGE);
  }

  static BigDecimal amount(Credits credits) {
    return NaivePrices.amount(credits);
  }

  static GrantId grantId(EventId id) {
    return new GrantId(id.value());
  }
}
