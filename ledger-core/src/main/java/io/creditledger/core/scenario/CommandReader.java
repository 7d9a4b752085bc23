package io.creditledger.core.scenario;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.catalog.Overdraft;
import io.creditledger.core.catalog.OverdraftPolicy;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.TopUpOutcome;
import io.creditledger.core.grant.GrantDetails;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.grant.Scope;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.money.Credits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a scenario asks of the ledger. */
final class CommandReader {

  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry(
              "grant",
              Set.of(
                  "amount",
                  "unit",
                  "priority",
                  "effective_at",
                  "expires_at",
                  "category",
                  "scope",
                  "pending",
                  "recurrence",
                  "name",
                  "top_up")),
          Map.entry(
              "usage",
              Set.of("meter", "subscription", "credits", "quantity", "unit", "properties")),
          Map.entry(
              "reserve",
              Set.of(
                  "meter",
                  "subscription",
                  "credits",
                  "quantity",
                  "unit",
                  "properties",
                  "expires_at",
                  "ttl")),
          Map.entry("settle", Set.of("reservation", "credits", "quantity", "unit", "properties")),
          Map.entry("release", Set.of("reservation")),
          Map.entry("reverse", Set.of("usage", "amount")),
          Map.entry("void", Set.of("grant", "amount", "up_to")),
          Map.entry("adjust", Set.of("grant", "amount", "unit", "expires_at")),
          Map.entry("confirm", Set.of("grant")),
          Map.entry("cancel", Set.of("grant")),
          Map.entry("extend", Set.of("grant", "expires_at")),
          Map.entry(
              "configure", Set.of("overdraft", "limit", "time_zone", "plan", "alerts", "top_up")),
          Map.entry("top_up", Set.of("request", "outcome")));

  private static final Set<String> COMMON =
      Set.of("id", "occurred_at", "description", "actor", "metadata");

  /** The kinds of commands, in the order in which a message lists them. */
  static final List<String> KINDS = FIELDS.keySet().stream().sorted().toList();

  private final CommandFields fields;
  private final CustomerId customer;
  private final EventId id;

  private CommandReader(CommandFields fields, CustomerId customer, EventId id) {
    this.fields = fields;
    this.customer = customer;
    this.id = id;
  }

  /**
   * Reads a command.
   *
   * @param derivedId its id where it names none
   */
  static Request read(String kind, FilePart part, CustomerId customer, EventId derivedId) {
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(FIELDS.get(kind));
    part.allowOnly(known);
    part.field("scope").ifPresent(scope -> scope.allowOnly(Set.of("meters", "subscriptions")));
    CommandFields fields = new CommandFields(part);
    try {
      EventId id = fields.id(derivedId);
      return new Request.Event(new CommandReader(fields, customer, id).event(kind, part));
    } catch (CommandFields.RefusedException e) {
      return e.request();
    }
  }

  private LedgerEvent event(String kind, FilePart part) {
    return switch (kind) {
      case "grant" -> grant(part);
      case "usage" ->
          new LedgerEvent.Usage(
              id,
              customer,
              fields.dimensions(),
              fields.requiredCharge(),
              fields.texts("properties"),
              occurredAt(),
              fields.note());
      case "reserve" ->
          new LedgerEvent.Reserve(
              id,
              customer,
              fields.dimensions(),
              fields.requiredCharge(),
              fields.texts("properties"),
              lifetime(part),
              occurredAt(),
              fields.note());
      case "settle" ->
          new LedgerEvent.Settle(
              id,
              customer,
              fields.required("reservation", EventId::new),
              fields.charge(),
              fields.texts("properties"),
              occurredAt(),
              fields.note());
      case "release" ->
          new LedgerEvent.Release(
              id,
              customer,
              fields.required("reservation", EventId::new),
              occurredAt(),
              fields.note());
      case "reverse" ->
          new LedgerEvent.Reverse(
              id,
              customer,
              fields.required("usage", EventId::new),
              fields.credits("amount"),
              occurredAt(),
              fields.note());
      default -> correction(kind, part);
    };
  }

  private LedgerEvent.Extent extent() {
    return fields
        .credits("up_to")
        .<LedgerEvent.Extent>map(LedgerEvent.Extent.UpTo::new)
        .orElseGet(() -> LedgerEvent.Extent.of(fields.credits("amount")));
  }

  private LedgerEvent correction(String kind, FilePart part) {
    return switch (kind) {
      case "void" ->
          new LedgerEvent.VoidGrant(
              id, customer, fields.grant(), extent(), occurredAt(), fields.note());
      case "adjust" ->
          new LedgerEvent.Adjust(
              id,
              customer,
              fields.value("grant", GrantId::new),
              fields.required("amount", Credits::parse),
              fields.unit(),
              fields.time("expires_at"),
              occurredAt(),
              fields.note());
      case "confirm" ->
          new LedgerEvent.ConfirmGrant(id, customer, fields.grant(), occurredAt(), fields.note());
      case "cancel" ->
          new LedgerEvent.CancelGrant(id, customer, fields.grant(), occurredAt(), fields.note());
      case "extend" ->
          new LedgerEvent.ExtendGrant(
              id,
              customer,
              fields.grant(),
              newEnd(),
              fields.texts("metadata"),
              occurredAt(),
              fields.note());
      case "configure" ->
          new LedgerEvent.Configure(
              id,
              customer,
              overdraft(),
              fields.value("time_zone", CommandReader::zone),
              fields.value("plan", Function.identity()),
              part.field("alerts").map(RulesReader::alerts).orElse(Map.of()),
              newTopUp(part),
              occurredAt(),
              fields.note());
      case "top_up" ->
          new LedgerEvent.EndTopUp(
              id,
              customer,
              fields.required("request", EventId::new),
              fields.required("outcome", CommandReader::outcome),
              occurredAt(),
              fields.note());
      default -> throw new IllegalStateException("no reader of " + kind);
    };
  }

  private LedgerEvent grant(FilePart part) {
    Optional<CommandFields> scope = fields.within("scope");
    return new LedgerEvent.IssueGrant(
        id,
        customer,
        fields.required("amount", Credits::parse),
        fields.unit(),
        fields.value("category", CommandReader::category).orElse(Category.PAID),
        fields.value("priority", CommandReader::priority).orElse(GrantTerms.PRIORITY_DEFAULT),
        fields.time("effective_at"),
        fields.time("expires_at"),
        scope
            .map(
                one ->
                    new Scope(
                        one.values("meters", MeterName::new),
                        one.values("subscriptions", SubscriptionId::new)))
            .orElse(Scope.EVERYTHING),
        fields.value("pending", CommandReader::yesOrNo).orElse(false)
            ? LedgerEvent.Activation.ON_CONFIRMATION
            : LedgerEvent.Activation.AT_ONCE,
        part.field("recurrence").map(RecurrenceReader::read),
        new GrantDetails(
            fields.value("name", Function.identity()), Optional.empty(), fields.texts("metadata")),
        fields.value("top_up", EventId::new),
        occurredAt(),
        fields.note());
  }

  private Optional<Instant> occurredAt() {
    return fields.time("occurred_at");
  }

  private LedgerEvent.Lifetime lifetime(FilePart part) {
    if (fields.has("expires_at") && fields.has("ttl")) {
      throw part.problem("has both expires_at and ttl");
    }
    return fields
        .time("expires_at")
        .<LedgerEvent.Lifetime>map(LedgerEvent.Lifetime.Until::new)
        .or(() -> fields.duration("ttl").map(LedgerEvent.Lifetime.For::new))
        .orElseGet(LedgerEvent.Lifetime.Default::new);
  }

  private LedgerEvent.NewEnd newEnd() {
    if (!fields.names("expires_at")) {
      return new LedgerEvent.NewEnd.Unchanged();
    }
    return fields
        .time("expires_at")
        .<LedgerEvent.NewEnd>map(LedgerEvent.NewEnd.At::new)
        .orElseGet(LedgerEvent.NewEnd.Never::new);
  }

  private LedgerEvent.NewTopUp newTopUp(FilePart part) {
    if (!fields.names("top_up")) {
      return new LedgerEvent.NewTopUp.Unchanged();
    }
    return part.field("top_up")
        .<LedgerEvent.NewTopUp>map(rule -> new LedgerEvent.NewTopUp.Rule(RulesReader.topUp(rule)))
        .orElseGet(LedgerEvent.NewTopUp.None::new);
  }

  private Optional<OverdraftPolicy> overdraft() {
    Optional<Credits> limit = fields.credits("limit");
    return fields.value(
        "overdraft",
        text ->
            new OverdraftPolicy(
                Overdraft.ofWireName(text)
                    .orElseThrow(() -> new IllegalArgumentException("no overdraft policy " + text)),
                limit));
  }

  private static Category category(String text) {
    return Category.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("no category " + text));
  }

  private static int priority(String text) {
    int priority;
    try {
      priority = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + " is not a whole number", e);
    }
    if (priority < 0 || priority > GrantTerms.PRIORITY_MAX) {
      throw new IllegalArgumentException(text + " is outside 0 to " + GrantTerms.PRIORITY_MAX);
    }
    return priority;
  }

  private static TopUpOutcome outcome(String text) {
    return TopUpOutcome.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("no outcome of a top-up " + text));
  }

  private static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text + " is neither true nor false");
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text + " is not a time zone", e);
    }
  }
}
