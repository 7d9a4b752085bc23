package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient.Answer;
import io.creditledger.cli.csv.UsageCsv;
import io.creditledger.cli.csv.UsageRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sends the events of a file in batches, each sent again until every event in it is decided: ids
 * make that harmless. Order is kept.
 */
final class UsageImport {

  private static final String LINES = "application/x-ndjson";
  private static final int UNAVAILABLE = 503;

  /** As many as the ledger takes in one request. */
  private static final int EVENTS_MAX = 1000;

  /** Below the ledger's 1 MiB. */
  private static final int BYTES_MAX = 1_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 6;
  private static final Duration PAUSE_FIRST = Duration.ofMillis(500);

  private final LedgerClient ledger;
  private final ImportTally tally;
  private final ImportProgress progress;
  private final List<Part> batch = new ArrayList<>();
  private int batchBytes;

  /** An event and its text. */
  private record Part(UsageRow.Usage usage, String text) {}

  UsageImport(LedgerClient ledger, ImportTally tally, ImportProgress progress) {
    this.ledger = ledger;
    this.tally = tally;
    this.progress = progress;
  }

  /**
   * Sends all.
   *
   * @throws CommandFailedException if the ledger cannot be reached, or takes nothing for a while
   */
  void run(UsageCsv csv) {
    for (Optional<UsageRow> row = csv.next(); row.isPresent(); row = csv.next()) {
      switch (row.get()) {
        case UsageRow.Usage usage -> add(usage);
        case UsageRow.Unreadable unreadable ->
            tally.unreadable(unreadable.line(), unreadable.detail());
      }
    }
    flush();
  }

  private void add(UsageRow.Usage usage) {
    String text = usage.event() + "\n";
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (batch.size() == EVENTS_MAX || batchBytes + bytes > BYTES_MAX) {
      flush();
    }
    batch.add(new Part(usage, text));
    batchBytes += bytes;
  }

  private void flush() {
    List<Part> open = List.copyOf(batch);
    Duration pause = PAUSE_FIRST;
    for (int attempt = 1; !open.isEmpty(); attempt++) {
      open = send(open);
      if (!open.isEmpty()) {
        if (attempt == ATTEMPTS) {
          throw CommandFailedException.failed(
              "error: the ledger is not ready: line "
                  + open.getFirst().usage().line()
                  + " and others were sent "
                  + ATTEMPTS
                  + " times and not decided");
        }
        sleep(pause);
        pause = pause.multipliedBy(2);
      }
    }
    batch.clear();
    batchBytes = 0;
    progress.at(tally);
  }

  /** Sends them once; returns those that are not decided yet. */
  private List<Part> send(List<Part> parts) {
    Answer answer = ledger.post("/v1/usage", LINES, body(parts), PATIENCE);
    JsonNode results = answer.json();
    if (!results.path("rejected").isArray()) {
      if (answer.status() == UNAVAILABLE) {
        return parts;
      }
      throw CommandFailedException.failed(
          answer.ok()
              ? "error: the ledger did not answer line by line"
              : Problems.failure(answer.status(), results).getMessage());
    }
    List<Part> open = new ArrayList<>();
    int told = 0;
    for (JsonNode accepted : results.path("accepted")) {
      told++;
      if (!tally.taken(accepted.path("outcome").asText())) {
        open.add(parts.get(accepted.path("index").asInt()));
      }
    }
    for (JsonNode rejected : results.path("rejected")) {
      told++;
      Part part = parts.get(rejected.path("index").asInt());
      if (rejected.path("status").asInt() == UNAVAILABLE) {
        open.add(part);
      } else {
        tally.refused(part.usage().line(), part.usage().id(), rejected);
      }
    }
    if (told != parts.size()) {
      throw CommandFailedException.failed(
          "error: the ledger answered for " + told + " of " + parts.size() + " lines");
    }
    return open;
  }

  private static byte[] body(List<Part> parts) {
    return parts.stream()
        .map(Part::text)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailedException.failed("error: interrupted");
    }
  }
}
