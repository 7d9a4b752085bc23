package io.creditledger.cli.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * The lines of a file of comma-separated values in UTF-8 (RFC 4180), the first being its header.
 */
final class CsvFile implements AutoCloseable {

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;

  /**
   * A line, or several where a value in quotes has line breaks.
   *
   * @param number of the first of them, the header's being 1
   */
  record Line(long number, List<String> cells) {}

  private CsvFile(CSVParser parser) {
    this.parser = parser;
    this.records = parser.iterator();
    this.header = parser.getHeaderNames().stream().map(String::strip).toList();
  }

  /**
   * Opens a file.
   *
   * @throws CsvException if it has no header, or cannot be read
   */
  static CsvFile open(Path path, char delimiter) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setAllowMissingColumnNames(true)
            .setIgnoreEmptyLines(true)
            .get();
    try {
      BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      CsvFile file = new CsvFile(CSVParser.builder().setReader(reader).setFormat(format).get());
      if (file.header.isEmpty()) {
        file.close();
        throw new CsvException(path + " is empty; its first line must name the columns");
      }
      return file;
    } catch (CharacterCodingException e) {
      throw new CsvException(path + " is not in UTF-8");
    } catch (IOException e) {
      throw new CsvException("cannot read " + path + ": " + e.getMessage());
    }
  }

  /**
   * The index of a column.
   *
   * @throws CsvException if there is none of that name, or more than one
   */
  int column(String name) {
    int[] found =
        IntStream.range(0, header.size()).filter(i -> header.get(i).equals(name)).toArray();
    if (found.length == 1) {
      return found[0];
    }
    throw new CsvException(
        (found.length == 0 ? "there is no column \"" : "there are several columns \"")
            + name
            + "\"; the header names "
            + String.join(", ", header));
  }

  int columns() {
    return header.size();
  }

  /**
   * The next line that is not empty; absent: the file is at its end.
   *
   * @throws CsvException if what follows is not CSV or not UTF-8
   */
  Optional<Line> next() {
    try {
      if (!records.hasNext()) {
        return Optional.empty();
      }
      CSVRecord record = records.next();
      List<String> cells = record.toList();
      long breaks = cells.stream().mapToLong(CsvFile::lineBreaks).sum();
      return Optional.of(new Line(parser.getCurrentLineNumber() - breaks, cells));
    } catch (UncheckedIOException e) {
      throw new CsvException(broken(e.getCause()));
    } catch (IllegalStateException e) {
      throw new CsvException(broken(e));
    }
  }

  private String broken(Exception cause) {
    long line = parser.getCurrentLineNumber() + 1;
    return cause instanceof CharacterCodingException
        ? "not UTF-8, somewhere after line " + parser.getCurrentLineNumber()
        : "line " + line + " cannot be read as CSV: " + cause.getMessage();
  }

  private static long lineBreaks(String cell) {
    long breaks = 0;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean second = c == '\n' && i > 0 && cell.charAt(i - 1) == '\r';
      if ((c == '\n' || c == '\r') && !second) {
        breaks++;
      }
    }
    return breaks;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the file", e);
    }
  }
}
