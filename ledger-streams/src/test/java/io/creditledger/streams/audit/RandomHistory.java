package io.creditledger.streams.audit;

import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.wire.CatalogYaml;
import io.creditledger.relay.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A history by a seed: grants that end, recur and are taken back, usage early and late and twice,
 * reservations, reversals, catalogs that change, and records that are no events.
 */
final class RandomHistory {

  private static final List<Catalog> CATALOGS =
      List.of(catalog("0.5", "reject"), catalog("0.25", "carry"), catalog("1", "bill"));

  private final SplittableRandom random;
  private final RecordedLedger ledger;
  private final List<String> sent = new ArrayList<>();
  private int ids;

  private RandomHistory(long seed, RecordedLedger ledger) {
    this.random = new SplittableRandom(seed);
    this.ledger = ledger;
  }

  /** Plays so many events of a seed on a ledger that knows nothing yet. */
  static void play(long seed, int events, RecordedLedger ledger) {
    RandomHistory history = new RandomHistory(seed, ledger);
    ledger.publish(CATALOGS.getFirst());
    for (int i = 0; i < events; i++) {
      history.next();
    }
  }

  private static Catalog catalog(String rate, String overdraft) {
    return CatalogYaml.parse(
        "catalog.yaml",
        """
        default_unit: credits
        units:
          credits: {name: Credits}
        overdraft: {policy: %s}
        meters:
          tokens:
            rates:
              - {credits: "%s", per: 1000}
              - {credits: "0.125", per: 1000, match: {model: small}}
        """
            .formatted(overdraft, rate));
  }

  private void next() {
    String customer = "cus_" + random.nextInt(5);
    switch (random.nextInt(20)) {
      case 0, 1 -> grant(customer);
      case 2 -> recurring(customer);
      case 3, 4 -> reserve(customer);
      case 5, 6 -> end(customer);
      case 7 -> reverse(customer);
      case 8 -> voided(customer);
      case 9 -> adjust(customer);
      case 10 -> again();
      case 11 -> ledger.publish(CATALOGS.get(random.nextInt(CATALOGS.size())));
      case 12 -> ledger.advance(Duration.ofHours(random.nextInt(24 * 12)));
      case 13 -> nonsense(customer);
      case 14 -> configure(customer);
      default -> usage(customer);
    }
    ledger.advance(Duration.ofMillis(random.nextInt(5_000)));
  }

  private String id(String kind) {
    return kind + "_" + ids++;
  }

  /** An id of the past, so that it may be known. */
  private String past(String kind) {
    return kind + "_" + random.nextInt(Math.max(1, ids));
  }

  private Instant occurred() {
    return ledger
        .now()
        .minus(Duration.ofMinutes(random.nextInt(10) == 0 ? random.nextInt(60 * 24 * 40) : 0));
  }

  private void usage(String customer) {
    String charge =
        random.nextBoolean()
            ? "\"credits\":\"%d.%06d\"".formatted(random.nextInt(40), random.nextInt(1_000_000))
            : "\"meter\":\"tokens\",\"quantity\":\"%d\",\"properties\":{\"model\":\"%s\"}"
                .formatted(random.nextInt(100_000), random.nextBoolean() ? "small" : "large");
    send(
        customer,
        """
        {"id":"%s","customer":"%s",%s,"occurred_at":"%s"}"""
            .formatted(id("u"), customer, charge, occurred()));
  }

  private void reserve(String customer) {
    send(
        customer,
        """
        {"type":"reserve","id":"%s","customer":"%s","credits":"%d","ttl":"PT%dM"}"""
            .formatted(id("u"), customer, random.nextInt(50) + 1, random.nextInt(1_000) + 1));
  }

  private void end(String customer) {
    String event =
        random.nextInt(3) == 0
            ? """
            {"type":"release","id":"%s","customer":"%s","reservation":"%s"}"""
                .formatted(id("x"), customer, past("u"))
            : """
            {"type":"settle","id":"%s","customer":"%s","reservation":"%s","credits":"%d"}"""
                .formatted(id("x"), customer, past("u"), random.nextInt(60));
    send(customer, event);
  }

  private void reverse(String customer) {
    send(
        customer,
        """
        {"type":"reverse","id":"%s","customer":"%s","usage":"%s"}"""
            .formatted(id("x"), customer, past("u")));
  }

  private void grant(String customer) {
    Instant effective = ledger.now().plus(Duration.ofHours(random.nextInt(100) - 50));
    ledger.grant(
        customer,
        """
        {"id":"%s","customer":"%s","amount":"%d","priority":%d,"category":"%s",
         "effective_at":"%s","expires_at":"%s"}"""
            .formatted(
                id("g"),
                customer,
                random.nextInt(500) + 1,
                random.nextInt(3) * 10,
                random.nextBoolean() ? "paid" : "promotional",
                effective,
                effective.plus(Duration.ofHours(random.nextInt(2_000) + 60))));
  }

  private void recurring(String customer) {
    ledger.grant(
        customer,
        """
        {"id":"%s","customer":"%s","amount":"100",
         "recurrence":{"period":"P%dD","rollover":{"fraction":"0.5","cap":"30"}}}"""
            .formatted(id("g"), customer, random.nextInt(20) + 1));
  }

  private void configure(String customer) {
    ledger.grant(
        customer,
        """
        {"type":"configure","id":"%s","customer":"%s","alerts":{"credits":{"low":"%d"}},
         "top_up":{"unit":"credits","threshold":"20","target":"200"}}"""
            .formatted(id("v"), customer, random.nextInt(100)));
  }

  private void voided(String customer) {
    ledger.grant(
        customer,
        """
        {"type":"void","id":"%s","customer":"%s","grant":"%s"}"""
            .formatted(id("v"), customer, past("g")));
  }

  private void adjust(String customer) {
    ledger.grant(
        customer,
        """
        {"type":"adjust","id":"%s","customer":"%s","amount":"%d","unit":"credits","reason":"test"}"""
            .formatted(id("v"), customer, random.nextInt(100) - 50));
  }

  private void again() {
    if (!sent.isEmpty()) {
      String[] event = sent.get(random.nextInt(sent.size())).split("\n", 2);
      ledger.usage(event[0], event[1]);
    }
  }

  private void send(String customer, String json) {
    sent.add(customer + "\n" + json);
    ledger.usage(customer, json);
  }

  private void nonsense(String customer) {
    byte[] value = new byte[random.nextInt(30)];
    random.nextBytes(value);
    switch (random.nextInt(4)) {
      case 0 -> ledger.usage(customer, "{\"id\":\"x\"");
      case 1 -> ledger.send(Topics.USAGE_EVENTS, null, value, new RecordHeaders());
      case 2 -> ledger.grant(customer, "{\"id\":\"x\",\"customer\":\"else\",\"amount\":\"1\"}");
      default ->
          ledger.send(
              Topics.GRANT_EVENTS, RecordedLedger.bytes(customer), value, new RecordHeaders());
    }
  }
}
