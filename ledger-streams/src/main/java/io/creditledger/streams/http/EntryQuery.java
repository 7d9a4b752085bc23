package io.creditledger.streams.http;

import io.creditledger.core.event.EventType;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import io.creditledger.core.id.MeterName;
import io.creditledger.core.id.SubscriptionId;
import io.creditledger.streams.projection.EntryFilter;
import io.creditledger.streams.projection.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The parameters by which entries are searched for. */
final class EntryQuery {

  /** All that a page of entries may be asked with. */
  static final String[] PARAMETERS = {
    "before",
    "after",
    "limit",
    "type",
    "grant",
    "meter",
    "subscription",
    "usage",
    "from",
    "to",
    "recorded_from",
    "recorded_to"
  };

  private EntryQuery() {}

  /** What is searched for; {@link EntryFilter#ALL} if nothing is said. */
  static EntryFilter filter(Query query) {
    return new EntryFilter(
        query.read("type", EntryQuery::type),
        query.read("grant", GrantId::new),
        query.read("meter", MeterName::new),
        query.read("subscription", SubscriptionId::new),
        query.read("usage", EventId::new),
        period(query, "from", "to"),
        period(query, "recorded_from", "recorded_to"));
  }

  /** A half-open period of which each end may be open. */
  static Period period(Query query, String from, String to) {
    Optional<Instant> begin = query.read(from, text -> time(from, text));
    Optional<Instant> end = query.read(to, text -> time(to, text));
    if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
      throw Problem.of(ErrorCode.PARAMETER_INVALID, to, to + " is not after " + from).exception();
    }
    return new Period(begin, end);
  }

  /** A time of RFC 3339. */
  static Instant time(String parameter, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          parameter + " is not an RFC 3339 time such as 2026-11-21T10:00:00Z", e);
    }
  }

  private static EventType type(String text) {
    return EventType.ofWireName(text)
        .orElseThrow(() -> new IllegalArgumentException("type is no type of entries: " + text));
  }
}
