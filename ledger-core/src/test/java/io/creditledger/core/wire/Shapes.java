package io.creditledger.core.wire;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Debt;
import io.creditledger.core.account.EndTold;
import io.creditledger.core.account.Fate;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Spend;
import io.creditledger.core.account.UnitTotals;
import io.creditledger.core.catalog.AlertRule;
import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.catalog.TopUpRule;
import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.AlertType;
import io.creditledger.core.entry.Change;
import io.creditledger.core.entry.CustomerSettings;
import io.creditledger.core.entry.EntryHeader;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.entry.MeterCount;
import io.creditledger.core.entry.NewGrant;
import io.creditledger.core.entry.Repayment;
import io.creditledger.core.entry.Series;
import io.creditledger.core.entry.Shortfall;
import io.creditledger.core.entry.TopUpStart;
import io.creditledger.core.entry.TopUpState;
import io.creditledger.core.entry.UnitBalance;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.Allocation;
import io.creditledger.core.grant.CostBasis;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.Grant;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Move;
import io.creditledger.core.grant.Posting;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import io.creditledger.core.reservation.Reservation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Random values of everything that has a form outside, from a seed. They need not make sense to the
 * ledger, only be such as their types promise and a caller may send.
 */
final class Shapes {

  private static final String LETTERS = "abcXYZ019_-.:/ #\"\\\t\n\u0001äß€漢字😀";
  private static final long LAST_SECOND = 253_402_300_799L;

  private final SplittableRandom random;

  Shapes(long seed) {
    random = new SplittableRandom(seed);
  }

  // Events

  LedgerEvent event(EventType type) {
    return switch (type) {
      case USAGE -> usage();
      case RESERVE ->
          new LedgerEvent.Reserve(
              callersId(),
              customer(),
              dimensions(),
              rated(),
              map(),
              lifetime(),
              optional(this::time),
              note());
      case SETTLE ->
          new LedgerEvent.Settle(
              callersId(),
              customer(),
              eventId(),
              optional(() -> chance() ? rated() : metered()),
              map(),
              optional(this::time),
              note());
      case RELEASE ->
          new LedgerEvent.Release(callersId(), customer(), eventId(), optional(this::time), note());
      case REVERSE ->
          new LedgerEvent.Reverse(
              callersId(),
              customer(),
              eventId(),
              optional(this::anyCredits),
              optional(this::time),
              note());
      case GRANT -> grantEvent();
      case VOID ->
          new LedgerEvent.VoidGrant(
              callersId(), customer(), grantId(), extent(), optional(this::time), note());
      case ADJUST ->
          new LedgerEvent.Adjust(
              callersId(),
              customer(),
              optional(this::grantId),
              anyCredits(),
              optional(this::unit),
              optional(this::time),
              optional(this::time),
              note());
      case CONFIRM ->
          new LedgerEvent.ConfirmGrant(
              callersId(), customer(), grantId(), optional(this::time), note());
      case CANCEL ->
          new LedgerEvent.CancelGrant(
              callersId(), customer(), grantId(), optional(this::time), note());
      case EXTEND ->
          new LedgerEvent.ExtendGrant(
              callersId(), customer(), grantId(), newEnd(), map(), optional(this::time), note());
      case CONFIGURE ->
          new LedgerEvent.Configure(
              callersId(),
              customer(),
              optional(this::policy),
              optional(this::zone),
              optional(this::text),
              newAlertRules(),
              newTopUp(),
              optional(this::time),
              note());
      case TOP_UP ->
          new LedgerEvent.EndTopUp(
              callersId(),
              customer(),
              eventId(),
              pick(TopUpOutcome.values()),
              optional(this::time),
              note());
      case REMIND -> new LedgerEvent.Reminder(eventId(), customer(), optional(this::grantId));
      case EFFECTIVE -> new LedgerEvent.GrantEffective(eventId(), customer(), grantId());
      case EXPIRE -> new LedgerEvent.GrantExpiry(eventId(), customer(), grantId(), time());
      case RENEW ->
          new LedgerEvent.GrantRenewal(eventId(), customer(), grantId(), 2 + random.nextInt(500));
      case LAPSE -> new LedgerEvent.ReservationExpiry(eventId(), customer(), eventId());
    };
  }

  private LedgerEvent usage() {
    Dimensions dimensions = dimensions();
    Charge charge =
        dimensions.meter().isPresent() && random.nextInt(4) == 0
            ? new Charge.Counted()
            : chance() ? rated() : metered();
    return new LedgerEvent.Usage(
        callersId(), customer(), dimensions, charge, map(), optional(this::time), note());
  }

