package io.creditledger.streams.projection;

import io.creditledger.core.id.CustomerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** Sums of usage. What was reversed is counted where its usage is, not where the reversal is. */
final class UsageTable {

  private final Jdbi jdbi;

  UsageTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One sum for each combination of keys and unit, in the keys' order; at most so many. */
  List<UsageSum> sums(CustomerId customer, UsageQuery query, int limit) {
    Conditions conditions =
        new Conditions(
            "u.customer = :customer and u.credits is not null", "customer", customer.value());
    query.unit().ifPresent(unit -> conditions.and("u.unit = :unit", "unit", unit.value()));
    query.meter().ifPresent(meter -> conditions.and("u.meter = :meter", "meter", meter.value()));
    query
        .subscription()
        .ifPresent(
            id -> conditions.and("u.subscription = :subscription", "subscription", id.value()));
    conditions.within("occurred_at", query.occurred());
    int keys = query.by().size();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql(query, conditions))
                .bindMap(conditions.values())
                .bind("zone", query.timeZone().getId())
                .bind("property", query.property().orElse(""))
                .bind("limit", limit)
                .map((row, context) -> sum(row, keys))
                .list());
  }

  private static String sql(UsageQuery query, Conditions conditions) {
    int keys = query.by().size();
    String columns =
        IntStream.range(0, keys)
            .mapToObj(i -> column(query.by().get(i)) + " as key_" + i)
            .collect(Collectors.joining(", "));
    String groups =
        IntStream.range(0, keys).mapToObj(i -> "key_" + i).collect(Collectors.joining(", "));
    return "with asked as (select cast(:zone as text) as zone, cast(:property as text) as property),"
        + " reversal as (select usage, sum(amount) as amount,"
        + " coalesce(sum(overage), 0) as overage from entry"
        + " where customer = :customer and type = 'reverse' group by usage)"
        + " select "
        + columns
        + ", u.unit, count(*) as events, sum(u.quantity) as quantity, sum(u.credits) as credits,"
        + " coalesce(sum(r.amount), 0) as reversed,"
        + " coalesce(sum(u.overage), 0) + coalesce(sum(r.overage), 0) as overage"
        + " from asked cross join entry u left join reversal r on r.usage = u.usage where "
        + conditions.sql()
        + " group by "
        + groups
        + ", u.unit order by "
        + groups
        + ", u.unit limit :limit";
  }

  private static String column(UsageQuery.Key key) {
    return switch (key) {
      case METER -> "u.meter";
      case DAY -> "to_char(u.occurred_at at time zone asked.zone, 'YYYY-MM-DD')";
      case SUBSCRIPTION -> "u.subscription";
      case PROPERTY -> "u.properties ->> asked.property";
    };
  }

  private static UsageSum sum(ResultSet row, int keys) throws SQLException {
    List<Optional<String>> values = new ArrayList<>(keys);
    for (int i = 0; i < keys; i++) {
      values.add(Optional.ofNullable(row.getString("key_" + i)));
    }
    return new UsageSum(
        values,
        row.getString("unit"),
        row.getLong("events"),
        Optional.ofNullable(row.getBigDecimal("quantity")),
        row.getBigDecimal("credits"),
        row.getBigDecimal("reversed"),
        row.getBigDecimal("overage"));
  }
}
