package io.creditledger.cli.bench.rig;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Usage as a gateway of language models would report it: JSON of some 190 bytes, an id of its own,
 * rated by a meter. No two of a process have an event in common.
 */
public final class UsageTraffic {

  /** The price list that it is rated by: half a credit for a thousand tokens. */
  public static final String CATALOG =
      """
      default_unit: credits
      units:
        credits: {name: Credits}
      overdraft: {policy: reject}
      meters:
        tokens:
          rates:
            - {credits: "0.5", per: 1000}
      """;

  /** Its meter. */
  public static final String METER = "tokens";

  /** The number that the id of an object's first event ends in; the next ends in the next. */
  static final long FIRST = 1_000_000_000L;

  /** So many events lie between a delivery and its repetition. */
  private static final int REPEAT_AFTER = 500;

  private static final AtomicLong SEEDS = new AtomicLong(20_261_128);
  private static final String QUANTITY = "\"quantity\":\"";
  private static final int TOKENS_MAX = 4_000;

  /** By {@link #CATALOG}. */
  private static final long MICROS_PER_TOKEN = 500;

  /** What one usage takes on average, in millionths of a credit. */
  static final long MICROS_MEAN = TOKENS_MAX / 2 * MICROS_PER_TOKEN;

  private final Spread spread;
  private final double repeated;
  private final SplittableRandom random = new SplittableRandom(SEEDS.getAndIncrement());
  private final String[] recent = new String[REPEAT_AFTER];
  private final int[] recentCustomers = new int[REPEAT_AFTER];
  private long count;

  private UsageTraffic(Spread spread, double repeated) {
    this.spread = spread;
    this.repeated = repeated;
  }

  /** Each event once. */
  public static UsageTraffic of(Spread spread) {
    return new UsageTraffic(spread, 0);
  }

  /** The same with a share, from 0 to 1, of deliveries that repeat an earlier one. */
  public UsageTraffic repeating(double share) {
    return new UsageTraffic(spread, share);
  }

  /** A customer's name. */
  public static String customer(int number) {
    return "cus_" + (1_000_000 + number);
  }

  /** Whose usage a record is. */
  public static String customerOf(ProducerRecord<byte[], byte[]> usage) {
    return new String(usage.key(), StandardCharsets.UTF_8);
  }

  /** How many tokens a record is about. */
  public static long tokensOf(ProducerRecord<byte[], byte[]> usage) {
    String json = new String(usage.value(), StandardCharsets.UTF_8);
    int from = json.indexOf(QUANTITY) + QUANTITY.length();
    return Long.parseLong(json.substring(from, json.indexOf('"', from)));
  }

  /** The next delivery to that topic. */
  public ProducerRecord<byte[], byte[]> next(String topic) {
    int slot = (int) (count % REPEAT_AFTER);
    boolean again = repeated > 0 && count >= REPEAT_AFTER && random.nextDouble() < repeated;
    if (!again) {
      recentCustomers[slot] = spread.next(random);
      recent[slot] = json(customer(recentCustomers[slot]));
    }
    count++;
    return new ProducerRecord<>(
        topic,
        customer(recentCustomers[slot]).getBytes(StandardCharsets.UTF_8),
        recent[slot].getBytes(StandardCharsets.UTF_8));
  }

  private String json(String customer) {
    return "{\"type\":\"usage\",\"id\":\""
        + Long.toHexString(random.nextLong() | Long.MIN_VALUE)
        + "-"
        + (FIRST + count)
        + "\",\"customer\":\""
        + customer
        + "\",\"meter\":\""
        + METER
        + "\","
        + QUANTITY
        + (1 + random.nextInt(TOKENS_MAX))
        + "\",\"properties\":{\"model\":\"large\",\"region\":\"eu-west-1\"}}";
  }
}