  private LedgerEvent grantEvent() {
    return new LedgerEvent.IssueGrant(
        callersId(),
        customer(),
        anyCredits(),
        optional(this::unit),
        pick(Category.values()),
        random.nextInt(101),
        optional(this::time),
        optional(this::time),
        scope(),
        pick(LedgerEvent.Activation.values()),
        optional(this::recurring),
        details(),
        optional(this::eventId),
        optional(this::time),
        note());
  }

  private Map<Unit, AlertRule> alertRules() {
    Map<Unit, AlertRule> rules = new HashMap<>();
    int size = random.nextInt(3);
    for (int i = 0; i < size; i++) {
      rules.put(
          unit(),
          new AlertRule(
              optional(this::credits),
              optional(() -> BigDecimal.valueOf(random.nextLong(1_000_001), 6)),
              optional(() -> Duration.ofMillis(random.nextLong(1, 31_622_400_000L)))));
    }
    return rules;
  }

  private Map<Unit, LedgerEvent.NewAlertRule> newAlertRules() {
    Map<Unit, LedgerEvent.NewAlertRule> rules = new HashMap<>();
    alertRules()
        .forEach(
            (unit, rule) ->
                rules.put(
                    unit,
                    chance()
                        ? new LedgerEvent.NewAlertRule.Own(rule)
                        : new LedgerEvent.NewAlertRule.Catalogs()));
    return rules;
  }

  private LedgerEvent.NewTopUp newTopUp() {
    return switch (random.nextInt(3)) {
      case 0 -> new LedgerEvent.NewTopUp.Unchanged();
      case 1 -> new LedgerEvent.NewTopUp.None();
      default -> new LedgerEvent.NewTopUp.Rule(topUpRule());
    };
  }

  private TopUpRule topUpRule() {
    Credits threshold = positive();
    Optional<Credits> amount = optional(this::positive);
    return new TopUpRule(
        unit(),
        threshold,
        amount,
        amount.isPresent() ? Optional.empty() : Optional.of(threshold.plus(credits())),
        optional(this::positive),
        Duration.ofMillis(random.nextLong(9_999_999_999L)),
        1 + random.nextInt(Integer.MAX_VALUE));
  }

  private Charge rated() {
    return new Charge.Rated(anyCredits(), optional(this::unit));
  }

  private Charge metered() {
    return new Charge.Metered(quantity());
  }

  private LedgerEvent.Lifetime lifetime() {
    return switch (random.nextInt(3)) {
      case 0 -> new LedgerEvent.Lifetime.Default();
      case 1 ->
          new LedgerEvent.Lifetime.For(Duration.ofMillis(random.nextLong(-9_999, 99_999_999)));
      default -> new LedgerEvent.Lifetime.Until(time());
    };
  }

  private LedgerEvent.Extent extent() {
    return switch (random.nextInt(3)) {
      case 0 -> new LedgerEvent.Extent.All();
      case 1 -> new LedgerEvent.Extent.Exactly(anyCredits());
      default -> new LedgerEvent.Extent.UpTo(anyCredits());
    };
  }

  private LedgerEvent.NewEnd newEnd() {
    return switch (random.nextInt(3)) {
      case 0 -> new LedgerEvent.NewEnd.Unchanged();
      case 1 -> new LedgerEvent.NewEnd.Never();
      default -> new LedgerEvent.NewEnd.At(time());
    };
  }

  // Entries

  LedgerEntry entry(EventType type) {
    EntryHeader header =
        new EntryHeader(
            customer(),
            sequence(),
            eventId(),
            random.nextLong(),
            position(),
            time(),
            time(),
            Long.toHexString(random.nextLong()),
            hash(),
            note());
    return new LedgerEntry(
        header, change(type, header), optional(this::balance), list(this::alert));
  }

  LedgerEntry entry(List<Alert> alerts) {
    LedgerEntry entry = entry(EventType.USAGE);
    return new LedgerEntry(entry.header(), entry.change(), entry.balance(), alerts);
  }

  Alert alert() {
    return switch (pick(AlertType.values())) {
      case LOW -> new Alert.Low(unit(), credits(), credits());
      case DEPLETED -> new Alert.Depleted(unit(), credits());
      case RECOVERED -> new Alert.Recovered(unit(), credits());
      case EXPIRING_SOON -> new Alert.ExpiringSoon(unit(), grantId(), credits(), time());
      case TOP_UP_REQUESTED -> new Alert.TopUpRequested(unit(), eventId(), positive());
      case TOP_UP_PAUSED -> new Alert.TopUpPaused(unit(), random.nextInt(100));
    };
  }

