package io.creditledger.stripe.effect;

import io.creditledger.relay.Backoff;
import io.creditledger.relay.Database;
import io.creditledger.relay.Worker;
import io.creditledger.stripe.Part;
import io.creditledger.stripe.client.Attempt.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has effects done, several at once but never one twice at a time, also not by several instances:
 * whoever tries one holds its lock in the database, which a process that dies lets go.
 */
public final class EffectLoop implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(EffectLoop.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(5));
  private static final int WORKERS = 3;
  private static final int LOOKED_AT = 20;

  private final Database database;
  private final Clock clock;
  private final Map<String, EffectKind> kinds;
  private final List<Worker> workers;

  /** A loop for these kinds, not yet started. */
  public EffectLoop(Database database, Clock clock, List<EffectKind> kinds) {
    this.database = database;
    this.clock = clock;
    this.kinds = kinds.stream().collect(Collectors.toMap(EffectKind::name, Function.identity()));
    this.workers =
        IntStream.range(0, WORKERS).mapToObj(i -> new Worker("effects-" + i, this::step)).toList();
  }

  @Override
  public void start() {
    workers.forEach(Worker::start);
  }

  private Duration step() throws InterruptedException {
    return tryOne() ? Duration.ZERO : IDLE;
  }

  /** Tries one effect that is due and that nobody is at; false if there is none. */
  public boolean tryOne() throws InterruptedException {
    try (Handle handle = database.jdbi().open()) {
      for (Effect candidate : Effects.due(handle, clock.instant(), LOOKED_AT)) {
        if (!locked(handle, candidate, "pg_try_advisory_lock")) {
          continue;
        }
        try {
          Optional<Effect> begun = Effects.begin(handle, candidate, clock.instant());
          if (begun.isPresent()) {
            run(handle, begun.get());
            return true;
          }
        } finally {
          locked(handle, candidate, "pg_advisory_unlock");
        }
      }
      return false;
    }
  }

  private void run(Handle handle, Effect effect) throws InterruptedException {
    EffectOutcome outcome = outcome(effect);
    Duration wait =
        RETRY.after(Math.max(1, effect.attempts()), ThreadLocalRandom.current().nextDouble());
    handle.useTransaction(
        transaction -> Effects.record(transaction, effect, outcome, clock.instant(), wait));
  }

  private EffectOutcome outcome(Effect effect) throws InterruptedException {
    EffectKind kind = kinds.get(effect.kind());
    if (kind == null) {
      return EffectOutcome.parked("this version knows no effect of kind " + effect.kind());
    }
    try {
      return kind.run(effect);
    } catch (RuntimeException failed) {
      LOG.warn("{} {} of {} failed", effect.kind(), effect.key(), effect.customer(), failed);
      return new EffectOutcome.Again(Cause.CONNECTION, String.valueOf(failed.getMessage()));
    }
  }

  private static boolean locked(Handle handle, Effect effect, String function) {
    return handle
        .createQuery("select " + function + "(hashtextextended(:name, 0))")
        .bind("name", String.join("\n", effect.kind(), effect.customer().value(), effect.key()))
        .mapTo(boolean.class)
        .one();
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
  }
}
