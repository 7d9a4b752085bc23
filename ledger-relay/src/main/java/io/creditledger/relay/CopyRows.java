package io.creditledger.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/**
 * Rows for PostgreSQL's {@code COPY}, the fastest way in: gathered in its text format, then sent in
 * one command. Each row is its columns' values in order, ended by {@link #end}. Not safe for
 * several threads.
 */
public final class CopyRows {

  private static final Instant YEAR_ONE = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final char NUL_SHOWN = '\uFFFD';

  private final StringBuilder rows = new StringBuilder(1 << 16);
  private boolean begun;

  /** A text; a zero character, which PostgreSQL cannot keep, becomes the replacement character. */
  public CopyRows text(String value) {
    next();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        case '\t' -> rows.append("\\t");
        case '\0' -> rows.append(NUL_SHOWN);
        default -> rows.append(c);
      }
    }
    return this;
  }

  /** A text, or null where there is none. */
  public CopyRows text(Optional<String> value) {
    return value.isPresent() ? text(value.get()) : nothing();
  }

  /** A whole number. */
  public CopyRows number(long value) {
    next();
    rows.append(value);
    return this;
  }

  /** What is written as a number, such as a decimal, or null where there is none. */
  public CopyRows decimal(Optional<?> value) {
    return value.isPresent() ? text(value.get().toString()) : nothing();
  }

  /** A time, see {@link #timestamp}. */
  public CopyRows instant(Instant value) {
    next();
    rows.append(timestamp(value));
    return this;
  }

  /** A time, or null where there is none. */
  public CopyRows instant(Optional<Instant> value) {
    return value.isPresent() ? instant(value.get()) : nothing();
  }

  /** Null. */
  public CopyRows nothing() {
    next();
    rows.append("\\N");
    return this;
  }

  private void next() {
    if (begun) {
      rows.append('\t');
    }
    begun = true;
  }

  /** Ends a row. */
  public void end() {
    rows.append('\n');
    begun = false;
  }

  /**
   * Sends the rows, in the handle's transaction.
   *
   * @param target a table, and its columns in parentheses
   */
  public void copyInto(Handle handle, String target) {
    if (rows.isEmpty()) {
      return;
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    try {
      handle
          .getConnection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + target + " from stdin", new ByteArrayInputStream(bytes));
    } catch (SQLException refused) {
      throw new CopyException(target, refused);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory is read without errors", impossible);
    }
  }

  /**
   * A time as PostgreSQL takes it: to the microsecond and never rounded up to the next one; before
   * the first and after the last year of four digits it is infinitely far away.
   */
  public static String timestamp(Instant value) {
    if (value.isBefore(YEAR_ONE)) {
      return "-infinity";
    }
    return value.isAfter(YEAR_10000) ? "infinity" : value.truncatedTo(ChronoUnit.MICROS).toString();
  }

  /** PostgreSQL did not take the rows; none of them is there. */
  public static final class CopyException extends RuntimeException {
    CopyException(String target, SQLException cause) {
      super("cannot copy into " + target + ": " + cause.getMessage(), cause);
    }
  }
}
