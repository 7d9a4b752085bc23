package io.creditledger.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindStoreTest {

  @TempDir Path directory;

  private KeyValueStore<Bytes, byte[]> disk;
  private WriteBehindStore store;

  @BeforeEach
  void open() {
    disk = Stores.persistentKeyValueStore("store").get();
    store = new WriteBehindStore(disk);
    store.init(context(directory.toFile()).getStateStoreContext(), store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_was_put_is_found_before_it_is_on_disk() {
    // when
    store.put(key("a"), value("1"));

    // then
    assertThat(disk.get(key("a"))).isNull();
    assertThat(store.get(key("a"))).isEqualTo(value("1"));
  }

  @Test
  void a_commit_of_the_store_writes_everything_down() {
    // given
    store.put(key("a"), value("1"));
    store.put(key("b"), value("2"));
    store.put(key("a"), value("3"));
    store.delete(key("b"));

    // when
    store.commit(Map.of());

    // then
    assertThat(disk.get(key("a"))).isEqualTo(value("3"));
    assertThat(disk.get(key("b"))).isNull();
    assertThat(store.get(key("a"))).isEqualTo(value("3"));
    assertThat(store.get(key("b"))).isNull();
  }

  @Test
  void a_delete_hides_what_is_on_disk() {
    // given
    store.put(key("a"), value("1"));
    store.commit(Map.of());

    // when
    byte[] deleted = store.delete(key("a"));

    // then
    assertThat(deleted).isEqualTo(value("1"));
    assertThat(store.get(key("a"))).isNull();
    assertThat(store.putIfAbsent(key("a"), value("2"))).isNull();
    assertThat(store.get(key("a"))).isEqualTo(value("2"));
  }

  @Test
  void what_fills_its_room_goes_down_by_itself() {
    // when
    for (int i = 0; i < 10; i++) {
      store.put(key("k" + i), new byte[1 << 20]);
    }

    // then
    assertThat(disk.get(key("k0"))).hasSize(1 << 20);
    assertThat(store.get(key("k9"))).hasSize(1 << 20);
  }

  @Test
  void after_a_clean_close_everything_is_there_again() {
    // given
    store.put(key("a"), value("1"));

    // when
    store.commit(Map.of());
    store.close();
    open();

    // then
    assertThat(store.get(key("a"))).isEqualTo(value("1"));
  }

  @Test
  void it_behaves_like_a_sorted_map() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TreeMap<String, String> model = new TreeMap<>();
      read(store.all()).keySet().forEach(left -> store.delete(key(left)));
      for (int step = 0; step < 300; step++) {
        String name = "k" + random.nextInt(30);
        switch (random.nextInt(6)) {
          case 0 -> {
            store.delete(key(name));
            model.remove(name);
          }
          case 1 -> store.commit(Map.of());
          case 2 -> {
            String to = "k" + random.nextInt(30);
            if (name.compareTo(to) <= 0) {
              assertThat(read(store.range(key(name), key(to))))
                  .as("seed %d", seed)
                  .isEqualTo(model.subMap(name, true, to, true));
            }
          }
          default -> {
            store.put(key(name), value("" + step));
            model.put(name, "" + step);
          }
        }
        byte[] found = store.get(key(name));
        assertThat(found == null ? null : new String(found, StandardCharsets.UTF_8))
            .as("seed %d", seed)
            .isEqualTo(model.get(name));
      }
      assertThat(read(store.all())).as("seed %d", seed).isEqualTo(model);
    }
  }

  @Test
  void a_reader_on_another_thread_never_misses_what_was_put() throws InterruptedException {
    // given
    store.put(key("a"), value("0"));
    List<String> missed = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              for (int last = 0; last < 3_000; ) {
                byte[] found = store.get(key("a"));
                int now =
                    found == null
                        ? -1
                        : Integer.parseInt(new String(found, StandardCharsets.UTF_8));
                if (now < last) {
                  missed.add(now + " after " + last);
                  return;
                }
                last = now;
              }
            });

    // when
    reader.start();
    for (int i = 1; i <= 3_000; i++) {
      store.put(key("a"), value("" + i));
      if (i % 3 == 0) {
        store.commit(Map.of());
      }
    }
    reader.join();

    // then
    assertThat(missed).isEmpty();
  }

  @Test
  void an_empty_value_is_refused_because_it_would_mean_none() {
    assertThatIllegalArgumentException().isThrownBy(() -> store.put(key("a"), new byte[0]));
  }

  private static Map<String, String> read(KeyValueIterator<Bytes, byte[]> entries) {
    Map<String, String> read = new HashMap<>();
    try (entries) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> next = entries.next();
        read.put(
            new String(next.key.get(), StandardCharsets.UTF_8),
            new String(next.value, StandardCharsets.UTF_8));
      }
    }
    return read;
  }

  private static Bytes key(String text) {
    return Bytes.wrap(value(text));
  }

  private static byte[] value(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MockProcessorContext<byte[], byte[]> context(File directory) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    return new MockProcessorContext<>(properties, new TaskId(0, 0), directory);
  }
}
