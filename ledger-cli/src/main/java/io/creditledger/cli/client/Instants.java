package io.creditledger.cli.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times on the command line: RFC 3339, or a date, which is its first moment in UTC. */
public final class Instants implements ITypeConverter<Instant> {

  /** Reads times wherever a command asks for one. */
  public Instants() {}

  @Override
  public Instant convert(String text) {
    try {
      return text.matches("\\d{4}-\\d\\d-\\d\\d")
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is neither a time such as 2026-12-01T00:00:00Z nor a date");
    }
  }

  /** As tables show the ledger's times: to the second. */
  static String shown(String time) {
    return time.isEmpty() ? "" : Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
