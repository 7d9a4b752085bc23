package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.entry.Alert;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.wire.AlertJson;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand random events of a few customers whose balances stay near their thresholds, through
 * the topology to {@code ledger.alerts}. What must be told is counted from what was sent.
 */
class AlertsTest {

  private static final int EVENTS = 10_000;

  /** A low bound for each customer; the last has none and is told only that nothing is left. */
  private static final List<Long> BOUNDS = List.of(60L, 40L, 20L, 7L, 0L);

  /** What a customer is told at one entry. */
  private record Told(long sequence, String type, long available) {}

  /** One customer as simple sums over what was sent, and what must have been told by now. */
  private static final class Naive {
    private final String customer;
    private final long bound;
    private final Map<String, Hold> holds = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private long sequence;
    private long available;
    private boolean funded;
    private boolean wasAbove;

    private Naive(String customer, long bound) {
      this.customer = customer;
      this.bound = bound;
    }

    /** An entry after which so much is available. */
    private void entry(long now) {
      sequence++;
      boolean isAbove = now > bound;
      if (funded && available > 0 && now <= 0) {
        told.add(new Told(sequence, "depleted", now));
      } else if (wasAbove && !isAbove) {
        told.add(new Told(sequence, "low", now));
      } else if (funded && !wasAbove && isAbove) {
        told.add(new Told(sequence, "recovered", now));
      }
      funded |= now > 0;
      wasAbove = isAbove;
      available = now;
    }

    private void lapse(Instant now) {
      List<String> due =
          holds.entrySet().stream()
              .filter(hold -> !hold.getValue().until().isAfter(now))
              .sorted(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .toList();
      due.forEach(id -> entry(available + holds.remove(id).credits()));
    }
  }

  private record Hold(long credits, Instant until) implements Comparable<Hold> {
    @Override
    public int compareTo(Hold other) {
      return until.compareTo(other.until);
    }
  }

  @Test
  void each_crossing_is_told_once_and_names_the_entry_that_crossed() {
    long seed = Long.getLong("ledger.seed", 1);
    try (TopologyFixture topology = new TopologyFixture()) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      List<Naive> customers =
          IntStream.range(0, BOUNDS.size())
              .mapToObj(i -> new Naive("cus_" + i, BOUNDS.get(i)))
              .toList();
      customers.forEach(customer -> configure(topology, customer));

      // when
      Instant now = TopologyFixture.START;
      for (int i = 0; i < EVENTS; i++) {
        if (i % 4 == 0) {
          now = now.plusMillis(1_000 + random.nextInt(10_000));
          topology.advanceTo(now);
          for (Naive customer : customers) {
            customer.lapse(now);
          }
        }
        happen(topology, random, customers.get(random.nextInt(customers.size())), i, now);
      }

      // then
      Map<String, LedgerEntry> entries = new HashMap<>();
      topology.entries().forEach(entry -> entries.put(place(entry), entry));
      List<TestRecord<byte[], byte[]>> records = topology.output(Topics.ALERTS).readRecordsToList();
      Map<String, List<Told>> found = new HashMap<>();
      for (TestRecord<byte[], byte[]> record : records) {
        AlertJson.Parsed alert = AlertJson.read(record.value());
        found
            .computeIfAbsent(alert.customer().value(), none -> new ArrayList<>())
            .add(new Told(alert.sequence(), alert.type().wireName(), available(alert.alert())));
        LedgerEntry entry = entries.get(alert.customer() + ":" + alert.sequence());
        assertThat(entry.alerts()).as("seed %d, %s", seed, alert.id()).contains(alert.alert());
        assertThat(alert.recordedAt()).isEqualTo(entry.header().recordedAt());
        assertThat(record.key()).isEqualTo(TopologyFixture.bytes(alert.customer().value()));
      }
      for (Naive customer : customers) {
        assertThat(found.get(customer.customer))
            .as("seed %d, %s", seed, customer.customer)
            .isEqualTo(customer.told);
        assertThat(entries).containsKey(customer.customer + ":" + customer.sequence);
      }
      Map<String, Integer> times = new HashMap<>();
      customers.forEach(one -> one.told.forEach(told -> times.merge(told.type(), 1, Integer::sum)));
      assertThat(times.keySet()).containsExactlyInAnyOrder("low", "depleted", "recovered");
      assertThat(times.values()).as("seed %d: %s", seed, times).allMatch(many -> many > 200);
      assertThat(entries).hasSize(customers.stream().mapToInt(one -> (int) one.sequence).sum());
    }
  }