  private Optional<MeterCount> count(Dimensions dimensions) {
    return dimensions.meter().isEmpty() || chance()
        ? Optional.empty()
        : Optional.of(new MeterCount(dimensions.meter().get(), time(), quantity(), time()));
  }

  private Change used() {
    Dimensions dimensions = dimensions();
    return new Change.Used(
        dimensions,
        map(),
        optional(this::quantity),
        credits(),
        optional(this::unit),
        postings(),
        shortfall(),
        count(dimensions));
  }

  private Change settled() {
    Dimensions dimensions = dimensions();
    return new Change.Settled(
        eventId(),
        dimensions,
        map(),
        optional(this::quantity),
        credits(),
        optional(this::unit),
        postings(),
        shortfall(),
        count(dimensions));
  }

  private Change change(EventType type, EntryHeader header) {
    return switch (type) {
      case USAGE -> used();
      case RESERVE -> reserved(header);
      case SETTLE -> settled();
      case RELEASE -> new Change.Released(eventId(), optional(this::unit), postings());
      case LAPSE -> new Change.Lapsed(eventId(), optional(this::unit), postings());
      case REVERSE ->
          new Change.Reversed(
              eventId(),
              dimensions(),
              credits(),
              shortfall(),
              credits(),
              optional(this::unit),
              postings());
      case GRANT ->
          new Change.Granted(
              newGrant(header),
              optional(this::series),
              optional(this::eventId),
              list(this::repayment),
              optional(this::unit),
              postings());
      case VOID ->
          new Change.Voided(
              grantId(),
              credits(),
              optional(this::anyCredits),
              pick(GrantState.values()),
              optional(this::unit),
              postings());
      case ADJUST ->
          new Change.Adjusted(
              anyCredits(),
              optional(() -> newGrant(header)),
              list(this::repayment),
              optional(this::unit),
              postings());
      case CONFIRM ->
          new Change.Confirmed(
              grantId(),
              pick(GrantState.values()),
              list(this::repayment),
              optional(this::unit),
              postings());
      case CANCEL -> new Change.Cancelled(grantId(), optional(this::unit), postings());
      case EXTEND ->
          new Change.Extended(
              grantId(), optional(this::time), map(), optional(this::unit), postings());
      case CONFIGURE -> new Change.Configured(settings(), pick(TopUpStart.values()));
      case TOP_UP ->
          new Change.TopUpEnded(eventId(), pick(TopUpOutcome.values()), optional(this::unit));
      case REMIND -> new Change.Reminded(optional(this::grantId), optional(this::unit));
      case EFFECTIVE ->
          new Change.BecameEffective(
              grantId(), list(this::repayment), optional(this::unit), postings());
      case EXPIRE -> new Change.Expired(grantId(), credits(), optional(this::unit), postings());
      case RENEW ->
          new Change.Renewed(
              grantId(),
              sequence(),
              optional(this::grantId),
              newGrant(header),
              optional(() -> newGrant(header)),
              optional(this::series),
              list(this::repayment),
              optional(this::unit),
              postings());
    };
  }

  private Change reserved(EntryHeader header) {
    List<Allocation> holds = list(this::allocation);
    Unit unit = unit();
    Reservation reservation =
        new Reservation(
            header.id(),
            unit,
            dimensions(),
            map(),
            optional(this::quantity),
            holds,
            time(),
            header.sequence());
    List<Posting> postings = new ArrayList<>();
    holds.forEach(
        hold -> postings.add(new Posting(hold.grant(), Move.HOLD, hold.amount(), credits())));
    return new Change.Reserved(reservation, Optional.of(unit), List.copyOf(postings));
  }

  private NewGrant newGrant(EntryHeader header) {
    GrantState state =
        pick(new GrantState[] {GrantState.PENDING, GrantState.SCHEDULED, GrantState.OPEN});
    return new NewGrant(Grant.made(terms(header.sequence()), state), details());
  }

  private Repayment repayment() {
    return new Repayment(grantId(), dimensions(), credits());
  }

  private List<Posting> postings() {
    return list(() -> new Posting(grantId(), pick(Move.values()), positive(), credits()));
  }

  private UnitBalance balance() {
    return new UnitBalance(
        unit(), credits(), credits(), credits(), credits(), pick(AlertLevel.values()));
  }

  // State

