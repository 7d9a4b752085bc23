package io.creditledger.core.wire;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Debt;
import io.creditledger.core.account.EndTold;
import io.creditledger.core.account.Fate;
import io.creditledger.core.account.GrantRecord;
import io.creditledger.core.account.Memo;
import io.creditledger.core.account.Reason;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One value of each kind, that of the golden files. Never changed: a new format adds new ones. */
final class Examples {

  private static final CustomerId CUSTOMER = new CustomerId("cus_1");
  private static final Instant OCCURRED_AT = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant RECORDED_AT = Instant.parse("2026-11-21T10:00:00.250Z");
  private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
  private static final Dimensions TOKENS =
      new Dimensions(
          Optional.of(new MeterName("llm.input_tokens")), Optional.of(new SubscriptionId("sub_1")));
  private static final Map<String, String> PROPERTIES = Map.of("model", "m-large", "user", "ü_7");
  private static final Note NOTE =
      new Note(Optional.of("as agreed"), Optional.of("ops@example.com"), Map.of("ticket", "T-7"));
  private static final Optional<Unit> UNIT = Optional.of(Unit.CREDITS);
  private static final GrantId MONTHLY = new GrantId("g_1");
  private static final GrantId ADD_ON = new GrantId("g_2");
  private static final Recurring RECURRING =
      new Recurring(
          new Recurrence(
              IsoPeriod.of(Period.ofMonths(1)),
              Optional.of(
                  new Rollover(
                      Optional.of(credits("100")),
                      Optional.of(new BigDecimal("0.5")),
                      Optional.of(IsoPeriod.of(Period.ofMonths(2))))),
              Optional.of(Instant.parse("2028-01-01T00:00:00Z")),
              OptionalInt.of(12)),
          Optional.of(NOVEMBER),
          Optional.of(IsoPeriod.of(Duration.ofHours(800))));
  private static final GrantDetails DETAILS =
      new GrantDetails(
          Optional.of("Plus plan, November"),
          Optional.of(new CostBasis(Quantity.parse("39.00"), "usd")),
          Map.of("invoice", "in_1"));
  private static final Scope SCOPE =
      new Scope(
          List.of(new MeterName("llm.input_tokens"), new MeterName("llm.output_tokens")),
          List.of(new SubscriptionId("sub_1")));
  private static final Series SERIES =
      new Series(MONTHLY, RECURRING, 2, new GrantId("g_1#2"), NOVEMBER, 2, JANUARY);

  private static final Map<Unit, AlertRule> ALERTS =
      Map.of(
          Unit.CREDITS,
          new AlertRule(
              Optional.of(credits("100")),
              Optional.of(new BigDecimal("0.2")),
              Optional.of(Duration.ofDays(3))),
          new Unit("goodies"),
          AlertRule.DEFAULT);
  private static final TopUpRule TOP_UP =
      new TopUpRule(
          Unit.CREDITS,
          credits("50"),
          Optional.empty(),
          Optional.of(credits("500")),
          Optional.of(credits("2000")),
          Duration.ofHours(1),
          3);
  private static final MeterCount COUNT =
      new MeterCount(
          new MeterName("llm.input_tokens"),
          NOVEMBER,
          Quantity.parse("90000.5"),
          DECEMBER.plus(Duration.ofDays(35)));

  private Examples() {}

  // Events

