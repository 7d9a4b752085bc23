package io.creditledger.core.id;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Texts by name that come from callers, such as the properties of a usage: a map that cannot be
 * changed and stands in the order of its names, by UTF-16 units. It equals any map with the same
 * entries.
 *
 * <p>There are few of them, so they are found by looking at each; and whoever digests or writes
 * them in order, as each event does several times, finds them sorted.
 */
public final class Texts extends AbstractMap<String, String> {

  /** No texts. */
  public static final Texts NONE = new Texts(new String[0]);

  /** Each name with its text behind it. */
  private final String[] pairs;

  private Texts(String[] sortedPairs) {
    this.pairs = sortedPairs;
  }

  /**
   * The same texts, or the map itself if it is of this kind.
   *
   * @throws NullPointerException if a name or a text is null
   */
  public static Texts copyOf(Map<String, String> map) {
    if (map instanceof Texts texts) {
      return texts;
    }
    String[] pairs = new String[2 * map.size()];
    int i = 0;
    for (Map.Entry<String, String> entry : map.entrySet()) {
      pairs[i++] = entry.getKey();
      pairs[i++] = entry.getValue();
    }
    return ofPairs(pairs);
  }

  /**
   * The texts of these pairs: a name, its text, the next name, its text.
   *
   * @throws NullPointerException if a name or a text is null
   * @throws IllegalArgumentException if a name has no text or stands twice
   */
  public static Texts ofPairs(String... pairs) {
    if (pairs.length == 0) {
      return NONE;
    }
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException("a name has no text: " + pairs[pairs.length - 1]);
    }
    String[] sorted = Arrays.copyOf(pairs, pairs.length);
    for (int i = 0; i < sorted.length; i += 2) {
      insert(sorted, i, sorted[i], Objects.requireNonNull(sorted[i + 1], sorted[i]));
    }
    return new Texts(sorted);
  }

  /** Puts a pair in its place among those before it, which are sorted. */
  private static void insert(String[] pairs, int from, String name, String text) {
    int at = from;
    while (at > 0) {
      int order = pairs[at - 2].compareTo(name);
      if (order == 0) {
        throw new IllegalArgumentException("a name stands twice: " + name);
      }
      if (order < 0) {
        break;
      }
      pairs[at] = pairs[at - 2];
      pairs[at + 1] = pairs[at - 1];
      at -= 2;
    }
    pairs[at] = Objects.requireNonNull(name, "name");
    pairs[at + 1] = text;
  }

  /** The name at that place, from 0. */
  public String name(int place) {
    return pairs[2 * place];
  }

  /** The text at that place, from 0. */
  public String text(int place) {
    return pairs[2 * place + 1];
  }

  @Override
  public int size() {
    return pairs.length / 2;
  }

  @Override
  public String get(Object name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return Texts.this.size();
      }

      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return new Pairs();
      }
    };
  }

  private final class Pairs implements Iterator<Map.Entry<String, String>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size();
    }

    @Override
    public Map.Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return Map.entry(name(next), text(next++));
    }
  }
}
