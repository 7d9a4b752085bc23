package io.creditledger.core.wire;

import io.creditledger.core.catalog.Category;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.LedgerEvent.Activation;
import io.creditledger.core.event.LedgerEvent.Extent;
import io.creditledger.core.event.LedgerEvent.Lifetime;
import io.creditledger.core.event.LedgerEvent.NewEnd;
import io.creditledger.core.event.LedgerEvent.NewTopUp;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantTerms;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.money.Quantity;
import java.util.Optional;

/** An event's fields by its type. Required fields are looked for before any is judged. */
final class EventReader {

  private final FieldReader fields;

  private EventReader(FieldReader fields) {
    this.fields = fields;
  }

  static LedgerEvent read(EventType type, Json.Members members) {
    EventReader reader = new EventReader(new FieldReader(members, Bounds.EVENT));
    return switch (type) {
      case USAGE -> reader.usage();
      case RESERVE -> reader.reserve();
      case SETTLE -> reader.settle();
      case RELEASE -> reader.release();
      case REVERSE -> reader.reverse();
      case GRANT -> reader.grant();
      case VOID -> reader.voidGrant();
      case ADJUST -> reader.adjust();
      case CONFIRM -> reader.confirm();
      case CANCEL -> reader.cancel();
      case EXTEND -> reader.extend();
      case CONFIGURE -> reader.configure();
      case EFFECTIVE -> reader.effective();
      case EXPIRE -> reader.expire();
      case RENEW -> reader.renew();
      case LAPSE -> reader.lapse();
      case TOP_UP -> reader.topUp();
      case REMIND -> reader.remind();
    };
  }