  static LedgerEvent event(EventType type) {
    Optional<Instant> at = Optional.of(OCCURRED_AT);
    return switch (type) {
      case USAGE ->
          new LedgerEvent.Usage(
              id("evt_1"),
              CUSTOMER,
              TOKENS,
              new Charge.Metered(Quantity.parse("1250.5")),
              PROPERTIES,
              at,
              NOTE);
      case RESERVE ->
          new LedgerEvent.Reserve(
              id("r_1"),
              CUSTOMER,
              TOKENS,
              new Charge.Rated(credits("75"), UNIT),
              PROPERTIES,
              new LedgerEvent.Lifetime.For(Duration.ofMinutes(15)),
              at,
              Note.NONE);
      case SETTLE ->
          new LedgerEvent.Settle(
              id("s_1"),
              CUSTOMER,
              id("r_1"),
              Optional.of(new Charge.Rated(credits("60.25"), Optional.empty())),
              PROPERTIES,
              at,
              Note.NONE);
      case RELEASE -> new LedgerEvent.Release(id("l_1"), CUSTOMER, id("r_1"), at, NOTE);
      case REVERSE ->
          new LedgerEvent.Reverse(
              id("u_1"), CUSTOMER, id("evt_1"), Optional.of(credits("0.000125")), at, NOTE);
      case GRANT ->
          new LedgerEvent.IssueGrant(
              id("g_1"),
              CUSTOMER,
              credits("3900"),
              UNIT,
              Category.PROMOTIONAL,
              10,
              Optional.of(NOVEMBER),
              Optional.of(DECEMBER),
              SCOPE,
              LedgerEvent.Activation.ON_CONFIRMATION,
              Optional.of(RECURRING),
              DETAILS,
              Optional.of(id("top-up-7")),
              at,
              NOTE);
      case VOID ->
          new LedgerEvent.VoidGrant(
              id("v_1"),
              CUSTOMER,
              MONTHLY,
              new LedgerEvent.Extent.Exactly(credits("40")),
              at,
              NOTE);
      case ADJUST ->
          new LedgerEvent.Adjust(
              id("a_1"),
              CUSTOMER,
              Optional.empty(),
              credits("-12.5"),
              UNIT,
              Optional.of(JANUARY),
              at,
              NOTE);
      case CONFIRM -> new LedgerEvent.ConfirmGrant(id("c_1"), CUSTOMER, MONTHLY, at, Note.NONE);
      case CANCEL ->
          new LedgerEvent.CancelGrant(id("c_2"), CUSTOMER, MONTHLY, Optional.empty(), Note.NONE);
      case EXTEND ->
          new LedgerEvent.ExtendGrant(
              id("x_1"),
              CUSTOMER,
              MONTHLY,
              new LedgerEvent.NewEnd.Never(),
              Map.of("reason", "goodwill"),
              at,
              NOTE);
      case CONFIGURE ->
          new LedgerEvent.Configure(
              id("k_1"),
              CUSTOMER,
              Optional.of(OverdraftPolicy.of(Overdraft.CARRY, credits("500"))),
              Optional.of(ZoneId.of("Europe/Berlin")),
              Optional.of("plus"),
              newRules(),
              new LedgerEvent.NewTopUp.Rule(TOP_UP),
              at,
              Note.NONE);
      case TOP_UP ->
          new LedgerEvent.EndTopUp(
              id("e_1"), CUSTOMER, id("top-up-7"), TopUpOutcome.FAILED, at, NOTE);
      case REMIND ->
          new LedgerEvent.Reminder(id("remind:g_1@" + DECEMBER), CUSTOMER, Optional.of(MONTHLY));
      case EFFECTIVE -> new LedgerEvent.GrantEffective(id("effective:g_1"), CUSTOMER, MONTHLY);
      case EXPIRE ->
          new LedgerEvent.GrantExpiry(id("expire:g_1@" + DECEMBER), CUSTOMER, MONTHLY, DECEMBER);
      case RENEW -> new LedgerEvent.GrantRenewal(id("renew:g_1#2"), CUSTOMER, MONTHLY, 2);
      case LAPSE -> new LedgerEvent.ReservationExpiry(id("lapse:r_1"), CUSTOMER, id("r_1"));
    };
  }

