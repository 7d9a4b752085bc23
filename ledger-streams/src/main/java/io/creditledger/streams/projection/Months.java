package io.creditledger.streams.projection;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The monthly partitions of the tables that grow, by the month of recording in UTC. */
final class Months {

  private static final List<String> TABLES = List.of("entry", "movement");

  private Months() {}

  /**
   * Makes what is missing, in the transaction. It is looked up each time: what an earlier
   * transaction made may have been undone with it, or may be in tables that have been replaced.
   */
  static void ensure(Handle transaction, Collection<YearMonth> months) {
    for (YearMonth month : missing(transaction, months)) {
      // Others who find the same month missing wait here, and then find it there.
      transaction.execute("select pg_advisory_xact_lock(hashtextextended(current_schema(), 0))");
      for (String table : TABLES) {
        transaction.execute(
            String.format(
                Locale.ROOT,
                "create table if not exists %s partition of %s"
                    + " for values from ('%s-01T00:00:00Z') to ('%s-01T00:00:00Z')",
                name(table, month),
                table,
                month,
                month.plusMonths(1)));
      }
    }
  }

  private static List<YearMonth> missing(Handle transaction, Collection<YearMonth> months) {
    if (months.isEmpty()) {
      return List.of();
    }
    List<String> missing =
        transaction
            .createQuery("select name from unnest(:names) as name where to_regclass(name) is null")
            .bindArray("names", String.class, names(months))
            .mapTo(String.class)
            .list();
    return months.stream()
        .filter(month -> missing.contains(name(TABLES.getLast(), month)))
        .toList();
  }

  private static List<String> names(Collection<YearMonth> months) {
    return months.stream().map(month -> name(TABLES.getLast(), month)).toList();
  }

  private static String name(String table, YearMonth month) {
    return String.format(
        Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
  }
}
