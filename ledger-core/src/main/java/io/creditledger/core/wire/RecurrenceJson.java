package io.creditledger.core.wire;

import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.money.Credits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How a grant comes again, as an object of its own. */
final class RecurrenceJson {

  private RecurrenceJson() {}

  static Recurring read(FieldReader fields) {
    fields.require(Field.PERIOD);
    Recurrence recurrence =
        new Recurrence(
            fields.required(Field.PERIOD, Parse::period),
            fields.object(Field.ROLLOVER).map(RecurrenceJson::rollover),
            fields.time(Field.UNTIL),
            count(fields));
    return new Recurring(
        recurrence, fields.time(Field.ANCHOR), fields.parsed(Field.LIFETIME, Parse::period));
  }

  private static OptionalInt count(FieldReader fields) {
    OptionalLong count = fields.integer(Field.COUNT);
    if (count.isEmpty()) {
      return OptionalInt.empty();
    }
    if (count.getAsLong() < 1 || count.getAsLong() > Integer.MAX_VALUE) {
      throw fields.invalid(
          Field.COUNT, "is not from 1 to " + Integer.MAX_VALUE + ": " + count.getAsLong());
    }
    return OptionalInt.of((int) count.getAsLong());
  }

  private static Rollover rollover(FieldReader fields) {
    Optional<Credits> cap = fields.credits(Field.CAP);
    Optional<BigDecimal> fraction = fields.decimal(Field.FRACTION, Parse::fraction);
    if (cap.isEmpty() && fraction.isEmpty()) {
      throw fields.missing(Field.CAP);
    }
    if (cap.isPresent() && cap.get().isNegative()) {
      throw fields.invalid(Field.CAP, "is negative: " + cap.get());
    }
    if (fraction.isPresent()
        && (fraction.get().signum() < 0 || fraction.get().compareTo(BigDecimal.ONE) > 0)) {
      throw fields.invalid(Field.FRACTION, "is not from 0 to 1: " + fraction.get().toPlainString());
    }
    return new Rollover(cap, fraction, fields.parsed(Field.LIFETIME, Parse::period));
  }

  static void write(JsonWriter json, Recurring recurring) {
    Recurrence recurrence = recurring.recurrence();
    json.text(Field.PERIOD, recurrence.every().toString())
        .time(Field.ANCHOR, recurring.anchor())
        .text(Field.LIFETIME, recurring.lifetime());
    recurrence.rollover().ifPresent(how -> json.object(Field.ROLLOVER, o -> write(o, how)));
    json.time(Field.UNTIL, recurrence.until());
    recurrence.count().ifPresent(count -> json.number(Field.COUNT, count));
  }

  private static void write(JsonWriter json, Rollover rollover) {
    json.text(Field.CAP, rollover.cap())
        .text(Field.FRACTION, rollover.fraction().map(BigDecimal::toPlainString))
        .text(Field.LIFETIME, rollover.lifetime());
  }
}
