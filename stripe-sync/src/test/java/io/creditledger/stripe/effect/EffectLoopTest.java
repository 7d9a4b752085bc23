package io.creditledger.stripe.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditledger.core.id.CustomerId;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.client.Attempt.Cause;
import io.creditledger.stripe.effect.EffectOutcome.Again;
import io.creditledger.stripe.effect.EffectOutcome.Held;
import io.creditledger.stripe.effect.EffectOutcome.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectLoopTest {

  private static final CustomerId ANN = new CustomerId("ann");
  private static final String KIND = "test";

  @RegisterExtension private final SyncFixture sync = new SyncFixture();

  private EffectLoop loop(Function<Effect, EffectOutcome> what) {
    return new EffectLoop(
        sync.database(),
        sync.clock(),
        List.of(
            new EffectKind() {
              @Override
              public String name() {
                return KIND;
              }

              @Override
              public EffectOutcome run(Effect effect) {
                return what.apply(effect);
              }
            }));
  }

  private void ask(String kind, String key) {
    sync.database()
        .jdbi()
        .useHandle(
            handle ->
                Effects.ask(
                    handle, kind, ANN, key, sync.clock().instant(), sync.clock().instant()));
  }

  private String state(String key) {
    return sync.database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select state || ' ' || attempts || ' ' || generation || ' ' || note"
                            + " from effect where key = :key")
                    .bind("key", key)
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void two_instances_share_the_work_and_do_nothing_twice() {
    // given
    Map<String, AtomicInteger> atIt = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    AtomicInteger together = new AtomicInteger();
    Function<Effect, EffectOutcome> work =
        effect -> {
          if (atIt.computeIfAbsent(effect.key(), k -> new AtomicInteger()).incrementAndGet() > 1) {
            together.incrementAndGet();
          }
          done.computeIfAbsent(effect.key(), k -> new AtomicInteger()).incrementAndGet();
          atIt.get(effect.key()).decrementAndGet();
          return EffectOutcome.done("done");
        };
    for (int i = 0; i < 60; i++) {
      ask(KIND, "key-" + i);
    }

    // when
    try (EffectLoop one = loop(work);
        EffectLoop other = loop(work)) {
      one.start();
      other.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> done.size() == 60);
    }

    // then
    assertThat(together).hasValue(0);
    assertThat(done.values()).allSatisfy(times -> assertThat(times).hasValue(1));
  }

  @Test
  void what_is_asked_for_while_it_runs_runs_again() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    EffectLoop loop =
        loop(
            effect -> {
              if (runs.incrementAndGet() == 1) {
                ask(KIND, effect.key());
              }
              return EffectOutcome.done("run " + runs.get());
            });
    ask(KIND, "key");
    while (loop.tryOne()) {
      // Until nothing is due.
    }

    assertThat(runs).hasValue(2);
    assertThat(state("key")).startsWith("done").endsWith("run 2");
  }

  @Test
  void a_failed_answer_changes_the_idempotency_key_and_a_lost_one_does_not()
      throws InterruptedException {
    // given
    List<Cause> causes = List.of(Cause.CONNECTION, Cause.CONFLICT, Cause.SERVER, Cause.RATE);
    List<String> keys = new ArrayList<>();
    EffectLoop loop =
        loop(
            effect -> {
              keys.add(effect.idempotencyKey("step"));
              assertThat(effect.mayBeDone()).isEqualTo(keys.size() > 1);
              return keys.size() <= causes.size()
                  ? new Again(causes.get(keys.size() - 1), "why")
                  : EffectOutcome.done("done");
            });

    // when
    ask(KIND, "key");
    for (int i = 0; i <= causes.size(); i++) {
      assertThat(loop.tryOne()).as("try %s", i).isTrue();
      sync.clock().advance(Duration.ofMinutes(5));
    }

    // then
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isEqualTo(keys.get(0));
    assertThat(keys.get(3)).isNotEqualTo(keys.get(2));
    assertThat(keys.get(4)).isNotEqualTo(keys.get(3));
  }

  @Test
  void a_try_that_breaks_is_tried_again_later() throws InterruptedException {
    EffectLoop loop =
        loop(
            effect -> {
              throw new IllegalStateException("broken");
            });
    ask(KIND, "key");

    assertThat(loop.tryOne()).isTrue();
    assertThat(loop.tryOne()).as("it waits").isFalse();
    assertThat(state("key")).startsWith("due 1 ").endsWith("broken");
  }

  @Test
  void what_is_held_is_released_and_what_nobody_knows_is_parked() throws InterruptedException {
    EffectLoop loop = loop(effect -> new Held("no room", Duration.ofHours(1), Rows.NOTHING));
    ask(KIND, "key");
    ask("unknown", "other");
    while (loop.tryOne()) {
      // Until nothing is due.
    }
    assertThat(state("key")).startsWith("held").endsWith("no room");
    assertThat(state("other")).startsWith("parked");

    sync.database()
        .jdbi()
        .useHandle(handle -> Effects.release(handle, KIND, ANN, sync.clock().instant()));
    assertThat(loop.tryOne()).isTrue();
  }
}
