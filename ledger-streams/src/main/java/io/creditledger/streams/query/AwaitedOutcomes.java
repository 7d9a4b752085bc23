package io.creditledger.streams.query;

import io.creditledger.core.account.Reason;
import io.creditledger.core.event.Position;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.topology.Decided;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Who waits for the committed outcome of an input. An outcome that is delivered twice completes
 * nobody twice.
 */
final class AwaitedOutcomes {

  /** Outcomes kept for someone who has sent an event and does not know its position yet. */
  private static final int EARLY_MAX = 50_000;

  private final AtomicInteger expected = new AtomicInteger();
  private final Map<Position, CompletableFuture<Outcome>> waiting = new LinkedHashMap<>();
  private final Map<Position, Supplier<Outcome>> early = new LinkedHashMap<>();

  /** Someone is about to send an event whose outcome {@link #await} will be asked for. */
  void expect() {
    expected.incrementAndGet();
  }

  /** The expected outcome is no longer waited for. */
  synchronized void expectNoMore() {
    if (expected.decrementAndGet() == 0) {
      early.clear();
    }
  }

  /** Whether an outcome need be delivered at all. */
  boolean anyExpected() {
    return expected.get() > 0;
  }

  /** Completes with the committed outcome of an input, which must have been expected. */
  synchronized CompletableFuture<Outcome> await(Position position) {
    Supplier<Outcome> known = early.remove(position);
    if (known != null) {
      return CompletableFuture.completedFuture(known.get());
    }
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    waiting.put(position, future);
    return future;
  }

  /** Nobody waits for that input any more. */
  synchronized void forget(Position position) {
    waiting.remove(position);
  }

  /** Completes, on the calling thread, those who wait for one of these committed outcomes. */
  void deliver(List<Decided> outcomes) {
    for (Decided decided : outcomes) {
      deliver(decided.input(), reading(decided));
    }
  }

  private void deliver(Position input, Supplier<Outcome> outcome) {
    CompletableFuture<Outcome> future;
    synchronized (this) {
      future = waiting.remove(input);
      if (future == null && anyExpected()) {
        early.put(input, outcome);
        if (early.size() > EARLY_MAX) {
          early.remove(early.keySet().iterator().next());
        }
      }
    }
    if (future != null) {
      future.complete(outcome.get());
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