  private static String place(LedgerEntry entry) {
    return entry.header().customer() + ":" + entry.header().sequence();
  }

  private static long available(Alert alert) {
    return switch (alert) {
      case Alert.Low low -> low.available().micros() / 1_000_000;
      case Alert.Depleted depleted -> depleted.available().micros() / 1_000_000;
      case Alert.Recovered recovered -> recovered.available().micros() / 1_000_000;
      case Alert.ExpiringSoon soon -> throw new AssertionError(soon.toString());
      case Alert.TopUpRequested requested -> throw new AssertionError(requested.toString());
      case Alert.TopUpPaused paused -> throw new AssertionError(paused.toString());
    };
  }

  private static void configure(TopologyFixture topology, Naive customer) {
    String alerts =
        customer.bound == 0 ? "" : ",\"alerts\":{\"credits\":{\"low\":\"" + customer.bound + "\"}}";
    topology.grant(
        customer.customer,
        event(customer, "c", "\"type\":\"configure\",\"time_zone\":\"UTC\"" + alerts));
    customer.sequence++;
  }

  private static String event(Naive customer, String id, String more) {
    return "{\"id\":\"%s\",\"customer\":\"%s\",%s}".formatted(id, customer.customer, more);
  }

  /** One event near the customer's threshold; now and then it is delivered twice. */
  private static void happen(
      TopologyFixture topology, SplittableRandom random, Naive customer, int i, Instant now) {
    long some = 1 + random.nextLong(40);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        if (customer.available < customer.bound + 30) {
          grant(topology, customer, i, 1 + random.nextLong(60));
        }
      }
      case 2 -> reserve(topology, customer, i, some, now, 10 + random.nextInt(200));
      case 3 -> release(topology, customer);
      case 4 -> repeat(topology, random, customer);
      default -> {
        String json = event(customer, "u" + i, "\"credits\":\"" + some + "\"");
        topology.usage(customer.customer, json);
        customer.sent.add(json);
        customer.entry(Math.max(0, customer.available - some));
      }
    }
  }

  private static void grant(TopologyFixture topology, Naive customer, int i, long amount) {
    topology.grant(customer.customer, event(customer, "g" + i, "\"amount\":\"" + amount + "\""));
    customer.entry(customer.available + amount);
  }

  private static void reserve(
      TopologyFixture topology, Naive customer, int i, long credits, Instant now, int seconds) {
    Duration ttl = Duration.ofSeconds(seconds);
    topology.usage(
        customer.customer,
        event(
            customer,
            "r" + i,
            "\"type\":\"reserve\",\"credits\":\"%d\",\"ttl\":\"%s\"".formatted(credits, ttl)));
    if (credits <= customer.available) {
      customer.holds.put("r" + i, new Hold(credits, now.plus(ttl)));
      customer.entry(customer.available - credits);
    }
  }

  private static void release(TopologyFixture topology, Naive customer) {
    customer.holds.keySet().stream()
        .min(String::compareTo)
        .ifPresent(
            id -> {
              topology.usage(
                  customer.customer,
                  event(
                      customer, "e-" + id, "\"type\":\"release\",\"reservation\":\"" + id + "\""));
              customer.entry(customer.available + customer.holds.remove(id).credits());
            });
  }

  /** A second delivery is told nothing of. */
  private static void repeat(TopologyFixture topology, SplittableRandom random, Naive customer) {
    if (!customer.sent.isEmpty()) {
      topology.usage(customer.customer, customer.sent.get(random.nextInt(customer.sent.size())));
    }
  }
}