  private LedgerEvent usage() {
    require();
    return new LedgerEvent.Usage(
        id(),
        customer(),
        dimensions(),
        requiredCharge(),
        fields.map(Field.PROPERTIES),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent reserve() {
    require();
    return new LedgerEvent.Reserve(
        id(),
        customer(),
        dimensions(),
        requiredCharge(),
        fields.map(Field.PROPERTIES),
        lifetime(),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent settle() {
    require(Field.RESERVATION);
    return new LedgerEvent.Settle(
        id(),
        customer(),
        reservation(),
        charge(),
        fields.map(Field.PROPERTIES),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent release() {
    require(Field.RESERVATION);
    return new LedgerEvent.Release(
        id(), customer(), reservation(), fields.time(Field.OCCURRED_AT), note());
  }

  private LedgerEvent reverse() {
    require(Field.USAGE);
    return new LedgerEvent.Reverse(
        id(),
        customer(),
        fields.required(Field.USAGE, Parse::eventId),
        fields.credits(Field.AMOUNT),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent grant() {
    require(Field.AMOUNT);
    return new LedgerEvent.IssueGrant(
        id(),
        customer(),
        fields.requiredCredits(Field.AMOUNT),
        fields.parsed(Field.UNIT, Parse::unit),
        fields.parsed(Field.CATEGORY, Parse::category).orElse(Category.PAID),
        GrantJson.priority(fields).orElse(GrantTerms.PRIORITY_DEFAULT),
        fields.time(Field.EFFECTIVE_AT),
        fields.time(Field.EXPIRES_AT),
        GrantJson.scope(fields),
        fields.flag(Field.PENDING).orElse(false) ? Activation.ON_CONFIRMATION : Activation.AT_ONCE,
        fields.object(Field.RECURRENCE).map(RecurrenceJson::read),
        GrantJson.details(fields),
        fields.parsed(Field.TOP_UP, Parse::eventId),
        fields.time(Field.OCCURRED_AT),
        note(Field.EVENT_METADATA));
  }

  private LedgerEvent voidGrant() {
    require(Field.GRANT);
    return new LedgerEvent.VoidGrant(
        id(), customer(), grantId(), extent(), fields.time(Field.OCCURRED_AT), note());
  }

  private Extent extent() {
    if (!fields.flag(Field.UP_TO).orElse(false)) {
      return Extent.of(fields.credits(Field.AMOUNT));
    }
    return new Extent.UpTo(fields.requiredCredits(Field.AMOUNT));
  }

  private LedgerEvent adjust() {
    require(Field.AMOUNT);
    return new LedgerEvent.Adjust(
        id(),
        customer(),
        fields.parsed(Field.GRANT, Parse::grantId),
        fields.requiredCredits(Field.AMOUNT),
        fields.parsed(Field.UNIT, Parse::unit),
        fields.time(Field.EXPIRES_AT),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent confirm() {
    require(Field.GRANT);
    return new LedgerEvent.ConfirmGrant(
        id(), customer(), grantId(), fields.time(Field.OCCURRED_AT), note());
  }

  private LedgerEvent cancel() {
    require(Field.GRANT);
    return new LedgerEvent.CancelGrant(
        id(), customer(), grantId(), fields.time(Field.OCCURRED_AT), note());
  }

  private LedgerEvent extend() {
    require(Field.GRANT);
    NewEnd end =
        fields.isNull(Field.EXPIRES_AT)
            ? new NewEnd.Never()
            : fields
                .time(Field.EXPIRES_AT)
                .<NewEnd>map(NewEnd.At::new)
                .orElseGet(NewEnd.Unchanged::new);
    return new LedgerEvent.ExtendGrant(
        id(),
        customer(),
        grantId(),
        end,
        fields.map(Field.METADATA),
        fields.time(Field.OCCURRED_AT),
        note(Field.EVENT_METADATA));
  }

  private LedgerEvent configure() {
    require();
    return new LedgerEvent.Configure(
        id(),
        customer(),
        SettingsJson.overdraft(fields),
        fields.parsed(Field.TIME_ZONE, Parse::zone),
        fields.text(Field.PLAN),
        RulesJson.newAlerts(fields),
        newTopUp(),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private NewTopUp newTopUp() {
    return fields.isNull(Field.TOP_UP)
        ? new NewTopUp.None()
        : RulesJson.topUp(fields)
            .<NewTopUp>map(NewTopUp.Rule::new)
            .orElseGet(NewTopUp.Unchanged::new);
  }

  private LedgerEvent topUp() {
    require(Field.TOP_UP, Field.OUTCOME);
    return new LedgerEvent.EndTopUp(
        id(),
        customer(),
        fields.required(Field.TOP_UP, Parse::eventId),
        fields.required(Field.OUTCOME, Parse::outcome),
        fields.time(Field.OCCURRED_AT),
        note());
  }

  private LedgerEvent effective() {
    require(Field.GRANT);
    return new LedgerEvent.GrantEffective(timersId(), customer(), grantId());
  }

  private LedgerEvent expire() {
    require(Field.GRANT, Field.EXPIRES_AT);
    return new LedgerEvent.GrantExpiry(
        timersId(), customer(), grantId(), fields.requiredTime(Field.EXPIRES_AT));
  }

  private LedgerEvent renew() {
    require(Field.GRANT, Field.PERIOD);
    return new LedgerEvent.GrantRenewal(
        timersId(), customer(), grantId(), fields.requiredInteger(Field.PERIOD));
  }

  private LedgerEvent remind() {
    require();
    return new LedgerEvent.Reminder(
        timersId(), customer(), fields.parsed(Field.GRANT, Parse::grantId));
  }

  private LedgerEvent lapse() {
    require(Field.RESERVATION);
    return new LedgerEvent.ReservationExpiry(timersId(), customer(), reservation());
  }

  // Parts

  private void require(String... names) {
    fields.require(Field.ID, Field.CUSTOMER);
    fields.require(names);
  }

  private EventId id() {
    return fields.required(Field.ID, Parse::callersId);
  }

  private EventId timersId() {
    return fields.required(Field.ID, Parse::eventId);
  }

  private CustomerId customer() {
    return fields.required(Field.CUSTOMER, Parse::customer);
  }

  private GrantId grantId() {
    return fields.required(Field.GRANT, Parse::grantId);
  }

  private EventId reservation() {
    return fields.required(Field.RESERVATION, Parse::eventId);
  }

  private Dimensions dimensions() {
    return DimensionsJson.read(fields);
  }

  private Charge requiredCharge() {
    Optional<Charge> charge = charge();
    if (charge.isPresent()) {
      return charge.get();
    }
    if (!fields.has(Field.METER)) {
      throw fields.missing(Field.QUANTITY, "quantity is missing, and so is credits");
    }
    return new Charge.Counted();
  }

  private Optional<Charge> charge() {
    if (fields.has(Field.CREDITS)) {
      if (fields.has(Field.QUANTITY)) {
        throw fields.invalid(Field.CREDITS, "stands beside quantity; send one of them");
      }
      return Optional.of(
          new Charge.Rated(
              fields.requiredCredits(Field.CREDITS), fields.parsed(Field.UNIT, Parse::unit)));
    }
    if (fields.has(Field.UNIT)) {
      throw fields.invalid(Field.UNIT, "is for credits only; a quantity's unit is its meter's");
    }
    return fields.decimal(Field.QUANTITY, Quantity::parse).map(Charge.Metered::new);
  }

  private Lifetime lifetime() {
    if (fields.has(Field.TTL)) {
      if (fields.has(Field.EXPIRES_AT)) {
        throw fields.invalid(Field.TTL, "stands beside expires_at; send one of them");
      }
      return new Lifetime.For(fields.required(Field.TTL, Parse::duration));
    }
    return fields
        .time(Field.EXPIRES_AT)
        .<Lifetime>map(Lifetime.Until::new)
        .orElseGet(Lifetime.Default::new);
  }

  private Note note() {
    return note(Field.METADATA);
  }

  private Note note(String metadata) {
    return NoteJson.read(fields, metadata);
  }
}
