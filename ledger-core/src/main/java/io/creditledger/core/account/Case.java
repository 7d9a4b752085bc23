package io.creditledger.core.account;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.catalog.Limits;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.event.Fingerprint;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One input before the account it concerns: what the rules look at, and how they answer. */
record Case(Account account, Memory memory, Input input, Catalog catalog, long fingerprint) {

  Case(Account account, Memory memory, Input input, Catalog catalog) {
    this(account, memory, input, catalog, Fingerprint.of(input.event()));
  }

  Instant recordedAt() {
    return input.recordedAt();
  }

  Instant occurredAt() {
    return input.occurredAt();
  }

  Limits limits() {
    return catalog.limits();
  }

  /** The answer to an event whose id is known: a duplicate, or an id used for something else. */
  Optional<Decision> seenBefore() {
    if (input.event() instanceof LedgerEvent.Timed) {
      // What a timer says is judged by the account alone. Its id is not looked up: a caller could
      // have used the same for usage, and so kept a grant from expiring.
      return Optional.empty();
    }
    EventId id = input.event().id();
    if (input.event() instanceof LedgerEvent.IssueGrant issue) {
      return memory
          .grant(issue.grant())
          .map(known -> seenAs(id, known.fingerprint(), known.grant().terms().sequence()));
    }
    Optional<Memo> memo = remembered(id);
    return memo.isPresent()
        ? Optional.of(seenAs(id, memo.get().fingerprint(), memo.get().sequence()))
        : openReservation(id);
  }

  /** While a reservation is open its id is taken, even where it is remembered no longer. */
  private Optional<Decision> openReservation(EventId id) {
    return account
        .reservation(id)
        .map(
            open ->
                rejected(
                    Reason.ID_REUSED,
                    "id \"" + id + "\" is an open reservation, entry " + open.sequence()));
  }

  private Decision seenAs(EventId id, long knownFingerprint, long sequence) {
    return fingerprint == knownFingerprint
        ? new Decision.Duplicate(id, sequence)
        : rejected(
            Reason.ID_REUSED,
            "id \"" + id + "\" stands for other content, recorded as entry " + sequence);
  }

  /** What is remembered of an event, unless its time is over. */
  Optional<Memo> remembered(EventId id) {
    return memory.memo(id).filter(memo -> memo.rememberedAt(recordedAt(), limits().idMemory()));
  }

  /** A grant of the customer, carried by the account or at rest. */
  Optional<Grant> grant(GrantId id) {
    return account.grant(id).or(() -> memory.grant(id).map(GrantRecord::grant));
  }

  Decision.Rejected rejected(Reason reason, String detail) {
    return new Decision.Rejected(reason, detail);
  }

  /** The refusal of an event that came too late or too early, if it did (rule 4). */
  Optional<Decision> outOfTime() {
    if (input.event().occurredAt().isEmpty()) {
      return Optional.empty(); // It occurred when it was recorded.
    }
    if (occurredAt().isBefore(recordedAt().minus(limits().usageAgeMax()))) {
      return Optional.of(
          rejected(
              Reason.TOO_OLD,
              "occurred_at "
                  + occurredAt()
                  + " is more than "
                  + limits().usageAgeMax()
                  + " before it was recorded at "
                  + recordedAt()));
    }
    if (occurredAt().isAfter(recordedAt().plus(limits().usageAheadMax()))) {
      return Optional.of(
          rejected(
              Reason.IN_FUTURE,
              "occurred_at "
                  + occurredAt()
                  + " is more than "
                  + limits().usageAheadMax()
                  + " after it was recorded at "
                  + recordedAt()));
    }
    return Optional.empty();
  }

  /** The decision that makes this change, with the balance it leads to. */
  Decision accept(Change change) {
    EntryHeader header =
        new EntryHeader(
            account.customer(),
            account.sequence() + 1,
            input.event().id(),
            fingerprint,
            input.position(),
            occurredAt(),
            recordedAt(),
            catalog.version(),
            account.head(),
            input.event().note());
    LedgerEntry draft = new LedgerEntry(header, change, Optional.empty(), List.of());
    Applied changed = Applier.change(account, memory, draft);
    checkRange(changed.account());
    Watch watch = Watch.over(this, change, changed.account());
    LedgerEntry entry = new LedgerEntry(header, change, watch.balance(), watch.alerts());
    return new Decision.Accepted(entry, Applier.tell(changed, entry));
  }

  /**
   * That all grants together stay in range, so that no balance of a part of them can leave it.
   *
   * @throws ArithmeticException if they do not
   */
  private static void checkRange(Account next) {
    long micros = 0;
    for (Grant grant : next.grants()) {
      micros = Math.addExact(micros, grant.remaining().micros());
    }
  }
}
