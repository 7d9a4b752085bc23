package io.creditledger.core.scenario;

import io.creditledger.core.entry.AlertLevel;
import io.creditledger.core.entry.AlertType;
import io.creditledger.core.grant.Dimensions;
import io.creditledger.core.grant.GrantState;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a scenario expects. */
final class ExpectReader {

  private final List<Expectation> expectations = new ArrayList<>();

  private ExpectReader() {}

  static List<Expectation> read(FilePart part) {
    ExpectReader reader = new ExpectReader();
    part.fields().forEach(reader::add);
    return reader.expectations;
  }

  private void add(String field, FilePart part) {
    switch (field) {
      case "available" -> addTotal(Expectation.Sum.AVAILABLE, part);
      case "settled" -> addTotal(Expectation.Sum.SETTLED, part);
      case "held" -> addTotal(Expectation.Sum.HELD, part);
      case "overage" -> addTotal(Expectation.Sum.OVERAGE, part);
      case "net" -> addTotal(Expectation.Sum.NET, part);
      case "grants" -> addOfGrants(Expectation.Part.GRANTS, part);
      case "pending" -> addOfGrants(Expectation.Part.PENDING, part);
      case "expired" -> addOfGrants(Expectation.Part.EXPIRED, part);
      case "forfeited" -> addOfGrants(Expectation.Part.FORFEITED, part);
      case "available_for" -> part.items().forEach(item -> expectations.add(availableFor(item)));
      case "overage_of" ->
          part.fields()
              .forEach(
                  (usage, amount) ->
                      expectations.add(
                          new Expectation.OverageOf(
                              id(amount, usage, EventId::new), decimal(amount))));
      case "applied" ->
          part.fields().forEach((usage, paid) -> expectations.add(applied(usage, paid)));
      case "alerts" -> expectations.add(alerts(part));
      case "level" -> expectations.add(new Expectation.Level(level(part)));
      case "entries" -> expectations.add(new Expectation.Entries(count(part)));
      case "ended" ->
          part.fields()
              .forEach(
                  (grant, how) ->
                      expectations.add(
                          new Expectation.Ended(id(how, grant, GrantId::new), ended(how))));
      default -> throw part.problem("is not an expectation that is known");
    }
  }

  private void addTotal(Expectation.Sum sum, FilePart part) {
    expectations.add(new Expectation.Total(sum, decimal(part)));
  }

  private void addOfGrants(Expectation.Part of, FilePart part) {
    part.fields()
        .forEach(
            (grant, amount) ->
                expectations.add(
                    new Expectation.OfGrant(of, id(amount, grant, GrantId::new), decimal(amount))));
  }

  private static Expectation availableFor(FilePart item) {
    item.allowOnly(Set.of("for", "amount"));
    Optional<FilePart> dimensions = item.field("for");
    dimensions.ifPresent(part -> part.allowOnly(Set.of("meter", "subscription")));
    return new Expectation.AvailableFor(
        new Dimensions(
            dimensions
                .flatMap(part -> part.field("meter"))
                .map(part -> id(part, part.text(), MeterName::new)),
            dimensions
                .flatMap(part -> part.field("subscription"))
                .map(part -> id(part, part.text(), SubscriptionId::new))),
        decimal(item.required("amount")));
  }

  private static Expectation applied(String usage, FilePart paid) {
    Map<GrantId, BigDecimal> amounts = new LinkedHashMap<>();
    paid.fields()
        .forEach((grant, amount) -> amounts.put(id(amount, grant, GrantId::new), decimal(amount)));
    return new Expectation.Applied(id(paid, usage, EventId::new), amounts);
  }

  private static Expectation alerts(FilePart part) {
    List<String> alerts = new ArrayList<>();
    for (FilePart item : part.items()) {
      String type = item.text().split(" ", 2)[0];
      if (AlertType.ofWireName(type).isEmpty()) {
        throw item.problem("is no alert that is known: " + type);
      }
      alerts.add(item.text());
    }
    return new Expectation.Alerts(alerts);
  }

  private static AlertLevel level(FilePart part) {
    return AlertLevel.ofWireName(part.text())
        .orElseThrow(() -> part.problem("is no level that is known: " + part.text()));
  }

  private static GrantState ended(FilePart part) {
    return switch (part.text()) {
      case "expired" -> GrantState.EXPIRED;
      case "voided" -> GrantState.VOIDED;
      default -> throw part.problem("is neither expired nor voided: " + part.text());
    };
  }

  private static int count(FilePart part) {
    try {
      return Integer.parseInt(part.text());
    } catch (NumberFormatException e) {
      throw part.problem("is not a whole number: " + part.text());
    }
  }

  private static BigDecimal decimal(FilePart part) {
    try {
      return new BigDecimal(part.text());
    } catch (NumberFormatException e) {
      throw part.problem("is not a decimal number: " + part.text());
    }
  }

  private static <T> T id(FilePart part, String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      throw part.problem("cannot be: " + e.getMessage());
    }
  }
}
