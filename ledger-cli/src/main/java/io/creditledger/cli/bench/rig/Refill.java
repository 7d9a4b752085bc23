package io.creditledger.cli.bench.rig;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Small grants for every customer, which burn before what they have and are used up in the midst of
 * a round of usage: so each round begins with so many open grants more than the one before left.
 *
 * @param round whose grants they are; no two rounds have grants in common
 * @param customers who get them
 * @param each how many each of them gets
 * @param micros how much each grant is, in millionths of a credit
 */
public record Refill(int round, int customers, int each, long micros) {

  /** Half of the credits that usage, spread evenly, takes of each customer in one round. */
  public static Refill halfOf(int round, int customers, int each, long events) {
    long used = events * UsageTraffic.MICROS_MEAN / customers;
    return new Refill(round, customers, each, Math.max(1, used / 2 / each));
  }

  /** How many events that takes. */
  public long count() {
    return (long) customers * each;
  }

  /** One of the events, from 0, as a record of the topic. */
  public ProducerRecord<byte[], byte[]> record(String topic, long number) {
    String customer = UsageTraffic.customer((int) (number / each));
    int place = (int) (number % each);
    return Grants.event(
        topic,
        customer,
        Grants.grant(customer, "round-%d-%d".formatted(round, place), micros, place));
  }
}