  Account account() {
    long sequence = sequence();
    return new Account(
        customer(),
        sequence,
        chance() ? sequence : sequence - 1,
        hash(),
        optional(this::position),
        settings(),
        list(this::grant),
        list(this::reservation),
        list(this::series),
        list(this::totals),
        list(() -> new MeterCount(meter(), time(), quantity(), time())),
        list(() -> new EndTold(grantId(), time())),
        topUpState());
  }

  private TopUpState topUpState() {
    return random.nextInt(3) == 0
        ? TopUpState.NEW
        : new TopUpState(
            optional(this::eventId),
            credits(),
            optional(this::time),
            optional(this::time),
            credits(),
            random.nextInt(10),
            random.nextInt(1_000),
            optional(this::time));
  }

  Memo memo() {
    return new Memo(
        eventId(),
        random.nextLong(),
        sequence(),
        pick(Source.values()),
        time(),
        pick(Fate.values()),
        optional(() -> new Spend(unit(), dimensions(), list(this::allocation), shortfall())));
  }

  GrantRecord grantRecord() {
    return new GrantRecord(grant(), details(), random.nextLong());
  }

  private Grant grant() {
    GrantTerms terms = terms(sequence());
    long granted = terms.amount().micros();
    long adjusted = random.nextInt(3) == 0 ? random.nextLong(-granted / 2, granted / 2 + 1) : 0;
    long left = granted + adjusted;
    GrantState state = pick(GrantState.values());
    long unheld = state.ended() ? 0 : part(left);
    long held = part(left - unheld);
    long expired = part(left - unheld - held);
    long voided = part(left - unheld - held - expired);
    return new Grant(
        terms,
        state,
        Credits.ofMicros(adjusted),
        Credits.ofMicros(unheld),
        Credits.ofMicros(held),
        Credits.ofMicros(left - unheld - held - expired - voided),
        Credits.ofMicros(expired),
        Credits.ofMicros(voided));
  }

