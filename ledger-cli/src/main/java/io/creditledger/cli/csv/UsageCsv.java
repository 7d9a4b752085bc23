package io.creditledger.cli.csv;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Usage from a file. The same file under the same name always makes the same events with the same
 * ids, so that importing it again changes nothing.
 */
public final class UsageCsv implements AutoCloseable {

  private static final int SUBJECT_CHARS_MAX = 150;
  private static final int HASH_CHARS = 24;

  private final CsvFile file;
  private final CsvTimes times;
  private final Duration shift;
  private final Map<String, Function<List<String>, String>> fields = new LinkedHashMap<>();
  private final Function<Long, String> ids;

  /** How a file is to be read. */
  public record Settings(Path path, char delimiter, ColumnMap map, CsvTimes times) {}

  /**
   * What is known of a file after it has been read once.
   *
   * @param newest the latest time in it; absent: it has none
   */
  public record Survey(long lines, Optional<Instant> newest) {}

  private UsageCsv(CsvFile file, Settings settings, Duration shift) {
    this.file = file;
    this.times = settings.times();
    this.shift = shift;
    settings.map().sources().forEach((field, source) -> fields.put(field, reader(source)));
    this.ids = ids(settings);
  }

  /**
   * Opens a file whose times are all moved by the same.
   *
   * @throws CsvException if it cannot be read or lacks a column
   */
  public static UsageCsv open(Settings settings, Duration shift) {
    CsvFile file = CsvFile.open(settings.path(), settings.delimiter());
    try {
      return new UsageCsv(file, settings, shift);
    } catch (CsvException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads a whole file, so that nothing is imported of one that is broken.
   *
   * @throws CsvException if it cannot be read to its end, or lacks a column
   */
  public static Survey survey(Settings settings) {
    long lines = 0;
    Optional<Instant> newest = Optional.empty();
    try (UsageCsv csv = open(settings, Duration.ZERO)) {
      for (Optional<UsageRow> row = csv.next(); row.isPresent(); row = csv.next()) {
        lines++;
        if (row.get() instanceof UsageRow.Usage usage
            && usage.occurredAt().isPresent()
            && (newest.isEmpty() || usage.occurredAt().get().isAfter(newest.get()))) {
          newest = usage.occurredAt();
        }
      }
    }
    return new Survey(lines, newest);
  }

  /** The next line; absent: there are no more. */
  public Optional<UsageRow> next() {
    return file.next().map(this::row);
  }

  private UsageRow row(CsvFile.Line line) {
    int cells = line.cells().size();
    if (cells != file.columns()) {
      return new UsageRow.Unreadable(
          line.number(), "the header has " + file.columns() + " columns, this has " + cells);
    }
    try {
      return usage(line);
    } catch (IllegalArgumentException | DateTimeException e) {
      return new UsageRow.Unreadable(line.number(), e.getMessage());
    }
  }

  private UsageRow.Usage usage(CsvFile.Line line) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    Optional<Instant> occurredAt = Optional.empty();
    String id = fields.containsKey(ColumnMap.ID) ? "" : ids.apply(line.number());
    for (Map.Entry<String, Function<List<String>, String>> one : fields.entrySet()) {
      String field = one.getKey();
      String value = one.getValue().apply(line.cells());
      if (value.isEmpty()) {
        continue;
      }
      if (field.equals(ColumnMap.ID)) {
        id = value;
      } else if (field.equals(ColumnMap.OCCURRED_AT)) {
        occurredAt = Optional.of(time(value));
      } else if (field.startsWith(ColumnMap.PROPERTY)) {
        properties.put(field.substring(ColumnMap.PROPERTY.length()), value);
      } else {
        event.put(field, value);
      }
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id is empty");
    }
    event.put(ColumnMap.ID, id);
    occurredAt.ifPresent(time -> event.put(ColumnMap.OCCURRED_AT, time.plus(shift).toString()));
    if (!properties.isEmpty()) {
      event.set("properties", properties);
    }
    return new UsageRow.Usage(line.number(), id, occurredAt, event);
  }

  private Instant time(String value) {
    try {
      return times.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ColumnMap.OCCURRED_AT + " " + e.getMessage(), e);
    }
  }

  private Function<List<String>, String> reader(ColumnMap.Source source) {
    return switch (source) {
      case ColumnMap.Source.Literal literal -> cells -> literal.text();
      case ColumnMap.Source.Column column -> {
        int index = file.column(column.name());
        yield cells -> cells.get(index).strip();
      }
    };
  }

  /**
   * Ids of the file's name, the line and what of it is imported; hashed where these are unwieldy.
   */
  private static Function<Long, String> ids(Settings settings) {
    String name = String.valueOf(settings.path().getFileName());
    String subject = settings.map().subject();
    if ((name + subject).matches("[!-~]{1," + SUBJECT_CHARS_MAX + "}")) {
      return line -> "csv:" + name + ":" + line + ":" + subject;
    }
    String hash = sha256(name + "\0" + subject).substring(0, HASH_CHARS);
    return line -> "csv:" + hash + ":" + line;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
