package io.creditledger.cli.bench.rig;

import io.creditledger.core.money.Credits;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What customers have before they use it: grants of rising priority, all but the last small, so
 * that usage burns through them and some of it is paid by two.
 *
 * @param customers how many there are
 * @param each how many grants each of them has
 * @param closed how many more each of them had, which are void by now
 */
public record Grants(int customers, int each, int closed) {

  private static final long MICROS = 1_000_000;
  private static final String SMALL = "15";
  private static final String LARGE = "100000000";

  /** Open grants only. */
  public Grants(int customers, int each) {
    this(customers, each, 0);
  }

  /** How many events that takes: one for an open grant, two for a closed one. */
  public long count() {
    return (long) customers * perCustomer();
  }

  /** The millionths of a credit that each customer has before any usage. */
  public long microsEach() {
    return Math.multiplyExact(MICROS, (each - 1) * Long.parseLong(SMALL) + Long.parseLong(LARGE));
  }

  private int perCustomer() {
    return each + 2 * closed;
  }

  /** One of the events, from 0, as a record of the topic. */
  public ProducerRecord<byte[], byte[]> record(String topic, long number) {
    String customer = UsageTraffic.customer((int) (number / perCustomer()));
    int step = (int) (number % perCustomer());
    String json =
        step < each
            ? grant(customer, "grant-" + step, step == each - 1 ? LARGE : SMALL, 10 + step % 90)
            : closing(customer, step - each);
    return event(topic, customer, json);
  }

  static ProducerRecord<byte[], byte[]> event(String topic, String customer, String json) {
    return new ProducerRecord<>(
        topic, customer.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Grants and voids in turns, so that there is never more than one of them open. */
  private static String closing(String customer, int step) {
    String id = "closed-" + step / 2;
    return step % 2 == 0
        ? grant(customer, id, SMALL, 1)
        : "{\"type\":\"void\",\"id\":\"void-%s\",\"customer\":\"%s\",\"grant\":\"%s\"}"
            .formatted(id, customer, id);
  }

  static String grant(String customer, String id, long micros, int priority) {
    return grant(customer, id, Credits.ofMicros(micros).toString(), priority);
  }

  private static String grant(String customer, String id, String amount, int priority) {
    return "{\"type\":\"grant\",\"id\":\"%s\",\"customer\":\"%s\",\"amount\":\"%s\",\"priority\":%d}"
        .formatted(id, customer, amount, priority);
  }
}
