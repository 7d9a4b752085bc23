package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.catalog.Recurrence;
import io.creditledger.core.catalog.Rollover;
import io.creditledger.core.grant.Recurring;
import io.creditledger.core.money.Quantity;
import java.util.OptionalInt;
import java.util.Set;

/** Reads how a grant recurs. */
final class RecurrenceReader {

  private RecurrenceReader() {}

  static Recurring read(FilePart part) {
    part.allowOnly(Set.of("period", "anchor", "lifetime", "rollover", "until", "count"));
    part.field("rollover")
        .ifPresent(rollover -> rollover.allowOnly(Set.of("cap", "fraction", "lifetime")));
    CommandFields fields = new CommandFields(part);
    try {
      return new Recurring(
          new Recurrence(
              fields.required("period", IsoPeriod::parse),
              fields.within("rollover").map(RecurrenceReader::rollover),
              fields.time("until"),
              fields
                  .value("count", Integer::valueOf)
                  .map(OptionalInt::of)
                  .orElseGet(OptionalInt::empty)),
          fields.time("anchor"),
          fields.period("lifetime"));
    } catch (InvalidScenarioFileException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new CommandFields.RefusedException(
          Reason.FIELD_INVALID, "recurrence: " + e.getMessage());
    }
  }

  private static Rollover rollover(CommandFields fields) {
    return new Rollover(
        fields.credits("cap"),
        fields.value("fraction", Quantity::parse).map(Quantity::value),
        fields.period("lifetime"));
  }
}
