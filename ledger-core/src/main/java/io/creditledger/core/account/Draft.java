package io.creditledger.core.account;

import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.TopUpStart;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.event.Source;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Gathered;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.reservation.Reservation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The next account while one entry is being applied. The only mutable thing in the core, and it
 * never leaves {@link Applier}.
 */
final class Draft {

  private final Account before;
  private final Memory memory;
  private final EntryHeader header;
  private final GrantsInOrder grants;
  private List<Reservation> reservations;
  private List<Series> series;
  private List<UnitTotals> totals;
  private List<MeterCount> counts;
  private List<EndTold> reminded;
  private TopUpState topUp;
  private CustomerSettings settings;
  private List<Memo> memos = List.of();
  private Map<GrantId, GrantRecord> records = Map.of();

  Draft(Account before, Memory memory, EntryHeader header) {
    this.before = before;
    this.memory = memory;
    this.header = header;
    this.grants = new GrantsInOrder(before.grants());
    this.reservations = before.reservations();
    this.series = before.series();
    this.totals = before.totals();
    this.counts = before.counts();
    this.reminded = before.reminded();
    this.topUp = before.topUp();
    this.settings = before.settings();
  }

  Applied finished() {
    return new Applied(
        new Account(
            before.customer(),
            header.sequence(),
            before.chainedTo(),
            before.head(),
            Optional.of(header.position()),
            settings,
            grants.list(),
            reservations,
            series,
            totals,
            counts,
            reminded,
            topUp),
        memos,
        records.isEmpty() ? List.of() : List.copyOf(records.values()));
  }

  // Grants

  Grant grant(GrantId id) {
    return grantAt(grants.indexOf(id), id);
  }

  private Grant grantAt(int index, GrantId id) {
    return index >= 0 ? grants.get(index) : record(id).grant();
  }

  /** Adds a grant that this entry makes, and keeps its record. */
  void make(NewGrant made) {
    Grant grant = made.grant();
    keep(new GrantRecord(grant, made.details(), header.fingerprint()));
    grants.insert(grant);
  }

  void post(List<Posting> postings) {
    for (Posting posting : postings) {
      int index = grants.indexOf(posting.grant());
      Grant next = grantAt(index, posting.grant()).after(posting.move(), posting.amount());
      if (!next.unheld().equals(posting.remaining())) {
        throw new IllegalStateException(
            "entry "
                + header.sequence()
                + " leaves "
                + posting.remaining()
                + " in grant "
                + posting.grant()
                + ", the account "
                + next.unheld());
      }
      put(index, next);
    }
  }

  /** Replaces a grant, which leaves the account when it has come to rest. */
  void put(Grant changed) {
    put(grants.indexOf(changed.id()), changed);
  }

  private void put(int index, Grant changed) {
    if (index >= 0 && !changed.atRest() && sameOrder(grants.get(index), changed)) {
      grants.set(index, changed);
      return;
    }
    if (index >= 0) {
      grants.remove(index);
    }
    if (changed.atRest()) {
      reminded = reminded.stream().filter(told -> !told.grant().equals(changed.id())).toList();
      GrantRecord known = record(changed.id());
      keep(new GrantRecord(changed, known.details(), known.fingerprint()));
    } else {
      grants.insert(changed);
    }
  }

  void extend(GrantId id, Optional<Instant> expiresAt, Map<String, String> metadata) {
    Grant old = grant(id);
    Grant changed = old.under(old.terms().expiring(expiresAt));
    if (!metadata.isEmpty()) {
      GrantRecord known = record(id);
      Map<String, String> merged = new HashMap<>(known.details().metadata());
      merged.putAll(metadata);
      keep(
          new GrantRecord(
              changed,
              new GrantDetails(known.details().name(), known.details().costBasis(), merged),
              known.fingerprint()));
    }
    put(changed);
  }

  private static boolean sameOrder(Grant a, Grant b) {
    return a.terms().equals(b.terms());
  }

  /** Keeps a record in the place of one of the same grant. Usage seldom has any to keep. */
  private void keep(GrantRecord record) {
    if (records.isEmpty()) {
      records = new LinkedHashMap<>();
    }
    records.put(record.grant().id(), record);
  }

  private GrantRecord record(GrantId id) {
    GrantRecord changed = records.get(id);
    return changed != null
        ? changed
        : memory
            .grant(id)
            .orElseThrow(() -> new IllegalStateException("nothing is known of grant " + id));
  }

  // Beyond grants

  void fallShort(Unit unit, Dimensions dimensions, Shortfall shortfall) {
    UnitTotals old = totals(unit);
    switch (shortfall.kind()) {
      case NONE -> {}
      case OVERAGE -> put(old.plusOverage(shortfall.amount()));
      case OVERDRAFT -> put(old.with(debt(old, dimensions).raised(shortfall.amount())));
      case FORGIVEN -> put(old.plusForgiven(shortfall.amount()));
    }
  }

  void cancelShortfall(Unit unit, Dimensions dimensions, Shortfall cancelled, Credits unrepaid) {
    UnitTotals old = totals(unit);
    Credits less = cancelled.amount().negated();
    switch (cancelled.kind()) {
      case NONE -> {}
      case OVERAGE -> put(old.plusOverage(less));
      case OVERDRAFT -> put(old.with(debt(old, dimensions).raised(less)));
      case FORGIVEN -> put(old.plusForgiven(less));
    }
    if (unrepaid.isPositive()) {
      UnitTotals now = totals(unit);
      put(now.with(debt(now, dimensions).unrepaid(unrepaid)));
    }
  }

