package io.creditledger.streams.topology;

import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.core.id.GrantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/**
 * How the stores' keys are laid out. Where a key has two parts the customer comes first with its
 * length before it, so that one customer's keys are one range and never another's.
 */
public final class StoreKeys {

  /** Before what follows in a segment's key. */
  private static final byte SEGMENT = 0x7f;

  /** The key of the list of the index's runs: it sorts before all segments. */
  static final Bytes INDEX = Bytes.wrap(new byte[] {2});

  /** Not after the first segment's key. */
  static final Bytes SEGMENTS_FROM = segment(0);

  /** Not before the last segment's key. */
  static final Bytes SEGMENTS_TO = segment(Long.MAX_VALUE);

  private StoreKeys() {}

  /** The key of a segment of ids; keys sort by the ordinal, which is not below 0. */
  static Bytes segment(long ordinal) {
    return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES).put(SEGMENT).putLong(ordinal).array());
  }

  /** The ordinal in a key made by {@link #segment}. */
  static long ordinalOf(Bytes segment) {
    return ByteBuffer.wrap(segment.get()).getLong(1);
  }

  /** The key of an account; also the key of the customer's records. */
  public static byte[] customer(CustomerId customer) {
    return customer.value().getBytes(StandardCharsets.UTF_8);
  }

  /** The partition that a record of that key belongs in, as every Kafka producer computes it. */
  public static int partition(byte[] customer, int partitions) {
    return Utils.toPositive(Utils.murmur2(customer)) % partitions;
  }

  /** The key of what is remembered of an event. */
  public static byte[] event(byte[] customer, EventId id) {
    return pair(customer, id.value());
  }

  /** The event's id in a key made by {@link #event}. */
  static EventId eventOf(byte[] key) {
    int from = Short.BYTES + ByteBuffer.wrap(key).getShort();
    return new EventId(new String(key, from, key.length - from, StandardCharsets.UTF_8));
  }

  /** The key of what is kept of a grant. */
  public static byte[] grant(byte[] customer, GrantId id) {
    return pair(customer, id.value());
  }

  /** What all keys of a customer begin with, in a store of pairs. */
  public static byte[] prefix(byte[] customer) {
    return ByteBuffer.allocate(2 + customer.length)
        .putShort((short) customer.length)
        .put(customer)
        .array();
  }

  private static byte[] pair(byte[] customer, String second) {
    byte[] rest = second.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + customer.length + rest.length)
        .putShort((short) customer.length)
        .put(customer)
        .put(rest)
        .array();
  }

  /** A timer's key: it sorts by due time. A part of a millisecond counts as a whole one. */
  static byte[] timer(Instant due, byte[] customer) {
    Instant whole = due.truncatedTo(ChronoUnit.MILLIS);
    long millis = whole.toEpochMilli() + (whole.equals(due) ? 0 : 1);
    return ByteBuffer.allocate(Long.BYTES + customer.length).putLong(millis).put(customer).array();
  }

  /** The key before which all timers due by then stand. */
  static byte[] timersAfter(Instant now) {
    return ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli() + 1).array();
  }

  static CustomerId customerOfTimer(byte[] key) {
    return new CustomerId(
        new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8));
  }
}
