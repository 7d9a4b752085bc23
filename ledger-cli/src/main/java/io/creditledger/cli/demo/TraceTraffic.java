package io.creditledger.cli.demo;

import io.creditledger.cli.CommandFailedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Requests that a production service really saw, from a CSV file with the columns {@code
 * TIMESTAMP}, {@code ContextTokens} and {@code GeneratedTokens}, as the Azure Public Dataset has
 * them. Such a file names no customers and no models: a hash of the line assigns both. Times are
 * moved so that the last request has just happened.
 */
final class TraceTraffic implements Traffic {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
  private static final int LARGE_IN_FIVE = 2;

  private final List<LlmRequest> requests;
  private final Iterator<LlmRequest> rest;

  private TraceTraffic(List<LlmRequest> requests) {
    this.requests = requests;
    this.rest = requests.iterator();
  }

  /**
   * Reads a trace whole.
   *
   * @param now when its last request is to have happened
   * @throws CommandFailedException if the file is not there or not a trace; the message names the
   *     line
   */
  static TraceTraffic read(Path file, int customers, Instant now) {
    List<LlmRequest> requests = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser lines = FORMAT.parse(reader)) {
      for (CSVRecord line : lines) {
        requests.add(request(file, line, customers));
      }
    } catch (NoSuchFileException e) {
      throw CommandFailedException.misused("error: there is no file " + file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Instant last =
        requests.stream().flatMap(one -> one.at().stream()).max(Instant::compareTo).orElse(now);
    Duration shift = Duration.between(last, now);
    return new TraceTraffic(requests.stream().map(one -> moved(one, shift)).toList());
  }

  private static LlmRequest request(Path file, CSVRecord line, int customers) {
    try {
      int hash =
          Utils.toPositive(
              Utils.murmur2(String.join(",", line.toList()).getBytes(StandardCharsets.UTF_8)));
      return new LlmRequest(
          hash % customers,
          hash / customers % 5 < LARGE_IN_FIVE ? Model.LARGE : Model.SMALL,
          Math.max(1, Long.parseLong(line.get("ContextTokens"))),
          Math.max(1, Long.parseLong(line.get("GeneratedTokens"))),
          Optional.of(
              LocalDateTime.parse(line.get("TIMESTAMP").replace(' ', 'T'))
                  .toInstant(ZoneOffset.UTC)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw CommandFailedException.failed(
          "error: " + file + ", line " + (line.getRecordNumber() + 1) + ": " + e.getMessage());
    }
  }

  private static LlmRequest moved(LlmRequest request, Duration by) {
    return new LlmRequest(
        request.customer(),
        request.model(),
        request.inputTokens(),
        request.outputTokens(),
        request.at().map(at -> at.plus(by)));
  }

  @Override
  public int size() {
    return requests.size();
  }

  @Override
  public boolean hasNext() {
    return rest.hasNext();
  }

  @Override
  public LlmRequest next() {
    return rest.next();
  }
}