  void repay(Repayment repayment) {
    Unit unit = grant(repayment.grant()).terms().unit();
    UnitTotals old = totals(unit);
    Debt debt = debt(old, repayment.dimensions());
    put(old.with(debt.repaidBy(repayment.grant(), repayment.amount())));
  }

  private static Debt debt(UnitTotals totals, Dimensions dimensions) {
    return totals.debt(dimensions).orElseGet(() -> Debt.none(dimensions));
  }

  private UnitTotals totals(Unit unit) {
    for (UnitTotals one : totals) {
      if (one.unit().equals(unit)) {
        return one;
      }
    }
    return UnitTotals.none(unit);
  }

  private void put(UnitTotals changed) {
    List<UnitTotals> next = new ArrayList<>(totals);
    next.removeIf(one -> one.unit().equals(changed.unit()));
    next.add(changed);
    totals = next;
  }

  // Reservations, series, settings

  void addReservation(Reservation reservation) {
    reservations = new ArrayList<>(reservations);
    reservations.add(reservation);
  }

  void endReservation(EventId id, Fate fate, Optional<Spend> spend) {
    reservations = new ArrayList<>(reservations);
    if (!reservations.removeIf(reservation -> reservation.id().equals(id))) {
      throw new IllegalStateException("no open reservation " + id);
    }
    // One that was open longer than ids are remembered leaves nothing behind.
    memory
        .memo(id)
        .ifPresent(
            made ->
                keep(
                    new Memo(
                        id,
                        made.fingerprint(),
                        made.sequence(),
                        made.source(),
                        made.recordedAt(),
                        fate,
                        spend)));
  }

  void putSeries(Series one) {
    series = new ArrayList<>(series);
    series.add(one);
  }

  /** Ends the series that this grant began or is the current grant of, if there is one. */
  void endSeriesOf(GrantId id) {
    series = new ArrayList<>(series);
    series.removeIf(one -> one.id().equals(id) || one.current().equals(id));
  }

  /** Ends the series that this grant is the current grant of, if there is one. */
  void endSeriesAt(GrantId id) {
    series = new ArrayList<>(series);
    series.removeIf(one -> one.current().equals(id));
  }

  void configure(CustomerSettings changed, TopUpStart start) {
    ZoneId from = settings.timeZone();
    ZoneId to = changed.timeZone();
    if (!from.equals(to)) {
      counts = counts.stream().map(count -> UsageCap.moved(count, from, to)).toList();
      topUp = TopUps.moved(topUp, from, to);
    }
    topUp =
        switch (start) {
          case GOES_ON -> topUp;
          case ANEW -> TopUps.anew(topUp);
        };
    settings = changed;
  }

  /** Keeps a meter's count, and forgets those that nothing can be added to any more. */
  void count(MeterCount count) {
    counts = new ArrayList<>(counts);
    counts.removeIf(
        one ->
            one.meter().equals(count.meter())
                && (one.since().equals(count.since())
                    || one.until().isBefore(header.recordedAt())));
    counts.add(count);
  }

  void remind(GrantId grant) {
    reminded = new ArrayList<>(reminded);
    reminded.add(new EndTold(grant, grant(grant).terms().expiresAt().orElseThrow()));
  }

  void topUpReminded() {
    topUp = TopUps.reminded(topUp, header.recordedAt());
  }

  void topUpGranted(EventId request) {
    topUp = TopUps.granted(topUp, request);
  }

  void topUpEnded(TopUpOutcome outcome) {
    topUp = TopUps.ended(topUp, outcome);
  }

  // What is remembered

  void remember() {
    remember(Fate.NONE, Optional.empty());
  }

  void remember(Fate fate, Optional<Spend> spend) {
    if (header.position().source() == Source.EXPIRY) {
      return; // Timers' events are told apart by what they find, not by their ids.
    }
    keep(
        new Memo(
            header.id(),
            header.fingerprint(),
            header.sequence(),
            header.position().source(),
            header.recordedAt(),
            fate,
            spend));
  }

  void lessen(EventId usage, Credits fromUncovered, Credits fromGrants) {
    Memo old = memo(usage);
    keep(
        new Memo(
            usage,
            old.fingerprint(),
            old.sequence(),
            old.source(),
            old.recordedAt(),
            old.fate(),
            old.spend().map(spend -> spend.less(fromUncovered, fromGrants))));
  }

  /** Keeps a memo in the place of one of the same id. An entry leaves one, or two. */
  private void keep(Memo memo) {
    if (memos.isEmpty()) {
      memos = List.of(memo);
      return;
    }
    Map<EventId, Memo> byId = new LinkedHashMap<>();
    memos.forEach(one -> byId.put(one.id(), one));
    byId.put(memo.id(), memo);
    memos = List.copyOf(byId.values());
  }

  private Memo memo(EventId id) {
    return memory
        .memo(id)
        .orElseThrow(() -> new IllegalStateException("nothing is remembered of " + id));
  }

  /** Who paid, in the order drawn. */
  static List<Allocation> paidBy(List<Posting> postings) {
    Gathered<Allocation> paid = new Gathered<>();
    for (Posting posting : postings) {
      switch (posting.move()) {
        case CONSUME, SETTLE -> paid.add(new Allocation(posting.grant(), posting.amount()));
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
    return paid.list();
  }
}
