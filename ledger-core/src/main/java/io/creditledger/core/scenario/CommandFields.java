package io.creditledger.core.scenario;

import io.creditledger.core.account.Reason;
import io.creditledger.core.catalog.IsoPeriod;
import io.creditledger.core.event.Charge;
import io.creditledger.core.event.Note;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import io.creditledger.core.money.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a command. A value that no event can carry is refused as the ledger's edge does.
 */
final class CommandFields {

  /** A value that no event can carry. */
  static final class RefusedException extends RuntimeException {
    private final transient Request.Malformed request;

    RefusedException(Reason reason, String detail) {
      super(detail);
      this.request = new Request.Malformed(reason, detail);
    }

    Request.Malformed request() {
      return request;
    }
  }

  private final FilePart part;

  CommandFields(FilePart part) {
    this.part = part;
  }

  boolean has(String field) {
    return part.field(field).isPresent();
  }

  /** Whether the field stands there, even without a value. */
  boolean names(String field) {
    return part.fields().containsKey(field);
  }

  Optional<CommandFields> within(String field) {
    return part.field(field).map(CommandFields::new);
  }

  <T> Optional<T> value(String field, Function<String, T> read) {
    return part.field(field)
        .map(
            found -> {
              try {
                return read.apply(found.text());
              } catch (InvalidScenarioFileException e) {
                throw e;
              } catch (IllegalArgumentException e) {
                throw new RefusedException(Reason.FIELD_INVALID, field + ": " + e.getMessage());
              }
            });
  }

  <T> T required(String field, Function<String, T> read) {
    return value(field, read)
        .orElseThrow(() -> new RefusedException(Reason.FIELD_MISSING, field + " is missing"));
  }

  <T> List<T> values(String field, Function<String, T> read) {
    return part.field(field)
        .map(
            list ->
                list.items().stream()
                    .map(
                        item -> {
                          try {
                            return read.apply(item.text());
                          } catch (InvalidScenarioFileException e) {
                            throw e;
                          } catch (IllegalArgumentException e) {
                            throw new RefusedException(
                                Reason.FIELD_INVALID, field + ": " + e.getMessage());
                          }
                        })
                    .toList())
        .orElse(List.of());
  }

  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    part.field(field)
        .ifPresent(map -> map.fields().forEach((key, value) -> texts.put(key, value.text())));
    return texts;
  }

  EventId id(EventId derived) {
    return value("id", EventId::new).orElse(derived);
  }

  Optional<Instant> time(String field) {
    return value(field, TimeText::parse);
  }

  Optional<Credits> credits(String field) {
    return value(field, Credits::parse);
  }

  Optional<Unit> unit() {
    return value("unit", Unit::new);
  }

  GrantId grant() {
    return required("grant", GrantId::new);
  }

  Optional<IsoPeriod> period(String field) {
    return value(field, IsoPeriod::parse);
  }

  Optional<Duration> duration(String field) {
    return value(
        field,
        text -> {
          try {
            return Duration.parse(text);
          } catch (DateTimeParseException e) {
            throw new IllegalArgumentException('"' + text + "\" is not a time such as PT15M", e);
          }
        });
  }

  Dimensions dimensions() {
    return new Dimensions(
        value("meter", MeterName::new), value("subscription", SubscriptionId::new));
  }

  /** What it asks for; absent where it names neither credits nor a quantity. */
  Optional<Charge> charge() {
    if (has("credits") && has("quantity")) {
      throw new RefusedException(Reason.FIELD_INVALID, "credits and quantity are both there");
    }
    return credits("credits")
        .<Charge>map(credits -> new Charge.Rated(credits, unit()))
        .or(() -> value("quantity", Quantity::parse).map(Charge.Metered::new));
  }

  /** What it asks for; neither credits nor a quantity is one event of the meter it must name. */
  Charge requiredCharge() {
    return charge()
        .orElseGet(
            () -> {
              if (has("meter")) {
                return new Charge.Counted();
              }
              throw new RefusedException(
                  Reason.FIELD_MISSING, "credits, quantity and meter are missing");
            });
  }

  Note note() {
    return new Note(
        value("description", Function.identity()),
        value("actor", Function.identity()),
        texts("metadata"));
  }
}
