package io.creditledger.core.wire;

import io.creditledger.core.event.Charge;
import io.creditledger.core.event.EventType;
import io.creditledger.core.event.LedgerEvent;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Texts;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads usage as nearly all of it comes, straight from its bytes: plain JSON of known fields, each
 * fit and once. Whatever else it meets gives nothing and is for {@link EventReader}, which alone
 * judges what usage is; what this one reads, that one reads as the same. It takes less than half of
 * the time and of the room.
 */
final class UsageScan {

  private static final Bounds BOUNDS = Bounds.EVENT;

  private final PlainBytes in;
  private Optional<String> type = Optional.empty();
  private Optional<EventId> id = Optional.empty();
  private Optional<CustomerId> customer = Optional.empty();
  private Optional<MeterName> meter = Optional.empty();
  private Optional<SubscriptionId> subscription = Optional.empty();
  private Optional<Quantity> quantity = Optional.empty();
  private Optional<Credits> credits = Optional.empty();
  private Optional<Unit> unit = Optional.empty();
  private Optional<Instant> occurredAt = Optional.empty();
  private Optional<Texts> properties = Optional.empty();
  private Optional<Texts> metadata = Optional.empty();

  private UsageScan(byte[] bytes) {
    this.in = new PlainBytes(bytes);
  }

  /** The usage, if it is written as most usage is. */
  static Optional<LedgerEvent> of(byte[] bytes) {
    try {
      return Optional.of(new UsageScan(bytes).usage());
    } catch (PlainBytes.NotPlain | IllegalArgumentException notUsual) {
      return Optional.empty();
    }
  }

  private LedgerEvent usage() {
    in.expect('{');
    do {
      field(in.name());
    } while (in.another());
    if (!in.atEnd() || id.isEmpty() || customer.isEmpty()) {
      throw new PlainBytes.NotPlain();
    }
    return new LedgerEvent.Usage(
        id.get(),
        customer.get(),
        new Dimensions(meter, subscription),
        charge(),
        properties.orElse(Texts.NONE),
        occurredAt,
        metadata.isEmpty()
            ? Note.NONE
            : new Note(Optional.empty(), Optional.empty(), metadata.get()));
  }

  /** What the charge is, where no two fields stand for it. */
  private Charge charge() {
    if (credits.isPresent() && quantity.isEmpty()) {
      return new Charge.Rated(credits.get(), unit);
    }
    if (credits.isPresent() || unit.isPresent() || meter.isEmpty()) {
      throw new PlainBytes.NotPlain();
    }
    return quantity.isPresent() ? new Charge.Metered(quantity.get()) : new Charge.Counted();
  }

  private void field(String name) {
    switch (name) {
      case Field.TYPE -> type = once(type, type(string()));
      case Field.ID -> id = once(id, Parse.callersId(string()));
      case Field.CUSTOMER -> customer = once(customer, new CustomerId(string()));
      case Field.METER -> meter = once(meter, new MeterName(recurringString()));
      case Field.SUBSCRIPTION -> subscription = once(subscription, new SubscriptionId(string()));
      case Field.QUANTITY -> quantity = once(quantity, Quantity.parse(scalar()));
      case Field.CREDITS -> credits = once(credits, Credits.parse(scalar()));
      case Field.UNIT -> unit = once(unit, Parse.unit(recurringString()));
      case Field.OCCURRED_AT -> occurredAt = once(occurredAt, time(string()));
      case Field.PROPERTIES -> properties = once(properties, texts());
      case Field.METADATA -> metadata = once(metadata, texts());
      default -> throw new PlainBytes.NotPlain();
    }
  }

  private static <T> Optional<T> once(Optional<T> before, T value) {
    if (before.isPresent()) {
      throw new PlainBytes.NotPlain();
    }
    return Optional.of(value);
  }

  private static String type(String text) {
    if (!text.equals(EventType.USAGE.wireName())) {
      throw new PlainBytes.NotPlain();
    }
    return text;
  }

  private static Instant time(String text) {
    Instant time = Times.parse(text);
    if (time.isBefore(BOUNDS.earliest()) || time.isAfter(BOUNDS.latest())) {
      throw new PlainBytes.NotPlain();
    }
    return time;
  }

  private Texts texts() {
    int start = in.at();
    Optional<Texts> known = in.recurringObject();
    if (known.isPresent()) {
      return known.get();
    }
    in.expect('{');
    if (in.next() == '}') {
      return Texts.NONE;
    }
    in.back();
    String[] pairs = new String[4];
    int size = 0;
    do {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, size * 2);
      }
      pairs[size++] = in.name();
      pairs[size++] = text();
    } while (in.another());
    if (size > 2 * BOUNDS.entriesMax()) {
      throw new PlainBytes.NotPlain();
    }
    Texts texts = Texts.ofPairs(Arrays.copyOf(pairs, size));
    in.keepObject(start, texts);
    return texts;
  }

  private String text() {
    byte first = in.next();
    String text = first == '"' ? in.recurringString() : number(first);
    if (text.length() > BOUNDS.valueCharsMax()) {
      throw new PlainBytes.NotPlain();
    }
    return text;
  }

  /** A decimal, as a string or as a number. */
  private String scalar() {
    byte first = in.next();
    return first == '"' ? in.string() : number(first);
  }

  private String number(byte first) {
    if (!PlainBytes.beginsNumber(first)) {
      throw new PlainBytes.NotPlain();
    }
    in.back();
    return in.number();
  }

  private String string() {
    in.expect('"');
    return in.string();
  }

  private String recurringString() {
    in.expect('"');
    return in.recurringString();
  }
}