  private static Map<Unit, LedgerEvent.NewAlertRule> newRules() {
    return ALERTS.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, rule -> new LedgerEvent.NewAlertRule.Own(rule.getValue())));
  }

  // Entries

  /** A void that takes less where less is left. */
  static LedgerEvent.VoidGrant voidUpTo() {
    return new LedgerEvent.VoidGrant(
        id("v_2"),
        CUSTOMER,
        MONTHLY,
        new LedgerEvent.Extent.UpTo(credits("750")),
        Optional.of(OCCURRED_AT),
        NOTE);
  }

  /** The entry of such a void that found less. */
  static LedgerEntry voidedUpTo() {
    LedgerEntry whole = entry(EventType.VOID);
    return new LedgerEntry(
        whole.header(),
        new Change.Voided(
            MONTHLY,
            credits("40"),
            Optional.of(credits("750")),
            GrantState.OPEN,
            UNIT,
            List.of(posting(MONTHLY, Move.VOID, "40", "0"))),
        whole.balance(),
        whole.alerts());
  }

  static LedgerEntry entry(EventType type) {
    EntryHeader header =
        new EntryHeader(
            CUSTOMER,
            42,
            event(type).id(),
            0x0123456789abcdefL,
            new Position(type.source(), 3, 88_123),
            OCCURRED_AT,
            RECORDED_AT,
            "5f4e3d2c1b0a",
            Hash.of("the entry before".getBytes(StandardCharsets.UTF_8)),
            event(type).note());
    Optional<UnitBalance> balance =
        Optional.of(
            new UnitBalance(
                Unit.CREDITS,
                credits("4650"),
                credits("75"),
                credits("1.5"),
                credits("20"),
                type == EventType.USAGE ? AlertLevel.LOW : AlertLevel.FINE));
    return new LedgerEntry(header, change(type), balance, alerts(type));
  }

  /** Of each kind one, at the entries that may bring it about. */
  private static List<Alert> alerts(EventType type) {
    return switch (type) {
      case USAGE ->
          List.of(
              new Alert.Low(Unit.CREDITS, credits("49.5"), credits("100")),
              new Alert.TopUpRequested(Unit.CREDITS, id("top-up-7"), credits("450.5")));
      case SETTLE -> List.of(new Alert.Depleted(Unit.CREDITS, credits("0")));
      case GRANT -> List.of(new Alert.Recovered(Unit.CREDITS, credits("4575")));
      case REMIND ->
          List.of(new Alert.ExpiringSoon(Unit.CREDITS, MONTHLY, credits("3200"), DECEMBER));
      case TOP_UP -> List.of(new Alert.TopUpPaused(Unit.CREDITS, 3));
      default -> List.of();
    };
  }

  private static Change change(EventType type) {
    return switch (type) {
      case USAGE ->
          new Change.Used(
              TOKENS,
              PROPERTIES,
              Optional.of(Quantity.parse("1250.5")),
              credits("3.75125"),
              UNIT,
              List.of(
                  posting(MONTHLY, Move.CONSUME, "3", "0"),
                  posting(ADD_ON, Move.CONSUME, "0.5", "749.5")),
              new Shortfall(Shortfall.Kind.OVERAGE, credits("0.25125")),
              Optional.of(COUNT));
      case RESERVE ->
          new Change.Reserved(
              reservation(),
              UNIT,
              List.of(
                  posting(MONTHLY, Move.HOLD, "50", "0"), posting(ADD_ON, Move.HOLD, "25", "725")));
      case SETTLE ->
          new Change.Settled(
              id("r_1"),
              TOKENS,
              PROPERTIES,
              Optional.of(Quantity.parse("20")),
              credits("60.25"),
              UNIT,
              List.of(
                  posting(MONTHLY, Move.SETTLE, "50", "0"),
                  posting(ADD_ON, Move.SETTLE, "10.25", "725"),
                  posting(ADD_ON, Move.UNHOLD, "14.75", "739.75")),
              Shortfall.NONE,
              Optional.of(COUNT));
      case RELEASE ->
          new Change.Released(
              id("r_1"), UNIT, List.of(posting(MONTHLY, Move.UNHOLD_VOIDED, "75", "0")));
      case LAPSE ->
          new Change.Lapsed(
              id("r_1"), UNIT, List.of(posting(MONTHLY, Move.UNHOLD_EXPIRED, "75", "0")));
      case REVERSE ->
          new Change.Reversed(
              id("evt_1"),
              TOKENS,
              credits("6"),
              new Shortfall(Shortfall.Kind.OVERDRAFT, credits("1")),
              credits("2"),
              UNIT,
              List.of(
                  posting(ADD_ON, Move.RETURN, "2", "741.75"),
                  posting(MONTHLY, Move.RETURN_EXPIRED, "3", "0")));
      case GRANT ->
          new Change.Granted(
              made("g_1", GrantState.PENDING, 0),
              Optional.of(SERIES),
              Optional.of(id("top-up-7")),
              List.of(new Repayment(MONTHLY, TOKENS, credits("20"))),
              UNIT,
              List.of(posting(MONTHLY, Move.CONSUME, "20", "3880")));
      case VOID ->
          new Change.Voided(
              MONTHLY,
              credits("40"),
              Optional.empty(),
              GrantState.VOIDED,
              UNIT,
              List.of(posting(MONTHLY, Move.VOID, "40", "0")));
      case ADJUST ->
          new Change.Adjusted(
              credits("12.5"),
              Optional.of(
                  new NewGrant(
                      Grant.made(
                          new GrantTerms(
                              new GrantId("a_1"),
                              new Unit("goodies"),
                              credits("12.5"),
                              Category.PROMOTIONAL,
                              50,
                              OCCURRED_AT,
                              Optional.empty(),
                              Scope.EVERYTHING,
                              42,
                              0),
                          GrantState.OPEN),
                      GrantDetails.NONE)),
              List.of(),
              Optional.of(new Unit("goodies")),
              List.of());
      case CONFIRM -> new Change.Confirmed(MONTHLY, GrantState.OPEN, List.of(), UNIT, List.of());
      case CANCEL ->
          new Change.Cancelled(MONTHLY, UNIT, List.of(posting(MONTHLY, Move.VOID, "3900", "0")));
      case EXTEND ->
          new Change.Extended(
              MONTHLY, Optional.of(JANUARY), Map.of("reason", "goodwill"), UNIT, List.of());
      case CONFIGURE -> new Change.Configured(settings(), TopUpStart.ANEW);
      case TOP_UP -> new Change.TopUpEnded(id("top-up-7"), TopUpOutcome.FAILED, UNIT);
      case REMIND -> new Change.Reminded(Optional.of(MONTHLY), UNIT);
      case EFFECTIVE ->
          new Change.BecameEffective(
              MONTHLY,
              List.of(new Repayment(MONTHLY, Dimensions.NONE, credits("20"))),
              UNIT,
              List.of(posting(MONTHLY, Move.CONSUME, "20", "3880")));
      case EXPIRE ->
          new Change.Expired(
              MONTHLY, credits("50"), UNIT, List.of(posting(MONTHLY, Move.EXPIRE, "50", "0")));
      case RENEW ->
          new Change.Renewed(
              MONTHLY,
              2,
              Optional.of(MONTHLY),
              made("g_1#2", GrantState.OPEN, 0),
              Optional.of(made("g_1#2-rollover", GrantState.OPEN, 1)),
              Optional.of(SERIES),
              List.of(),
              UNIT,
              List.of(posting(MONTHLY, Move.EXPIRE, "50", "0")));
    };
  }

  // State

  static Account account() {
    GrantTerms monthly = terms("g_1", 0);
    GrantTerms addOn =
        new GrantTerms(
            ADD_ON,
            new Unit("goodies"),
            credits("750"),
            Category.PAID,
            50,
            NOVEMBER,
            Optional.empty(),
            Scope.EVERYTHING,
            3,
            2);
    return new Account(
        CUSTOMER,
        42,
        41,
        Hash.of("the entry before".getBytes(StandardCharsets.UTF_8)),
        Optional.of(new Position(Source.GRANT, 3, 88_123)),
        settings(),
        List.of(
            new Grant(
                monthly,
                GrantState.EXPIRED,
                credits("-10"),
                Credits.ZERO,
                credits("50"),
                credits("3700"),
                credits("100"),
                credits("40")),
            new Grant(
                addOn,
                GrantState.SCHEDULED,
                Credits.ZERO,
                credits("725"),
                credits("25"),
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO)),
        List.of(reservation()),
        List.of(SERIES),
        List.of(
            new UnitTotals(
                Unit.CREDITS,
                credits("1.5"),
                credits("0.000001"),
                List.of(
                    new Debt(TOKENS, credits("20"), List.of(new Allocation(ADD_ON, credits("7"))))),
                AlertLevel.LOW)),
        List.of(COUNT),
        List.of(new EndTold(MONTHLY, DECEMBER)),
        new TopUpState(
            Optional.of(id("top-up-7")),
            credits("450.5"),
            Optional.of(RECORDED_AT),
            Optional.of(NOVEMBER),
            credits("1350.5"),
            1,
            7,
            Optional.of(OCCURRED_AT)));
  }

  static Account newAccount() {
    return Account.empty(CUSTOMER);
  }

  static Memo memo() {
    return new Memo(
        id("evt_1"),
        0xfedcba9876543210L,
        42,
        Source.USAGE,
        RECORDED_AT,
        Fate.SETTLED,
        Optional.of(
            new Spend(
                Unit.CREDITS,
                TOKENS,
                List.of(
                    new Allocation(MONTHLY, credits("3")), new Allocation(ADD_ON, credits("0.5"))),
                new Shortfall(Shortfall.Kind.FORGIVEN, credits("0.25125")))));
  }

  static GrantRecord grantRecord() {
    return new GrantRecord(
        Grant.made(terms("g_1", 1), GrantState.PENDING), DETAILS, 0x0123456789abcdefL);
  }

  // Alerts

  static byte[] alert() {
    LedgerEntry entry = entry(EventType.USAGE);
    return AlertJson.write(CUSTOMER, entry, entry.alerts().get(1), 1);
  }

  // Outcomes

  static byte[] rejection() {
    return OutcomeJson.rejection(
        Optional.of(CUSTOMER),
        Optional.of(id("evt_2")),
        new Position(Source.USAGE, 3, 88_124),
        RECORDED_AT,
        Reason.FIELD_INVALID,
        Optional.of("credits"),
        "credits: \"x\" is not a decimal number",
        42,
        "5f4e3d2c1b0a",
        "cus_1".getBytes(StandardCharsets.UTF_8),
        "{\"id\":\"evt_2\",\"customer\":\"cus_1\",\"credits\":\"x\"}"
            .getBytes(StandardCharsets.UTF_8));
  }

  static byte[] unreadableRejection() {
    return OutcomeJson.rejection(
        Optional.empty(),
        Optional.empty(),
        new Position(Source.GRANT, 0, 7),
        RECORDED_AT,
        Reason.UNREADABLE,
        Optional.empty(),
        "the bytes are not UTF-8",
        0,
        "5f4e3d2c1b0a",
        new byte[] {(byte) 0xff},
        new byte[] {0, 1, (byte) 0xfe});
  }

  static byte[] duplicate() {
    return OutcomeJson.duplicate(
        CUSTOMER,
        id("evt_1"),
        new Position(Source.USAGE, 3, 88_125),
        RECORDED_AT,
        42,
        43,
        "5f4e3d2c1b0a");
  }

  // Parts

  private static NewGrant made(String id, GrantState state, int ordinal) {
    return new NewGrant(Grant.made(terms(id, ordinal), state), DETAILS);
  }

  private static GrantTerms terms(String id, int ordinal) {
    return new GrantTerms(
        new GrantId(id),
        Unit.CREDITS,
        credits("3900"),
        Category.PROMOTIONAL,
        10,
        NOVEMBER,
        Optional.of(DECEMBER),
        SCOPE,
        42,
        ordinal);
  }

  private static Reservation reservation() {
    return new Reservation(
        id("r_1"),
        Unit.CREDITS,
        TOKENS,
        PROPERTIES,
        Optional.of(Quantity.parse("25000")),
        List.of(new Allocation(MONTHLY, credits("50")), new Allocation(ADD_ON, credits("25"))),
        RECORDED_AT.plus(Duration.ofMinutes(15)),
        42);
  }

  private static CustomerSettings settings() {
    return new CustomerSettings(
        Optional.of(OverdraftPolicy.of(Overdraft.CARRY, credits("500"))),
        ZoneId.of("Europe/Berlin"),
        Optional.of("plus"),
        ALERTS,
        Optional.of(TOP_UP));
  }

  private static Posting posting(GrantId grant, Move move, String amount, String remaining) {
    return new Posting(grant, move, credits(amount), credits(remaining));
  }

  private static EventId id(String value) {
    return new EventId(value);
  }

  private static Credits credits(String text) {
    return Credits.parse(text);
  }
}
