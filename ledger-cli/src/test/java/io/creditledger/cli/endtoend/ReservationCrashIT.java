package io.creditledger.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.proof.JournalProof;
import io.creditledger.cli.proof.RestComparison;
import io.creditledger.core.account.Reason;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty clients hold, settle and release credits of fifty customers, 500 requests a second, while
 * the whole of it, broker and service, is killed and started again. Whatever a client was told must
 * stand in the journal, and of what it was not told nothing may be left held.
 *
 * <p>It runs for twelve seconds of traffic; with {@code -Dledger.reservation.seconds=60} for a
 * minute, and with one kill in each half of it.
 */
@Timeout(400)
final class ReservationCrashIT {

  private static final int SECONDS = Integer.getInteger("ledger.reservation.seconds", 12);
  private static final int KILLS = SECONDS < 60 ? 1 : 2;
  private static final int RATE = 500;
  private static final int CLIENTS = 50;
  private static final long SEED = Long.getLong("ledger.seed", 1);
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private static final String ENTRIES = Topics.prefixed("").name(Topics.ENTRIES);
  private static final String REJECTIONS = Topics.prefixed("").name(Topics.REJECTIONS);

  private static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits}
      overdraft: {policy: reject}
      """;

  private static final List<String> CUSTOMERS =
      IntStream.range(0, CLIENTS).mapToObj(i -> "cus_" + i).toList();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final List<Integer> underWayAtKills = new ArrayList<>();

  @Test
  void no_hold_is_lost_or_resolved_twice_when_everything_is_killed() throws Exception {
    // given
    try (ReservationTraffic traffic = new ReservationTraffic(SEED, CLIENTS, CUSTOMERS)) {
      UpProcess first = UpProcess.start(directory);
      try (first;
          Rest rest = connect(first)) {
        put(first);
        traffic.fund();
        traffic.connect(rest);
        await().atMost(LIMIT).until(() -> traffic.underWay() == 0);
        traffic.begin(RATE);
        run(traffic, rest, 1);

        // when
        kill(traffic, first);
      }
      for (int leg = 2; leg <= KILLS; leg++) {
        UpProcess again = UpProcess.start(directory);
        try (again;
            Rest rest = connect(again)) {
          run(traffic, rest, leg);
          kill(traffic, again);
        }
      }
      UpProcess last = UpProcess.start(directory);
      try (last;
          Rest rest = connect(last)) {
        run(traffic, rest, KILLS + 1);
        traffic.stop();
        await().atMost(LIMIT).until(() -> traffic.underWay() == 0);

        // then
        awaitNothingHeld(last);
        prove(last, traffic);
        last.stop();
      }
    }
  }

  private static Rest connect(UpProcess up) throws InterruptedException {
    up.await("Ready", LIMIT);
    return new Rest(up.address(LIMIT));
  }

  private static LedgerClient client(UpProcess up) throws InterruptedException {
    return new LedgerClient(up.address(LIMIT), Optional.empty());
  }

  private static void put(UpProcess up) throws InterruptedException {
    try (LedgerClient client = client(up)) {
      client
          .put("/v1/catalog", "application/yaml", CATALOG.getBytes(StandardCharsets.UTF_8))
          .orFail();
    }
  }

  /** Traffic as it is made from one start of the service to its end. */
  private static void run(ReservationTraffic traffic, Rest rest, int leg) {
    traffic.connect(rest);
    await()
        .atMost(LIMIT.plusSeconds(SECONDS))
        .until(() -> traffic.sent() >= SECONDS * RATE / (KILLS + 1) * leg);
  }

  private void kill(ReservationTraffic traffic, UpProcess up) {
    traffic.disconnect();
    underWayAtKills.add(traffic.underWay());
    up.kill();
  }

  /** Until every reservation has ended or run out, and every grant that ends has ended. */
  private static void awaitNothingHeld(UpProcess up) throws InterruptedException {
    try (LedgerClient client = client(up)) {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> CUSTOMERS.stream().allMatch(customer -> atRest(client, customer)));
    }
  }

  private static boolean atRest(LedgerClient client, String customer) {
    JsonNode unit =
        client
            .get("/v1/customers/" + customer + "/balance?consistency=committed")
            .orFail()
            .json()
            .path("units")
            .path(0);
    boolean ending = false;
    for (JsonNode grant : unit.path("grants")) {
      ending |= grant.hasNonNull("expires_at");
    }
    return unit.path("held").asText().equals("0") && !ending;
  }

  private void prove(UpProcess up, ReservationTraffic traffic) throws InterruptedException {
    String brokers = up.bootstrapServers(LIMIT);
    ReservationCheck check = new ReservationCheck(traffic.asked());
    try (CommittedReader reader = new CommittedReader(brokers, ENTRIES, REJECTIONS)) {
      reader.readToEnd(
          LIMIT,
          record -> {
            if (record.topic().equals(ENTRIES)) {
              check.entry(record.value());
            } else {
              check.refusal(record.value());
            }
          });
    }
    JournalProof proof =
        JournalProof.read(Map.of("bootstrap.servers", brokers), Topics.prefixed(""));
    assertThat(check.violations()).isEmpty();
    assertThat(proof.violations()).isEmpty();
    try (LedgerClient client = client(up)) {
      assertThat(RestComparison.differences(client, proof)).isEmpty();
    }
    Audits.assertHolds(brokers, up.address(LIMIT));
    assertEverythingHappened(check, traffic);
  }

  /** A run in which nobody was refused, or nothing was under way at the kill, proves little. */
  private void assertEverythingHappened(ReservationCheck check, ReservationTraffic traffic) {
    List<Asked> brokenOff = traffic.asked().stream().filter(one -> one.unanswered() > 0).toList();
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("requests", (long) traffic.sent());
    figures.put("broken off by a kill", (long) brokenOff.size());
    figures.put("repeated then", brokenOff.stream().filter(Asked::answered).count());
    figures.put("settled", check.count(ReservationBooks.Fate.SETTLED));
    figures.put("released", check.count(ReservationBooks.Fate.RELEASED));
    figures.put("run out", check.count(ReservationBooks.Fate.EXPIRED));
    for (Reason reason :
        List.of(
            Reason.INSUFFICIENT_CREDITS,
            Reason.RESERVATION_SETTLED,
            Reason.RESERVATION_RELEASED,
            Reason.RESERVATION_EXPIRED)) {
      figures.put(reason.name(), check.count(reason));
    }
    // Surefire keeps what is printed beside its report.
    System.out.println("under way at each kill " + underWayAtKills + ", in all " + figures);
    assertThat(figures).allSatisfy((what, count) -> assertThat(count).as(what).isPositive());
    assertThat(underWayAtKills).hasSize(KILLS).allSatisfy(one -> assertThat(one).isPositive());
  }
}
