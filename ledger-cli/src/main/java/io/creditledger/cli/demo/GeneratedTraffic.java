package io.creditledger.cli.demo;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Requests shaped like those that production services see, from whole numbers only: few customers
 * make most of them (Zipf's law), and token counts spread over orders of magnitude (the exponent is
 * a sum of coin flips, so the count is roughly log-normal). The same seed gives the same requests.
 */
final class GeneratedTraffic implements Traffic {

  private static final int WEIGHT_OF_FIRST = 1_000_000;
  private static final int COINS = 12;
  private static final int INPUT_BITS_MIN = 4;
  private static final int OUTPUT_BITS_MIN = 2;
  private static final int LARGE_IN_FIVE = 2;

  private final SplittableRandom random;
  private final int size;
  private final int[] weightsUpTo;
  private int made;

  GeneratedTraffic(long seed, int size, int customers) {
    this.random = new SplittableRandom(seed);
    this.size = size;
    this.weightsUpTo = new int[customers];
    int sum = 0;
    for (int rank = 1; rank <= customers; rank++) {
      sum += WEIGHT_OF_FIRST / rank;
      weightsUpTo[rank - 1] = sum;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean hasNext() {
    return made < size;
  }

  @Override
  public LlmRequest next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there were " + size + " requests");
    }
    made++;
    Model model = random.nextInt(5) < LARGE_IN_FIVE ? Model.LARGE : Model.SMALL;
    return new LlmRequest(
        customer(), model, tokens(INPUT_BITS_MIN), tokens(OUTPUT_BITS_MIN), Optional.empty());
  }

  private int customer() {
    int drawn = random.nextInt(weightsUpTo[weightsUpTo.length - 1]);
    int found = Arrays.binarySearch(weightsUpTo, drawn + 1);
    return found >= 0 ? found : -found - 1;
  }

  private long tokens(int bitsMin) {
    long order = 1L << (bitsMin + Integer.bitCount(random.nextInt(1 << COINS)));
    return order + random.nextLong(order);
  }
}
