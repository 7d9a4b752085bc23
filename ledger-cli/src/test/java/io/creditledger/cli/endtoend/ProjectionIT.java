package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CliRun;
import io.creditledger.cli.bench.rig.Broker;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.embedded.EmbeddedPostgres;
import io.creditledger.relay.Topics;
import io.creditledger.streams.projection.ProjectionSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statement in PostgreSQL on a real broker, under traffic: two instances project it, their
 * connections are killed in the middle of batches, it is made anew while both go on, and one
 * leaves. Whoever reads it meanwhile never misses a row.
 */
@Timeout(240)
final class ProjectionIT {

  private static final int BURST = 100;
  private static final int KILLS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private Broker broker;
  private EmbeddedPostgres postgres;
  private StatementWatch watch;

  @BeforeEach
  void start() {
    broker = Broker.start(directory);
    postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
    watch = new StatementWatch(postgres.jdbcUrl());
  }

  @AfterEach
  void stop() {
    watch.close();
    postgres.close();
    broker.close();
  }

  private ShakenLedger ledger() {
    CompletableFuture<String> database = CompletableFuture.completedFuture(postgres.jdbcUrl());
    return new ShakenLedger(
        broker,
        directory,
        1,
        config ->
            config.withPostgres(database).withProjection(ProjectionSettings.parse("statement")));
  }

  @Test
  void two_projectors_killed_in_their_batches_and_a_rebuild_lose_and_double_nothing()
      throws Exception {
    try (ShakenLedger ledger = ledger()) {
      // given
      ledger.start("one");
      ledger.start("two");
      ledger.awaitReady();
      ledger.priceBy("meters: {tokens: {rates: [{credits: 2, per: 1000}]}}");
      ledger.burst(BURST);
      await().atMost(LIMIT).until(() -> watch.look() > 0);

      // when
      AtomicLong kills = new AtomicLong();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                ledger.burst(BURST);
                watch.look();
                return kills.addAndGet(watch.killWriters()) >= KILLS;
              });
      watch.spoilSomeRow();
      CompletableFuture<CliRun> rebuild =
          CompletableFuture.supplyAsync(() -> projection("rebuild", ledger.address("two")));
      while (!rebuild.isDone()) {
        ledger.burst(BURST);
        watch.look();
      }
      ledger.leave("two");
      ledger.burst(BURST);
      ledger.drain();

      // then
      assertThat(rebuild.join().status()).as(rebuild.join().toString()).isZero();
      assertThat(rebuild.join().out()).contains("rebuild  done, begun ");
      // Timers go on meanwhile, so both are counted again and again.
      await().atMost(LIMIT).until(() -> watch.look() == entries(ledger));
      assertThat(projection("status", ledger.address("one")).out())
          .contains("The projection is running")
          .containsPattern("behind +0 entries");
      Audits.assertHolds(
          broker.connection().bootstrapServers(),
          ledger.address("one"),
          "--topic-prefix",
          ledger.prefix(),
          "--application-id",
          ledger.applicationId(),
          "--postgres",
          postgres.jdbcUrl());
      assertAnswersAreTheStatements(ledger.address("one"));
    }
  }

  /** What the commands say of one customer, against SQL on the statement. */
  private void assertAnswersAreTheStatements(URI address) throws Exception {
    String customer = "customer = 'cus_1' and ";
    for (String[] by :
        List.of(
            new String[] {"meter"},
            new String[] {"day"},
            new String[] {"subscription"},
            new String[] {"property", "--property", "model"})) {
      assertThat(sum(told(address, with(by, "consumption", "cus_1", "--by")), "sums", "events"))
          .as("events by " + by[0])
          .isPositive()
          .isEqualTo(watch.count(customer + "credits is not null"));
    }
    assertThat(told(address, "entries", "cus_1", "--type", "reserve").path("entries"))
        .isNotEmpty()
        .hasSize((int) watch.count(customer + "type = 'reserve'"));
    assertThat(told(address, "entries", "cus_1", "--meter", "tokens").path("entries"))
        .isNotEmpty()
        .hasSize((int) watch.count(customer + "meter = 'tokens'"));
    String grant =
        told(address, "entries", "cus_1", "--type", "grant").at("/entries/0/id").asText();
    assertThat(told(address, "entries", "cus_1", "--grant", grant).path("entries"))
        .isNotEmpty()
        .hasSize((int) watch.entriesOfGrant("cus_1", grant));
  }

  private static JsonNode told(URI address, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--limit", "1000", "--json", "--url", address.toString()));
    CliRun run = CliRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.toString()).isZero();
    return LedgerClient.MAPPER.readTree(run.out());
  }

  private static String[] with(String[] last, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
  }

  private static long sum(JsonNode told, String list, String field) {
    long sum = 0;
    for (JsonNode one : told.path(list)) {
      sum += one.path(field).asLong();
    }
    return sum;
  }

  private static CliRun projection(String command, URI address) {
    return CliRun.of("projection", command, "--url", address.toString());
  }

  private long entries(ShakenLedger ledger) {
    AtomicLong entries = new AtomicLong();
    try (CommittedReader reader =
        new CommittedReader(broker.connection().bootstrapServers(), ledger.name(Topics.ENTRIES))) {
      reader.readToEnd(LIMIT, record -> entries.incrementAndGet());
    }
    return entries.get();
  }
}
