package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.bench.rig.Broker;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.relay.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing false: ledgers on a real broker live through random histories while an instance is killed
 * in the middle of a burst, comes back or is replaced, and others join and leave; each is proved by
 * an audit at its end. More of them: {@code -Dledger.audit.crashes=50}; others: {@code
 * -Dledger.seed=100}.
 */
@Timeout(240)
final class CrashAuditIT {

  private static final int HISTORIES = Integer.getInteger("ledger.audit.crashes", 1);
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final int BURST = 300;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What happened more than so long before it was recorded is late. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final String LATE_USAGE = "usage, late";

  private static final String CATALOG =
      """
      meters:
        tokens:
          rates:
            - {credits: 1, per: 1000}
            - {credits: %d, per: 1000, match: {model: large}}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  private static Broker broker;

  @BeforeAll
  static void start() {
    broker = Broker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static LongStream seeds() {
    return LongStream.range(SEED, SEED + HISTORIES);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void an_audit_finds_nothing_after_a_crash_and_rebalances(long seed) throws Exception {
    Path home = Files.createDirectory(directory.resolve("history-" + seed));
    try (ShakenLedger ledger = new ShakenLedger(broker, home, seed)) {
      // given
      Random dice = new Random(seed);
      boolean sharedFromTheStart = dice.nextBoolean();
      ledger.startApart("one");
      ledger.priceBy(CATALOG.formatted(3));
      if (sharedFromTheStart) {
        ledger.start("two");
        ledger.awaitReady();
      }
      ledger.burst(BURST);
      ledger.burst(1 + dice.nextInt(BURST));

      // when
      ledger.kill("one");
      assertThat(ledger.undecided()).as("undecided at the kill").isPositive();
      ledger.burst(BURST);
      boolean replaced = sharedFromTheStart && dice.nextBoolean();
      if (!replaced) {
        ledger.start("one");
      }
      ledger.start(sharedFromTheStart ? "three" : "two");
      ledger.burst(BURST);
      ledger.awaitReady();
      ledger.priceBy(CATALOG.formatted(5));
      ledger.burst(BURST);
      ledger.leave("two");
      ledger.burst(BURST);
      ledger.drain();

      // then
      Audits.assertHolds(
          broker.connection().bootstrapServers(),
          ledger.address(),
          "--topic-prefix",
          ledger.prefix(),
          "--application-id",
          ledger.applicationId());
      assertThat(happened(ledger))
          .contains(
              "usage",
              LATE_USAGE,
              "reserve",
              "settle",
              "lapse",
              "reverse",
              "expire",
              "renew",
              "void");
    }
  }

  private static Set<String> happened(ShakenLedger ledger) {
    Set<String> types = new TreeSet<>();
    try (CommittedReader reader =
        new CommittedReader(broker.connection().bootstrapServers(), ledger.name(Topics.ENTRIES))) {
      reader.readToEnd(LIMIT, record -> types.add(type(record)));
    }
    return types;
  }

  private static String type(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode entry = LedgerClient.MAPPER.readTree(record.value());
      String type = entry.path("type").asText();
      Instant occurred = Instant.parse(entry.path("occurred_at").asText());
      Instant recorded = Instant.parse(entry.path("recorded_at").asText());
      return type.equals("usage") && occurred.isBefore(recorded.minus(LATE)) ? LATE_USAGE : type;
    } catch (IOException e) {
      throw new UncheckedIOException("an entry cannot be read", e);
    }
  }
}
