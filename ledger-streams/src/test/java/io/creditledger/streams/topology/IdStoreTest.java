package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.core.account.Fate;
import io.creditledger.core.account.Memo;
import io.creditledger.core.event.Source;
import io.creditledger.core.id.EventId;
import io.creditledger.core.wire.MemoCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdStoreTest {

  private static final byte[] CUSTOMER = "cus_1".getBytes(StandardCharsets.UTF_8);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MEMORY = Duration.ofDays(35);

  @TempDir private Path directory;

  private final KeyValueStore<Bytes, byte[]> disk = CommittingStores.memory();
  private CommittingStores stores;
  private int restored;
  private IdStore ids;

  @BeforeEach
  void open() {
    stores = new CommittingStores(directory.resolve("task"));
    ids = used(opened(stores, disk));
  }

  @Test
  void what_is_remembered_is_found_before_the_commit_and_logged_once_with_it() {
    // given
    keep(ids, usage("a", 1, START));
    keep(ids, usage("b", 2, START));
    int before = stores.changelog.size();

    // when
    ids.flushCache();
    ids.flushCache();

    // then
    assertThat(before).isZero();
    assertThat(stores.changelog).hasSize(1);
    assertThat(found(ids, "a")).contains(usage("a", 1, START));
    assertThat(found(ids, "b")).contains(usage("b", 2, START));
    assertThat(found(ids, "c")).isEmpty();
  }

  @Test
  void a_full_segment_does_not_wait_for_the_commit() {
    // when
    for (int i = 0; i < 5_000; i++) {
      keep(ids, usage("event-" + i, i, START));
    }

    // then
    assertThat(stores.changelog).hasSizeGreaterThan(1);
    assertThat(stores.changelog).allSatisfy(one -> assertThat(one.value).hasSizeLessThan(70_000));
  }

  @Test
  void what_waits_is_on_disk_when_the_store_is_opened_again() {
    // given
    keep(ids, usage("a", 1, START));
    ids.flushCache();
    ids.commit(Map.of());

    // when
    ids.opened(directory.resolve("task"));
    ids.usedBy(CommittingStores.scope());

    // then
    assertThat(found(ids, "a")).contains(usage("a", 1, START));
    assertThat(ids.memo(idKey("a"))).isNotNull();
    assertThat(ids.memo(idKey("b"))).isNull();
  }

  @Test
  void a_state_directory_without_an_index_gets_one() {
    // given
    for (int i = 0; i < 5_000; i++) {
      keep(ids, usage("event-" + i, i, START));
    }
    ids.flushCache();
    ids.commit(Map.of());

    // when
    byte[] list = disk.delete(StoreKeys.INDEX);
    ids.opened(directory.resolve("task"));
    ids.usedBy(CommittingStores.scope());

    // then
    assertThat(list).isNotEmpty();
    for (int i = 0; i < 5_000; i++) {
      assertThat(found(ids, "event-" + i)).contains(usage("event-" + i, i, START));
    }
  }

  @Test
  void what_was_not_written_is_forgotten() {
    // given
    keep(ids, usage("a", 1, START));

    // when
    ids.clearCache();
    keep(ids, usage("b", 2, START));
    ids.flushCache();

    // then
    assertThat(found(ids, "a")).isEmpty();
    assertThat(found(ids, "b")).contains(usage("b", 2, START));
  }

  @Test
  void a_sweep_frees_what_is_over_and_carries_what_is_remembered_for_ever() {
    // given
    keep(ids, usage("a", 1, START));
    keep(ids, grant("g", 2, START));
    ids.flushCache();
    Instant over = START.plus(MEMORY).plusMillis(1);

    // when
    ids.sweep(START.plus(MEMORY), MEMORY);
    Optional<Memo> atTheEnd = found(ids, "a");
    ids.sweep(over, MEMORY);
    ids.flushCache();
    IdStore restored = restored();

    // then
    assertThat(atTheEnd).isPresent();
    assertThat(found(ids, "a")).isEmpty();
    assertThat(found(ids, "g")).contains(grant("g", 2, START));
    assertThat(found(restored, "a")).isEmpty();
    assertThat(found(restored, "g")).contains(grant("g", 2, START));
    stores.compact();
    assertThat(stores.changelog.stream().filter(one -> one.value != null)).hasSize(1);
  }

  @Test
  void what_was_restored_remembers_what_was_remembered() {
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      CommittingStores trial = new CommittingStores(directory.resolve("trial-" + seed));
      IdStore store = open(trial);
      Map<String, Memo> model = new HashMap<>();
      Instant now = START;
      for (int step = 0; step < 400; step++) {
        now = now.plus(Duration.ofHours(random.nextInt(20)));
        String id = "e" + random.nextInt(60);
        switch (random.nextInt(8)) {
          case 0 -> store.sweep(now, MEMORY);
          case 1 -> store.flushCache();
          case 2 -> {
            Memo grant = grant("g" + random.nextInt(5), step, now);
            keep(store, grant);
            model.put(grant.id().value(), grant);
          }
          case 3 -> {
            if (model.containsKey(id)) {
              // A reservation that was settled: known since the same time, and otherwise.
              Memo settled = usage(id, step, model.get(id).recordedAt());
              keep(store, settled);
              model.put(id, settled);
            }
          }
          default -> {
            keep(store, usage(id, step, now));
            model.put(id, usage(id, step, now));
          }
        }
      }
      store.flushCache();
      if (random.nextBoolean()) {
        trial.compact();
      }
      IdStore restored = restored(trial);
      Instant end = now;
      model.forEach(
          (id, memo) -> {
            if (memo.rememberedAt(end, MEMORY)) {
              assertThat(found(store, id)).contains(memo);
              assertThat(found(restored, id)).contains(memo);
            }
          });
      sweepAll(restored, end.plus(MEMORY).plus(MEMORY));
      model.forEach(
          (id, memo) ->
              assertThat(found(restored, id).isPresent()).isEqualTo(memo.source() == Source.GRANT));
    }
  }

  @Test
  void what_was_there_before_is_not_new() {
    // given
    for (int i = 0; i < 700_000; i++) {
      keep(ids, usage("event-" + i, i, START));
    }
    ids.flushCache();
    ids.commit(Map.of());

    // when
    ids.opened(directory.resolve("task"));
    ids.usedBy(CommittingStores.scope());
    boolean found = ids.memo(idKey("event-699999")) != null;
    boolean foundOther = ids.memo(idKey("event-700000")) != null;
    keep(ids, usage("event-699999", 7, START));
    keep(ids, usage("event-700000", 8, START));

    // then
    assertThat(found).isTrue();
    assertThat(foundOther).isFalse();
    for (int i = 0; i < 700_000; i += 7) {
      assertThat(ids.memo(idKey("event-" + i))).isNotNull();
    }
    assertThat(found(ids, "event-699999")).contains(usage("event-699999", 7, START));
    assertThat(found(ids, "event-700000")).contains(usage("event-700000", 8, START));
    assertThat(ids.memo(idKey("event-700001"))).isNull();
  }

  private static void sweepAll(IdStore store, Instant now) {
    store.sweep(now, MEMORY);
    store.flushCache();
  }

  private IdStore restored() {
    return restored(stores);
  }

  private IdStore restored(CommittingStores from) {
    CommittingStores to = new CommittingStores(directory.resolve("restored-" + restored++));
    IdStore store = opened(to);
    to.restoreFrom(from);
    store.usedBy(CommittingStores.scope());
    return store;
  }

  private static IdStore open(CommittingStores stores) {
    return used(opened(stores));
  }

  private static IdStore used(IdStore store) {
    store.usedBy(CommittingStores.scope());
    return store;
  }

  private static IdStore opened(CommittingStores stores) {
    return opened(stores, CommittingStores.memory());
  }

  private static IdStore opened(CommittingStores stores, KeyValueStore<Bytes, byte[]> disk) {
    WriteBehindStore segments = new WriteBehindStore(disk);
    IdStore store = new IdStore(new IdIndex(disk), segments, stores.logged(segments));
    return stores.open(store);
  }

  private static void keep(IdStore store, Memo memo) {
    store.keep(idKey(memo.id().value()), MemoCodec.write(memo), memo.recordedAt().toEpochMilli());
  }

  private static Optional<Memo> found(IdStore store, String id) {
    return Optional.ofNullable(store.get(key(id)))
        .map(bytes -> MemoCodec.read(new EventId(id), bytes));
  }

  private static IdKey idKey(String id) {
    return IdKey.of(CUSTOMER, new EventId(id));
  }

  private static Bytes key(String id) {
    return Bytes.wrap(StoreKeys.event(CUSTOMER, new EventId(id)));
  }

  private static Memo usage(String id, long sequence, Instant at) {
    return memo(id, sequence, Source.USAGE, at);
  }

  private static Memo grant(String id, long sequence, Instant at) {
    return memo(id, sequence, Source.GRANT, at);
  }

  private static Memo memo(String id, long sequence, Source source, Instant at) {
    return new Memo(new EventId(id), 42, sequence, source, at, Fate.NONE, Optional.empty());
  }
}
