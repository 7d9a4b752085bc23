package io.creditledger.cli.client;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Ids for events whose author gave them none. */
final class EventIds {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS = 80;

  private EventIds() {}

  /** An id that no other event has: short enough to be copied by hand. */
  static String random(String prefix) {
    return prefix + "_" + new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX);
  }
}
