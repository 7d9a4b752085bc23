package io.creditledger.cli.endtoend;

import io.creditledger.core.event.Source;
import io.creditledger.relay.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One event as a test sends it: what the journal must say of it, and how often it went out. It
 * computes with plain numbers, because it is what the ledger is held against.
 */
final class Sent {

  /** What an event does. */
  enum Kind {
    GRANT,
    USAGE
  }

  private final Kind kind;
  private final String customer;
  private final String id;
  private final long micros;
  private final int priority;
  private final String json;
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();

  private Sent(Kind kind, String customer, String id, long micros, int priority, String json) {
    this.kind = kind;
    this.customer = customer;
    this.id = id;
    this.micros = micros;
    this.priority = priority;
    this.json = json;
  }

  static Sent grant(String customer, String id, long credits, int priority) {
    return new Sent(
        Kind.GRANT,
        customer,
        id,
        credits * 1_000_000,
        priority,
        """
        {"type":"grant","id":"%s","customer":"%s","amount":"%d","priority":%d}"""
            .formatted(id, customer, credits, priority));
  }

  /** Usage that says what it costs. */
  static Sent rated(String customer, String id, long micros) {
    return new Sent(
        Kind.USAGE,
        customer,
        id,
        micros,
        0,
        """
        {"id":"%s","customer":"%s","credits":"%d.%06d"}"""
            .formatted(id, customer, micros / 1_000_000, micros % 1_000_000));
  }

  /** Usage of a meter of which one costs that many millionths. */
  static Sent metered(String customer, String id, String meter, long quantity, long microsOfOne) {
    return new Sent(
        Kind.USAGE,
        customer,
        id,
        quantity * microsOfOne,
        0,
        """
        {"id":"%s","customer":"%s","meter":"%s","quantity":"%d"}"""
            .formatted(id, customer, meter, quantity));
  }

  /** A usage undone, wholly. */
  static Sent reversed(String customer, String id, String usage) {
    return new Sent(
        Kind.USAGE,
        customer,
        id,
        0,
        0,
        """
        {"type":"reverse","id":"%s","customer":"%s","usage":"%s"}"""
            .formatted(id, customer, usage));
  }

  Kind kind() {
    return kind;
  }

  String customer() {
    return customer;
  }

  String id() {
    return id;
  }

  /** What a grant is worth, or what a usage costs. */
  long micros() {
    return micros;
  }

  int priority() {
    return priority;
  }

  byte[] value() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  ProducerRecord<byte[], byte[]> record() {
    Source source = kind == Kind.GRANT ? Source.GRANT : Source.USAGE;
    return new ProducerRecord<>(
        Topics.prefixed("").name(source), customer.getBytes(StandardCharsets.UTF_8), value());
  }

  void attempted() {
    attempts.incrementAndGet();
  }

  void wasAcknowledged() {
    acknowledged.incrementAndGet();
  }

  /** How often it was handed to a producer. */
  int attempts() {
    return attempts.get();
  }

  /** How often a broker said it has it. */
  int acknowledgements() {
    return acknowledged.get();
  }

  @Override
  public String toString() {
    return customer + "/" + id;
  }
}
