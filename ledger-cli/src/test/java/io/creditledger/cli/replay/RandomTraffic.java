package io.creditledger.cli.replay;

import io.creditledger.core.event.Source;
import io.creditledger.core.id.CustomerId;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A history of all that producers do, right and wrong: grants that end or come again in a moment,
 * late usage, reservations that run out, reversals, second deliveries, ids used twice, and what is
 * no event at all.
 */
public final class RandomTraffic {

  private static final int CUSTOMERS = 12;

  private final Random random;
  private final InstantSource clock;
  private final Topics topics;
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private final List<String[]> usages = new ArrayList<>();
  private final List<String[]> reservations = new ArrayList<>();
  private final List<String[]> grants = new ArrayList<>();
  private int made;

  /** Traffic by a seed, about the time that it is sent. */
  public RandomTraffic(long seed, InstantSource clock, Topics topics) {
    this.random = new Random(seed);
    this.clock = clock;
    this.topics = topics;
  }

  /** All to whom anything can happen. */
  static List<CustomerId> customers() {
    return IntStream.range(0, CUSTOMERS).mapToObj(i -> new CustomerId("cus_" + i)).toList();
  }

  /** Sends so many events and waits until the brokers have them. */
  public void send(KafkaConnection kafka, int events) {
    try (Producer<byte[], byte[]> producer = kafka.writer()) {
      for (int i = 0; i < events; i++) {
        var unused = producer.send(next());
      }
      producer.flush();
    }
  }

  private ProducerRecord<byte[], byte[]> next() {
    int kind = random.nextInt(100);
    if (!sent.isEmpty() && kind < 6) {
      return sent.get(random.nextInt(sent.size()));
    }
    String customer = "cus_" + random.nextInt(CUSTOMERS);
    ProducerRecord<byte[], byte[]> record =
        switch (kind / 10) {
          case 0 -> broken(customer);
          case 1 -> grant(customer);
          case 2 -> reserve(customer);
          case 3 -> end(customer);
          case 4 -> correct(customer);
          default -> use(customer);
        };
    sent.add(record);
    return record;
  }

  private ProducerRecord<byte[], byte[]> broken(String customer) {
    return switch (random.nextInt(4)) {
      case 0 -> record(Source.USAGE, customer, "no event at all");
      case 1 -> record(Source.USAGE, customer, "{\"id\":\"x\",\"customer\":\"somebody_else\"}");
      case 2 -> event(Source.USAGE, customer, id("u"), "\"meter\":\"none\",\"quantity\":\"1\"");
      default -> event(Source.GRANT, customer, id("g"), "\"amount\":\"-1\"");
    };
  }

  private ProducerRecord<byte[], byte[]> grant(String customer) {
    String id = id("g");
    grants.add(new String[] {customer, id});
    String end =
        switch (random.nextInt(6)) {
          case 0, 1 ->
              ",\"expires_at\":\"%s\""
                  .formatted(clock.instant().plusMillis(500 + random.nextInt(2_000)));
          case 2 ->
              ",\"recurrence\":{\"period\":\"PT1S\",\"count\":3,\"rollover\":{\"cap\":\"5\"}}";
          default -> "";
        };
    return event(
        Source.GRANT,
        customer,
        id,
        "\"amount\":\"%d\",\"priority\":%d%s%s"
            .formatted(
                1 + random.nextInt(60),
                random.nextInt(100),
                end,
                random.nextInt(4) == 0 ? ",\"scope\":{\"meters\":[\"tokens\"]}" : ""));
  }

  private ProducerRecord<byte[], byte[]> use(String customer) {
    String id = id("u");
    usages.add(new String[] {customer, id});
    String late =
        random.nextInt(5) == 0
            ? ",\"occurred_at\":\"" + clock.instant().minusSeconds(random.nextInt(3_600)) + "\""
            : "";
    return event(
        Source.USAGE,
        customer,
        id,
        (random.nextInt(3) == 0
                ? "\"credits\":\"" + (1 + random.nextInt(9)) + "." + random.nextInt(999_999) + "\""
                : "\"meter\":\"tokens\",\"quantity\":\"%d\",\"properties\":{\"model\":\"%s\"}"
                    .formatted(1 + random.nextInt(9_000), random.nextBoolean() ? "large" : "small"))
            + late);
  }

  private ProducerRecord<byte[], byte[]> reserve(String customer) {
    String id = id("r");
    reservations.add(new String[] {customer, id});
    return event(
        Source.USAGE,
        customer,
        id,
        "\"type\":\"reserve\",\"credits\":\"%d\",\"ttl\":\"%s\""
            .formatted(1 + random.nextInt(12), random.nextInt(3) == 0 ? "PT1S" : "PT15M"));
  }

  private ProducerRecord<byte[], byte[]> end(String otherwise) {
    if (reservations.isEmpty()) {
      return use(otherwise);
    }
    String[] one = reservations.get(random.nextInt(reservations.size()));
    return random.nextInt(3) == 0
        ? event(
            Source.USAGE,
            one[0],
            id("e"),
            "\"type\":\"release\",\"reservation\":\"" + one[1] + "\"")
        : event(
            Source.USAGE,
            one[0],
            id("s"),
            "\"type\":\"settle\",\"reservation\":\"%s\",\"credits\":\"%d\""
                .formatted(one[1], random.nextInt(15)));
  }

  private ProducerRecord<byte[], byte[]> correct(String otherwise) {
    if (usages.isEmpty() || grants.isEmpty()) {
      return use(otherwise);
    }
    String[] usage = usages.get(random.nextInt(usages.size()));
    String[] grant = grants.get(random.nextInt(grants.size()));
    return switch (random.nextInt(4)) {
      case 0 ->
          event(
              Source.USAGE,
              usage[0],
              id("v"),
              "\"type\":\"reverse\",\"usage\":\"" + usage[1] + "\"");
      case 1 ->
          event(
              Source.GRANT, grant[0], id("x"), "\"type\":\"void\",\"grant\":\"" + grant[1] + "\"");
      case 2 ->
          event(
              Source.GRANT,
              grant[0],
              id("a"),
              "\"type\":\"adjust\",\"amount\":\"" + (random.nextInt(20) - 8) + "\"");
      default ->
          event(Source.USAGE, usage[0], usage[1], "\"credits\":\"" + random.nextInt(3) + "\"");
    };
  }

  private String id(String kind) {
    return kind + "_" + ++made;
  }

  private ProducerRecord<byte[], byte[]> event(
      Source source, String customer, String id, String fields) {
    return record(
        source, customer, "{\"id\":\"%s\",\"customer\":\"%s\",%s}".formatted(id, customer, fields));
  }

  private ProducerRecord<byte[], byte[]> record(Source source, String customer, String value) {
    return record(topics, source, customer, value);
  }

  static ProducerRecord<byte[], byte[]> record(
      Topics topics, Source source, String customer, String value) {
    return new ProducerRecord<>(
        topics.name(source),
        customer.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8));
  }
}
