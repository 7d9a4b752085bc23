package io.creditledger.cli.bench.rig;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Usage as a gateway of language models would report it: JSON of some 190 bytes, an id of its own,
 * rated by a meter. The same seed gives the same events.
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

  /** So many events lie between a delivery and its repetition. */
  private static final int REPEAT_AFTER = 500;

  private static final long SEED = 20_261_128;
  private static final int TOKENS_MAX = 4_000;

  private final Spread spread;
  private final double repeated;
  private final SplittableRandom random = new SplittableRandom(SEED);
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
        + (1_000_000_000L + count)
        + "\",\"customer\":\""
        + customer
        + "\",\"meter\":\""
        + METER
        + "\",\"quantity\":\""
        + (1 + random.nextInt(TOKENS_MAX))
        + "\",\"properties\":{\"model\":\"large\",\"region\":\"eu-west-1\"}}";
  }
}
