package io.creditledger.cli.bench;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.stack.DevStack;
import io.creditledger.cli.stack.LogFile;
import io.creditledger.cli.stack.StackSettings;
import io.creditledger.cli.stack.TemporaryDirectory;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A fresh ledger whose customers have credits, and an HTTP client that loads it. */
final class BenchLedger implements AutoCloseable {

  /** The meter of its price list. */
  static final String METER = "tokens";

  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final int FUNDED_PER_SECOND = 500;

  private static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits}
      overdraft: {policy: reject}
      meters:
        tokens:
          rates:
            - {credits: "0.5", per: 1000}
      """;

  private final URI address;
  private final HttpClient http;

  private BenchLedger(URI address, HttpClient http) {
    this.address = address;
    this.http = http;
  }

  /** A ledger that runs already, and whose customers have what they need. */
  static BenchLedger at(URI address) {
    return new BenchLedger(
        address, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** What is to be measured. */
  @FunctionalInterface
  interface Measurement {
    LoadResult of(BenchLedger ledger) throws InterruptedException;
  }

  /** Measures on a ledger that is made for it and gone afterwards, and prints the result. */
  static LoadResult measure(
      PrintWriter out, String what, BenchOptions options, Measurement measurement)
      throws InterruptedException {
    try (TemporaryDirectory directory = TemporaryDirectory.of("bench")) {
      Path log = LogFile.in(directory.path());
      line(out, "Starting a ledger with " + options.customers + " customers …");
      try (DevStack stack = DevStack.start(StackSettings.trial(directory.path()));
          BenchLedger ledger = at(stack.address())) {
        stack.awaitReady(READY_LIMIT);
        ledger.prepare(options.customers);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        line(out, String.format(Locale.ROOT, "%s; load average of the machine %.1f", what, load));
        LoadResult result = measurement.of(ledger);
        line(out, result.toString());
        return result;
      } catch (RuntimeException failed) {
        directory.keep();
        line(out, "The log is " + log + ".");
        throw failed;
      }
    }
  }

  private void prepare(int customers) throws InterruptedException {
    try (LedgerClient client = new LedgerClient(address, Optional.empty())) {
      client
          .put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
          .orFail();
    }
    Duration time = Duration.ofSeconds(1).multipliedBy(customers).dividedBy(FUNDED_PER_SECOND);
    LoadResult funded =
        LoadGenerator.run(
            new LoadPlan(FUNDED_PER_SECOND, Duration.ZERO, time),
            i ->
                post(
                    "/v1/grants",
                    """
                    {"id":"g","customer":"%s","amount":"1000000000"}"""
                        .formatted(customer(i, customers))));
    if (funded.count("201") != customers) {
      throw CommandFailedException.failed("error: not every customer could be funded: " + funded);
    }
  }

  /** The customer whose turn it is. */
  static String customer(long turn, int customers) {
    return "cus_" + turn % customers;
  }

  /** Writes and waits for the outcome; completes with the status. */
  CompletionStage<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=10")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Reads; completes with the status. */
  CompletionStage<String> get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  private CompletionStage<String> send(HttpRequest.Builder request) {
    return http.sendAsync(request.timeout(ANSWER_LIMIT).build(), BodyHandlers.discarding())
        .thenApply(response -> Integer.toString(response.statusCode()));
  }

  /** Lets go of its connections; the ledger itself goes on. */
  @Override
  public void close() {
    http.close();
  }

  private static void line(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
