package io.creditledger.core.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void they_are_the_map_in_the_order_of_its_names() {
    for (long seed = 0; seed < 2_000; seed++) {
      // given
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, String> map = new HashMap<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        map.put("n" + random.nextInt(20), "t" + random.nextInt(3));
      }

      // when
      Texts texts = Texts.copyOf(map);

      // then
      assertThat(texts).as("seed %d", seed).isEqualTo(map).hasSameHashCodeAs(map);
      assertThat(map).as("seed %d", seed).isEqualTo(texts);
      assertThat(texts.entrySet()).containsExactlyElementsOf(new TreeMap<>(map).entrySet());
      assertThat(texts).hasToString(new TreeMap<>(map).toString());
      for (int i = 0; i < texts.size(); i++) {
        assertThat(texts.get(texts.name(i))).isEqualTo(texts.text(i));
        assertThat(map).containsEntry(texts.name(i), texts.text(i));
      }
      assertThat(texts.containsKey("none")).isFalse();
    }
  }

  @Test
  void a_copy_of_texts_is_themselves() {
    Texts texts = Texts.ofPairs("b", "1", "a", "2");

    assertThat(Texts.copyOf(texts)).isSameAs(texts);
    assertThat(texts).isEqualTo(Map.of("a", "2", "b", "1"));
  }

  @Test
  void they_cannot_be_changed() {
    String[] pairs = {"a", "1"};
    Texts texts = Texts.ofPairs(pairs);

    pairs[1] = "2";

    assertThat(texts).containsEntry("a", "1");
    assertThatThrownBy(() -> texts.put("b", "1")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(texts::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_name_stands_once_and_has_a_text() {
    assertThatThrownBy(() -> Texts.ofPairs("a", "1", "b", "2", "a", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name stands twice: a");
    assertThatThrownBy(() -> Texts.ofPairs("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name has no text: a");
    assertThatThrownBy(() -> Texts.ofPairs("a", null)).isInstanceOf(NullPointerException.class);
  }
}
