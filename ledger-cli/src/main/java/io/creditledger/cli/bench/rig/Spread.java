package io.creditledger.cli.bench.rig;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How usage spreads over customers. */
public sealed interface Spread {

  /** The customer, from 0, that the next usage is of. */
  int next(SplittableRandom random);

  /** All the same. */
  record Uniform(int customers) implements Spread {
    @Override
    public int next(SplittableRandom random) {
      return random.nextInt(customers);
    }
  }

  /** All the same, and the first nothing at all. */
  record AllButFirst(int customers) implements Spread {
    @Override
    public int next(SplittableRandom random) {
      return 1 + random.nextInt(customers - 1);
    }
  }

  /** One customer is all there is. */
  record OneCustomer(int customer) implements Spread {
    /** The first. */
    public OneCustomer() {
      this(0);
    }

    @Override
    public int next(SplittableRandom random) {
      return customer;
    }
  }

  /** Zipf's law with exponent 1: the second has half of what the first has, the third a third. */
  final class Zipf implements Spread {
    private final double[] upTo;

    /** Among so many customers. */
    public Zipf(int customers) {
      upTo = new double[customers];
      double sum = 0;
      for (int i = 0; i < customers; i++) {
        sum += 1.0 / (i + 1);
        upTo[i] = sum;
      }
    }

    @Override
    public int next(SplittableRandom random) {
      int found = Arrays.binarySearch(upTo, random.nextDouble(upTo[upTo.length - 1]));
      return found >= 0 ? found : -found - 1;
    }
  }
}
