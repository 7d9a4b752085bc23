package io.creditledger.streams.projection;

import io.creditledger.relay.CopyRows;
import java.util.HashMap;
import java.util.Map;

/** What follows {@code where}, with the values its names stand for. */
final class Conditions {

  private final StringBuilder sql;
  private final Map<String, Object> values = new HashMap<>();

  Conditions(String first, String name, Object value) {
    sql = new StringBuilder(first);
    values.put(name, value);
  }

  /** One condition more. */
  void and(String condition, String name, Object value) {
    sql.append(" and ").append(condition);
    values.put(name, value);
  }

  /** That a column's time lies in a period. */
  void within(String column, Period period) {
    period.from().ifPresent(from -> compare(column, ">=", "from", CopyRows.timestamp(from)));
    period.to().ifPresent(to -> compare(column, "<", "to", CopyRows.timestamp(to)));
  }

  private void compare(String column, String comparison, String bound, String value) {
    String name = bound + "_" + column;
    and(column + " " + comparison + " cast(:" + name + " as timestamptz)", name, value);
  }

  String sql() {
    return sql.toString();
  }

  Map<String, Object> values() {
    return values;
  }
}