  private long part(long of) {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> of;
      default -> random.nextLong(of + 1);
    };
  }

  private Reservation reservation() {
    return new Reservation(
        eventId(),
        unit(),
        dimensions(),
        map(),
        optional(this::quantity),
        list(this::allocation),
        time(),
        sequence());
  }

  private UnitTotals totals() {
    return new UnitTotals(
        unit(),
        credits(),
        credits(),
        list(() -> new Debt(dimensions(), credits(), list(this::allocation))),
        pick(AlertLevel.values()));
  }

  private Series series() {
    return new Series(
        grantId(), recurring(), sequence(), grantId(), time(), random.nextInt(500), time());
  }

  private CustomerSettings settings() {
    return chance()
        ? CustomerSettings.DEFAULT
        : new CustomerSettings(
            optional(this::policy),
            zone(),
            optional(this::text),
            alertRules(),
            optional(this::topUpRule));
  }

  // Parts

  private GrantTerms terms(long sequence) {
    Instant effectiveAt = Instant.ofEpochSecond(random.nextLong(LAST_SECOND / 2), nanos());
    return new GrantTerms(
        grantId(),
        unit(),
        positive(),
        pick(Category.values()),
        chance() ? GrantTerms.PRIORITY_DEFAULT : random.nextInt(101),
        effectiveAt,
        optional(() -> effectiveAt.plusNanos(random.nextLong(1, Long.MAX_VALUE))),
        scope(),
        sequence,
        random.nextInt(3));
  }

  private GrantDetails details() {
    return new GrantDetails(optional(this::text), optional(this::costBasis), map());
  }

  private CostBasis costBasis() {
    Quantity amount = quantity();
    return new CostBasis(
        amount.isNegative() ? new Quantity(amount.value().negate()) : amount,
        pick(new String[] {"usd", "eur", "jpy"}));
  }

  private Recurring recurring() {
    return new Recurring(
        new Recurrence(
            period(),
            optional(this::rollover),
            optional(this::time),
            chance() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(Integer.MAX_VALUE))),
        optional(this::time),
        optional(this::period));
  }

  private Rollover rollover() {
    Optional<Credits> cap = optional(this::credits);
    Optional<BigDecimal> fraction =
        cap.isEmpty() || chance()
            ? Optional.of(BigDecimal.valueOf(random.nextLong(1_000_001), 6))
            : Optional.empty();
    return new Rollover(cap, fraction, optional(this::period));
  }

  private IsoPeriod period() {
    return chance()
        ? IsoPeriod.of(Period.of(random.nextInt(9), random.nextInt(15), 1 + random.nextInt(99)))
        : IsoPeriod.of(Duration.ofMillis(random.nextLong(1_000, 9_999_999_999L)));
  }

  private OverdraftPolicy policy() {
    Overdraft overdraft = pick(Overdraft.values());
    return overdraft.mayBeLimited() && chance()
        ? OverdraftPolicy.of(overdraft, credits())
        : OverdraftPolicy.of(overdraft);
  }

  private ZoneId zone() {
    return pick(
        new ZoneId[] {
          ZoneOffset.UTC,
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/St_Johns"),
          ZoneOffset.ofHoursMinutes(5, 45)
        });
  }

  private Scope scope() {
    return chance()
        ? Scope.EVERYTHING
        : new Scope(list(this::meter), list(() -> new SubscriptionId(name(255))));
  }

  private Dimensions dimensions() {
    return new Dimensions(optional(this::meter), optional(() -> new SubscriptionId(name(255))));
  }

  private Shortfall shortfall() {
    Shortfall.Kind kind = pick(Shortfall.Kind.values());
    return kind == Shortfall.Kind.NONE ? Shortfall.NONE : new Shortfall(kind, positive());
  }

  private Allocation allocation() {
    return new Allocation(grantId(), positive());
  }

  private Note note() {
    return chance() ? Note.NONE : new Note(optional(this::text), optional(this::text), map());
  }

  private Position position() {
    return new Position(
        pick(Source.values()), random.nextInt(1 + random.nextInt(1000)), random.nextLong(1L << 40));
  }

  private Hash hash() {
    return chance() ? Hash.NONE : Hash.of(new byte[] {(byte) random.nextInt()});
  }

  private CustomerId customer() {
    return new CustomerId(name(255));
  }

  private EventId callersId() {
    return new EventId(name(200));
  }

  private EventId eventId() {
    return new EventId(name(255));
  }

  private GrantId grantId() {
    return new GrantId(name(255));
  }

  private MeterName meter() {
    return new MeterName(name(100));
  }

  private Unit unit() {
    return chance() ? Unit.CREDITS : new Unit(name(40));
  }

  /** A name has no control characters and no space at either end. */
  private String name(int charsMax) {
    String inner = letters(random.nextInt(8) == 0 ? charsMax - 2 : random.nextInt(12));
    return "n" + inner.replaceAll("[\\t\\n\u0001]", "~") + "m";
  }

  private String text() {
    return letters(random.nextInt(20));
  }

  /** At most so many UTF-16 units, whole code points. */
  private String letters(int charsMax) {
    int[] points = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    while (true) {
      int point = points[random.nextInt(points.length)];
      if (text.length() + Character.charCount(point) > charsMax) {
        return text.toString();
      }
      text.appendCodePoint(point);
    }
  }

  private Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    int size = chance() ? 0 : random.nextInt(5);
    for (int i = 0; i < size; i++) {
      map.put("k" + text(), text());
    }
    return map;
  }

  private Quantity quantity() {
    return new Quantity(
        BigDecimal.valueOf(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), nextPlaces()));
  }

  private int nextPlaces() {
    return random.nextInt(13);
  }

  private Credits anyCredits() {
    return switch (random.nextInt(6)) {
      case 0 -> Credits.ZERO;
      case 1 -> Credits.ofMicros(Long.MAX_VALUE);
      case 2 -> Credits.ofMicros(Long.MIN_VALUE);
      case 3 -> Credits.ofMicros(-random.nextLong(1, 10_000_000));
      default -> positive();
    };
  }

  /** Zero or more, and such that the sum of a few stays in range. */
  private Credits credits() {
    return random.nextInt(3) == 0 ? Credits.ZERO : positive();
  }

  private Credits positive() {
    return Credits.ofMicros(random.nextLong(1, 1L << (1 + random.nextInt(58))));
  }

  private long sequence() {
    return 1 + random.nextLong(1L << (1 + random.nextInt(40)));
  }

  private Instant time() {
    return Instant.ofEpochSecond(
        chance() ? 1_790_000_000L + random.nextInt(1 << 25) : random.nextLong(LAST_SECOND),
        nanos());
  }

  private int nanos() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(1_000) * 1_000_000;
      case 2 -> random.nextInt(1_000_000) * 1_000;
      default -> random.nextInt(1_000_000_000);
    };
  }

  private boolean chance() {
    return random.nextBoolean();
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private <T> Optional<T> optional(Supplier<T> make) {
    return chance() ? Optional.of(make.get()) : Optional.empty();
  }

  private <T> List<T> list(Supplier<T> make) {
    List<T> list = new ArrayList<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.add(make.get());
    }
    return List.copyOf(list);
  }
}
