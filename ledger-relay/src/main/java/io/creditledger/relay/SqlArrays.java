package io.creditledger.relay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;

/**
 * Arrays of PostgreSQL to be bound to a statement: a column of many rows each, so that one
 * statement takes them all, as in {@code insert into t select * from unnest(:ids, :names)}.
 */
public final class SqlArrays {

  private SqlArrays() {}

  /** A column of texts. */
  public static <T> Argument texts(Collection<T> rows, Function<T, String> value) {
    return array("text", rows, value::apply);
  }

  /** A column of whole numbers of 64 bits. */
  public static <T> Argument longs(Collection<T> rows, Function<T, Long> value) {
    return array("int8", rows, value::apply);
  }

  /** A column of whole numbers of 32 bits. */
  public static <T> Argument ints(Collection<T> rows, Function<T, Integer> value) {
    return array("int4", rows, value::apply);
  }

  /** A column of decimals. */
  public static <T> Argument decimals(Collection<T> rows, Function<T, BigDecimal> value) {
    return array("numeric", rows, value::apply);
  }

  /** A column of decimals of which some may be absent. */
  public static <T> Argument optionalDecimals(
      Collection<T> rows, Function<T, Optional<BigDecimal>> value) {
    return array("numeric", rows, row -> value.apply(row).orElse(null));
  }

  /** A column of instants, to the microsecond and never rounded up to the next one. */
  public static <T> Argument instants(Collection<T> rows, Function<T, Instant> value) {
    return array("timestamptz", rows, row -> text(value.apply(row)));
  }

  /** A column of instants of which some may be absent. */
  public static <T> Argument optionalInstants(
      Collection<T> rows, Function<T, Optional<Instant>> value) {
    return array("timestamptz", rows, row -> value.apply(row).map(SqlArrays::text).orElse(null));
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static <T> Argument array(String type, Collection<T> rows, Function<T, Object> value) {
    Object[] values = rows.stream().map(value).toArray();
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }
}
