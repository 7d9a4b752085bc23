package io.creditledger.streams.query;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;

/**
 * Who waits for the committed outcome of an input. An outcome that is delivered twice completes
 * nobody twice.
 *
 * <p>All that is decided passes here while anybody waits, so what nobody can be waiting for costs
 * no more than a look: an outcome is kept only while an event of the same customer is on its way.
 */
final class AwaitedOutcomes {

  /** Outcomes kept for those who have sent an event and do not know its position yet. */
  private static final int EARLY_MAX = 50_000;

  /** The outcome of an event that is about to be sent. Closed by whoever expects it. */
  final class Expected implements AutoCloseable {
    private final Bytes customer;
    private Optional<Position> position = Optional.empty();
    private boolean closed;

    private Expected(Bytes customer) {
      this.customer = customer;
    }

    /**
     * Completes with the outcome of the event, which stands there. Asked once, before the close.
     */
    CompletableFuture<Outcome> at(Position input) {
      synchronized (AwaitedOutcomes.this) {
        position = Optional.of(input);
        CompletableFuture<Outcome> future = new CompletableFuture<>();
        Early known = early.remove(input);
        if (known == null) {
          waiting.put(input, future);
        } else {
          future.complete(known.outcome().get());
        }
        arrived(customer);
        return future;
      }
    }

    /** The outcome is no longer waited for. A second call is idle. */
    @Override
    public void close() {
      synchronized (AwaitedOutcomes.this) {
        if (!closed) {
          closed = true;
          expected.decrementAndGet();
          position.ifPresentOrElse(waiting::remove, () -> arrived(customer));
        }
      }
    }
  }

  /** An outcome that may be the one of an event that is on its way. */
  private record Early(Bytes customer, Supplier<Outcome> outcome) {}

  private final AtomicInteger expected = new AtomicInteger();

  /** How many events of a customer are on their way. */
  private final Map<Bytes, Integer> onTheirWay = new HashMap<>();

  private final Map<Position, CompletableFuture<Outcome>> waiting = new HashMap<>();
  private final Map<Position, Early> early = new LinkedHashMap<>();

  /**
   * Someone is about to send an event of the customer, and to ask for its outcome.
   *
   * @param customer the event's key
   */
  synchronized Expected expect(Bytes customer) {
    expected.incrementAndGet();
    onTheirWay.merge(customer, 1, Integer::sum);
    return new Expected(customer);
  }

  /** One event less of the customer is on its way; what was kept for the last is let go. */
  private void arrived(Bytes customer) {
    Integer left =
        onTheirWay.computeIfPresent(customer, (key, count) -> count == 1 ? null : count - 1);
    if (left == null && !early.isEmpty()) {
      early.values().removeIf(kept -> kept.customer().equals(customer));
    }
  }

  /** Whether an outcome need be delivered at all. */
  boolean anyExpected() {
    return expected.get() > 0;
  }

  /** Completes, on the calling thread, those who wait for one of these committed outcomes. */
  void deliver(List<Decided> outcomes) {
    List<Runnable> found = new ArrayList<>();
    synchronized (this) {
      for (Decided decided : outcomes) {
        CompletableFuture<Outcome> future = waiting.remove(decided.input());
        if (future != null) {
          found.add(() -> future.complete(reading(decided).get()));
        } else if (onTheirWay.containsKey(decided.customer())) {
          keep(decided);
        }
      }
    }
    found.forEach(Runnable::run);
  }

  private void keep(Decided decided) {
    early.put(decided.input(), new Early(decided.customer(), reading(decided)));
    if (early.size() > EARLY_MAX) {
      early.remove(early.keySet().iterator().next());
    }
  }

  /** An entry is read when it is asked for; a refusal at once, for it may have a large input. */
  private static Supplier<Outcome> reading(Decided decided) {
    byte[] json = decided.json().get();
    return switch (decided) {
      case Decided.Entry entry -> () -> accepted(entry.input(), json);
      case Decided.Refusal refusal -> {
        Outcome outcome = refused(json);
        yield () -> outcome;
      }
    };
  }

  private static Outcome accepted(Position input, byte[] json) {
    return new Outcome.Accepted(
        input, EntryJson.sequenceOf(json), new String(json, StandardCharsets.UTF_8));
  }

  private static Outcome refused(byte[] json) {
    OutcomeJson.Parsed parsed = OutcomeJson.read(json);
    return parsed.of().isPresent()
        ? new Outcome.Duplicate(parsed.position(), parsed.of().getAsLong())
        : new Outcome.Rejected(
            parsed.position(),
            Reason.valueOf(parsed.code().orElseThrow()),
            parsed.detail().orElse(""));
  }
}
