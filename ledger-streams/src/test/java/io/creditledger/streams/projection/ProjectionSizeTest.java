package io.creditledger.streams.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Decision;
import io.creditledger.core.account.Ledger;
import io.creditledger.core.account.Memory;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.entry.Hash;
import io.creditledger.core.event.Input;
import io.creditledger.core.event.Position;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.EventJson;
import io.creditledger.core.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Many entries of many customers over three months, projected in the batches in which a relay would
 * bring them; what is measured is reported. {@code -Dledger.projection.entries=2000000} for the
 * figures in docs/performance.md.
 */
class ProjectionSizeTest {

  private static final int ENTRIES = Integer.getInteger("ledger.projection.entries", 20_000);
  private static final int CUSTOMERS = Math.max(10, ENTRIES / 200);
  private static final int QUESTIONS = 1_000;
  private static final int PAGE = 50;
  private static final Instant BEGIN = Instant.parse("2026-09-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(90);

  private static final Catalog CATALOG =
      CatalogYaml.parse(
          "test",
          """
          meters:
            llm.input_tokens: {rates: [{credits: "0.5", per: 1000}]}
            llm.output_tokens: {rates: [{credits: "2", per: 1000}]}
            agent.task: {aggregation: count, credits: "3.5"}
          """);

  private final Map<String, Account> accounts = new HashMap<>();
  private long offset;

  @Test
  void many_entries_are_projected_and_found_again(TestReporter reporter) {
    try (TestStatement statement = new TestStatement()) {
      long nanos = 0;
      List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
      for (int i = 0; i < ENTRIES; i++) {
        batch.add(entry(i));
        if (batch.size() == RunningProjection.BATCH_MAX || i == ENTRIES - 1) {
          long begun = System.nanoTime();
          statement.project(batch);
          nanos += System.nanoTime() - begun;
          batch.clear();
        }
      }
      statement.database.jdbi().useHandle(handle -> handle.execute("analyze"));

      assertThat(statement.rows("select count(*) from entry"))
          .containsExactly(Integer.toString(ENTRIES));
      tell(reporter, "rate", String.format(Locale.ROOT, "%.0f/s", ENTRIES / (nanos / 1e9)));
      sizes(statement, reporter, "entry");
      sizes(statement, reporter, "movement");
      SplittableRandom random = new SplittableRandom(1);
      tell(
          reporter,
          "statement page",
          percentiles(
              () -> {
                CustomerId customer = customer(random.nextInt(CUSTOMERS));
                OptionalLong before =
                    OptionalLong.of(2 + random.nextInt(Math.max(1, ENTRIES / CUSTOMERS)));
                return statement.entries.newest(customer, EntryFilter.ALL, before, PAGE).size();
              }));
      tell(
          reporter,
          "usage query",
          percentiles(
              () -> {
                UsageQuery query = month(UsageQuery.Key.DAY, UsageQuery.Key.METER);
                return statement
                    .usage
                    .sums(customer(random.nextInt(CUSTOMERS)), query, 1_000)
                    .size();
              }));
    }
  }

  private static UsageQuery month(UsageQuery.Key... by) {
    return new UsageQuery(
        List.of(by),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Period(
            Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
            Optional.of(Instant.parse("2026-11-01T00:00:00Z"))),
        ZoneId.of("UTC"));
  }

  /** A question to the database; how many rows it found. */
  @FunctionalInterface
  private interface Question {
    int ask();
  }

  private static String percentiles(Question question) {
    double[] millis = new double[QUESTIONS];
    int found = 0;
    for (int i = -QUESTIONS; i < QUESTIONS; i++) {
      long begun = System.nanoTime();
      int rows = question.ask();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
        found += rows;
      }
    }
    assertThat(found).isPositive();
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, %.1f rows on average",
        millis[QUESTIONS / 2],
        millis[QUESTIONS * 99 / 100],
        (double) found / QUESTIONS);
  }

  private static void sizes(TestStatement statement, TestReporter reporter, String table) {
    tell(
        reporter,
        table,
        statement
            .rows(
                "select pg_size_pretty(sum(pg_table_size(relid))) || ' and indexes '"
                    + " || pg_size_pretty(sum(pg_indexes_size(relid))) from pg_partition_tree('"
                    + table
                    + "') where isleaf")
            .getFirst());
  }

  /** In the report, and where who runs it by hand sees it. */
  private static void tell(TestReporter reporter, String what, String figure) {
    reporter.publishEntry(what, figure);
    System.out.println("projection of " + ENTRIES + " entries: " + what + ": " + figure);
  }

  private static CustomerId customer(int i) {
    return new CustomerId("cus_" + i);
  }

  /** The next entry: of each customer first a grant, then usage. */
  private ConsumerRecord<byte[], byte[]> entry(int i) {
    CustomerId customer = customer(i % CUSTOMERS);
    Instant at = BEGIN.plus(SPAN.dividedBy(ENTRIES).multipliedBy(i));
    boolean grant = i < CUSTOMERS;
    String text =
        "{\"id\":\"%s_%d\",\"customer\":\"%s\",".formatted(grant ? "g" : "req", i, customer)
            + (grant
                ? "\"amount\":\"100000\",\"cost_basis\":{\"amount\":\"50\",\"currency\":\"usd\"}}"
                : usage(i));
    Source source = grant ? Source.GRANT : Source.USAGE;
    if (!(EventJson.read(source, text.getBytes(StandardCharsets.UTF_8))
        instanceof Reading.Read read)) {
      throw new AssertionError("unreadable: " + text);
    }
    Account account = accounts.computeIfAbsent(customer.value(), none -> Account.empty(customer));
    Input input = new Input(read.event(), new Position(source, 0, i), at);
    if (!(Ledger.decide(account, Memory.EMPTY, input, CATALOG)
        instanceof Decision.Accepted accepted)) {
      throw new AssertionError("refused: " + text);
    }
    byte[] bytes = EntryJson.write(accepted.entry());
    accounts.put(customer.value(), accepted.applied().account().chained(Hash.of(bytes)));
    return Journal.record(offset++, bytes);
  }

  private static String usage(int i) {
    String model = "\"properties\":{\"model\":\"m-%s\"}".formatted(i % 2 == 0 ? "large" : "small");
    return switch (i % 7) {
      case 0 -> "\"meter\":\"agent.task\"," + model + "}";
      case 1, 2, 3 ->
          "\"meter\":\"llm.input_tokens\",\"quantity\":\"%d\",".formatted(100 + i % 4000)
              + model
              + "}";
      default ->
          "\"meter\":\"llm.output_tokens\",\"quantity\":\"%d\",".formatted(10 + i % 400)
              + model
              + "}";
    };
  }
}
