package io.creditledger.cli.bench.rig;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What customers have before they use it: grants of rising priority, all but the last small, so
 * that usage burns through them and some of it is paid by two.
 *
 * @param customers how many there are
 * @param each how many grants each of them has
 */
public record Grants(int customers, int each) {

  private static final String SMALL = "15";
  private static final String LARGE = "100000000";

  /** How many grants that are in all. */
  public long count() {
    return (long) customers * each;
  }

  /** One of them, from 0, as a record of the topic. */
  public ProducerRecord<byte[], byte[]> record(String topic, long number) {
    String customer = UsageTraffic.customer((int) (number / each));
    long rank = number % each;
    String json =
        "{\"type\":\"grant\",\"id\":\"grant-%d\",\"customer\":\"%s\",\"amount\":\"%s\",\"priority\":%d}"
            .formatted(rank, customer, rank == each - 1 ? LARGE : SMALL, 10 + rank % 200);
    return new ProducerRecord<>(
        topic, customer.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
  }
}
