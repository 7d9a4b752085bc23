package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.proof.JournalProof;
import io.creditledger.cli.proof.RestComparison;
import io.creditledger.core.account.Account;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.AccountCodec;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product's main promise, on the whole of it: broker, database, ledger and REST service in one
 * process that dies in the middle of 200,000 events, and starts again.
 */
@Timeout(400)
final class CrashRecoveryIT {

  private static final int CUSTOMERS = 500;
  private static final int USAGES = 200_000;

  /** The kill comes when this much is committed to the journal. */
  private static final int KILL_AT = USAGES / 3;

  /** How far publishing runs ahead of the journal. */
  private static final int AHEAD = 20_000;

  /** Events sent at once, and how many are sent to a broker that is dead already. */
  private static final int BATCH = 2_000;

  /** Each such usage is delivered twice, the second time this many later. */
  private static final int TWICE_EVERY = 20;

  private static final int AGAIN_AFTER = 500;

  private static final Duration LIMIT = Duration.ofSeconds(100);

  private static final String ENTRIES = Topics.prefixed("").name(Topics.ENTRIES);
  private static final String REJECTIONS = Topics.prefixed("").name(Topics.REJECTIONS);
  private static final String ACCOUNTS = "credit-ledger-accounts-changelog";

  private static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits}
      meters:
        tokens:
          rates:
            - {credits: "0.5", per: 1000}
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final List<Sent> grants = new ArrayList<>();
  private final List<Sent> usages = new ArrayList<>(USAGES);
  private final Deque<Integer> again = new ArrayDeque<>();
  private final Map<String, Integer> readBeforeTheKill = new HashMap<>();
  private int next;
  private long entriesRead;
  private long refusalsRead;

  @BeforeEach
  void makeEvents() {
    for (int i = 0; i < CUSTOMERS; i++) {
      String customer = customer(i);
      grants.add(Sent.grant(customer, "monthly", 60, 10));
      grants.add(Sent.grant(customer, "add-on", 50, 20));
      // Half of the customers have enough; the others end in overage.
      grants.add(Sent.grant(customer, "reserve", i % 2 == 0 ? 500 : 40, 30));
    }
    for (int i = 0; i < USAGES; i++) {
      String customer = customer((int) (i * 7919L % CUSTOMERS));
      usages.add(
          i % 2 == 0
              ? Sent.rated(customer, "u" + i, 1 + i * 31L % 1_000_003)
              : Sent.metered(customer, "u" + i, "tokens", 1 + i * 17L % 2_000, 500));
    }
  }

  private static String customer(int i) {
    return "cus_" + i;
  }

  @Test
  void nothing_is_lost_or_counted_twice_when_everything_is_killed() throws Exception {
    // given
    try (UpProcess up = UpProcess.start(directory)) {
      up.await("Ready", LIMIT);
      try (LedgerClient client = new LedgerClient(up.address(LIMIT), Optional.empty())) {
        client
            .put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
            .orFail();
      }
      String brokers = up.bootstrapServers(LIMIT);
      try (Publisher publisher = new Publisher(brokers);
          CommittedReader reader = new CommittedReader(brokers, ENTRIES, REJECTIONS)) {
        grants.forEach(publisher::send);
        reader.readUntil(() -> entriesRead == grants.size(), LIMIT, this::beforeTheKill);
        reader.readUntil(
            () -> {
              keepAhead(publisher);
              return entriesRead >= grants.size() + KILL_AT;
            },
            LIMIT,
            this::beforeTheKill);

        // when
        publish(publisher, next + BATCH);
        up.kill();
        publish(publisher, next + BATCH);
        publisher.abandon();
      }
    }
    List<Sent> unacknowledged = unacknowledged();
    assertThat(unacknowledged).as("sent and not acknowledged").isNotEmpty();
    assertThat(next).as("published before the kill").isBetween(KILL_AT, USAGES - AHEAD);

    // then
    try (UpProcess up = UpProcess.start(directory)) {
      up.await("Ready", LIMIT);
      String brokers = up.bootstrapServers(LIMIT);
      try (Publisher publisher = new Publisher(brokers);
          CommittedReader reader = new CommittedReader(brokers, ENTRIES, REJECTIONS)) {
        unacknowledged.forEach(publisher::send);
        usages.stream()
            .filter(usage -> usage.acknowledgements() > 0 && !unacknowledged.contains(usage))
            .limit(BATCH)
            .forEach(publisher::send);
        publish(publisher, USAGES);
        publisher.flush();
        drainAndProve(reader, up, brokers);
      }
      up.stop();
    }
  }

  private void drainAndProve(CommittedReader reader, UpProcess up, String brokers)
      throws Exception {
    List<Sent> all = new ArrayList<>(grants);
    all.addAll(usages);
    JournalCheck check = new JournalCheck(all);
    entriesRead = 0;
    refusalsRead = 0;
    long deliveriesMin = all.stream().mapToLong(Sent::acknowledgements).sum();
    reader.readUntil(
        () -> entriesRead >= all.size() && entriesRead + refusalsRead >= deliveriesMin,
        LIMIT,
        record -> afterTheKill(check, record));
    JournalProof proof =
        JournalProof.read(Map.of("bootstrap.servers", brokers), Topics.prefixed(""));
    reader.readToEnd(LIMIT, record -> afterTheKill(check, record));

    assertThat(check.violations()).isEmpty();
    assertThat(proof.violations()).isEmpty();
    assertThat(proof.entries()).isEqualTo(all.size());
    assertThat(readBeforeTheKill).as("read before the kill and gone after it").isEmpty();
    assertThat(refusalsRead).as("deliveries that were duplicates").isGreaterThan(BATCH);
    assertStoredAccountsAreTheReplayed(check, brokers);
    try (LedgerClient client = new LedgerClient(up.address(LIMIT), Optional.empty())) {
      assertThat(check.books()).hasSize(CUSTOMERS);
      check.books().forEach((customer, books) -> assertBalance(client, customer, books));
      assertThat(RestComparison.differences(client, proof)).isEmpty();
    }
    awaitStatement(up, all.size());
    Audits.assertHolds(brokers, up.address(LIMIT), "--postgres", up.jdbcUrl());
  }

  /** Until the statement in PostgreSQL has so many entries; that they are right, an audit says. */
  private static void awaitStatement(UpProcess up, int entries) throws Exception {
    try (LedgerClient client = new LedgerClient(up.address(LIMIT), Optional.empty())) {
      await()
          .atMost(LIMIT)
          .until(
              () -> client.get("/v1/projection").json().path("state").asText().equals("running"));
    }
    try (Connection database = DriverManager.getConnection(up.jdbcUrl());
        Statement question = database.createStatement()) {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                try (ResultSet rows =
                    question.executeQuery("select count(*) from statement.entry")) {
                  return rows.next() && rows.getInt(1) == entries;
                }
              });
    }
  }

  private void keepAhead(Publisher publisher) {
    if (next < entriesRead + AHEAD) {
      publish(publisher, next + BATCH);
    }
  }

  /** Publishes the usages up to there, and second deliveries as they come due. */
  private void publish(Publisher publisher, int end) {
    while (next < Math.min(end, USAGES)) {
      publisher.send(usages.get(next));
      if (next % TWICE_EVERY == 0) {
        again.add(next);
      }
      next++;
      if (!again.isEmpty() && again.peek() + AGAIN_AFTER <= next) {
        publisher.send(usages.get(again.remove()));
      }
    }
  }

  private List<Sent> unacknowledged() {
    return usages.stream().filter(usage -> usage.attempts() > usage.acknowledgements()).toList();
  }

  private void beforeTheKill(ConsumerRecord<byte[], byte[]> record) {
    count(record);
    readBeforeTheKill.put(place(record), Arrays.hashCode(record.value()));
  }

  private void afterTheKill(JournalCheck check, ConsumerRecord<byte[], byte[]> record) {
    count(record);
    readBeforeTheKill.remove(place(record), Arrays.hashCode(record.value()));
    if (record.topic().equals(ENTRIES)) {
      check.entry(record.value());
    } else {
      check.refusal(record.value());
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(ENTRIES)) {
      entriesRead++;
    } else {
      refusalsRead++;
    }
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  /** What the service would restore its store from, byte for byte. */
  private static void assertStoredAccountsAreTheReplayed(JournalCheck check, String brokers) {
    Map<String, byte[]> stored = new HashMap<>();
    try (CommittedReader reader = new CommittedReader(brokers, ACCOUNTS)) {
      reader.readToEnd(
          LIMIT,
          record -> stored.put(new String(record.key(), StandardCharsets.UTF_8), record.value()));
    }
    assertThat(stored.keySet()).isEqualTo(check.books().keySet());
    stored.forEach(
        (customer, bytes) -> {
          Account replayed = check.replayed(customer);
          assertThat(AccountCodec.read(new CustomerId(customer), bytes)).isEqualTo(replayed);
          assertThat(bytes).isEqualTo(AccountCodec.write(replayed));
        });
  }

  private static void assertBalance(LedgerClient client, String customer, Books books) {
    JsonNode balance =
        client.get("/v1/customers/" + customer + "/balance?consistency=committed").orFail().json();
    assertThat(balance.path("sequence").asLong()).as(customer).isEqualTo(books.sequence());
    JsonNode unit = balance.path("units").path(0);
    assertThat(unit.path("settled").asText()).as(customer).isEqualTo(books.left().toString());
    assertThat(unit.path("available").asText()).as(customer).isEqualTo(books.left().toString());
    assertThat(unit.path("held").asText()).as(customer).isEqualTo("0");
    assertThat(unit.path("overdraft").asText()).as(customer).isEqualTo("0");
    assertThat(unit.path("overage").asText()).as(customer).isEqualTo(books.overage().toString());
    Map<String, String> shown = new HashMap<>();
    unit.path("grants")
        .forEach(grant -> shown.put(grant.path("id").asText(), grant.path("remaining").asText()));
    books
        .grants()
        .forEach(
            (grant, left) ->
                assertThat(shown.getOrDefault(grant, "0"))
                    .as(customer + " " + grant)
                    .isEqualTo(left.toString()));
  }
}
