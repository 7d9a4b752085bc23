package io.creditledger.streams.projection;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Customers' statements, as the tables have them by now. */
final class EntryTable {

  private final Jdbi jdbi;

  EntryTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Entries that match, newest first, of those before one. */
  List<JournalLine> newest(
      CustomerId customer, EntryFilter filter, OptionalLong before, int limit) {
    Conditions conditions = conditions(customer, filter);
    before.ifPresent(sequence -> conditions.and("sequence < :before", "before", sequence));
    return lines(conditions, "sequence desc", limit);
  }

  /** Entries after one, oldest first. */
  List<JournalLine> after(CustomerId customer, long after, int limit) {
    Conditions conditions = conditions(customer, EntryFilter.ALL);
    conditions.and("sequence > :after", "after", after);
    return lines(conditions, "sequence", limit);
  }

  /** The sequence number of the customer's last entry; 0 if there is none. */
  long last(CustomerId customer) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select sequence from entry where customer = :customer"
                        + " order by sequence desc limit 1")
                .bind("customer", customer.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  /** The customers who have an entry of that id; at most so many. */
  Set<CustomerId> customersOf(EventId id, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select distinct customer from entry where id = :id limit :limit")
                .bind("id", id.value())
                .bind("limit", limit)
                .map((row, context) -> new CustomerId(row.getString("customer")))
                .set());
  }

  private static Conditions conditions(CustomerId customer, EntryFilter filter) {
    Conditions conditions = new Conditions("customer = :customer", "customer", customer.value());
    filter.type().ifPresent(type -> conditions.and("type = :type", "type", type.wireName()));
    filter.meter().ifPresent(meter -> conditions.and("meter = :meter", "meter", meter.value()));
    filter
        .subscription()
        .ifPresent(
            id -> conditions.and("subscription = :subscription", "subscription", id.value()));
    filter.usage().ifPresent(id -> conditions.and("usage = :usage", "usage", id.value()));
    filter
        .grant()
        .ifPresent(
            id ->
                conditions.and(
                    "sequence in (select m.sequence from movement m"
                        + " where m.customer = :customer and m.grant_id = :grant)",
                    "grant",
                    id.value()));
    conditions.within("occurred_at", filter.occurred());
    conditions.within("recorded_at", filter.recorded());
    return conditions;
  }

  private List<JournalLine> lines(Conditions conditions, String order, int limit) {
    return jdbi.withHandle(
        handle -> {
          Query query =
              handle
                  .createQuery(
                      "select sequence, record_offset, body from entry where "
                          + conditions.sql()
                          + " order by "
                          + order
                          + " limit :limit")
                  .bindMap(conditions.values())
                  .bind("limit", limit);
          return query.map(EntryTable::line).list();
        });
  }

  private static JournalLine line(ResultSet row, StatementContext context) throws SQLException {
    return new JournalLine(
        row.getLong("sequence"), row.getLong("record_offset"), row.getString("body"));
  }
}
