package io.creditledger.core.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A JSON value as it stood in the text: numbers keep their digits and are not yet judged. */
sealed interface Json {

  /** A string. */
  record Text(String value) implements Json {}

  /** A number, by its text. */
  record Numeral(String digits) implements Json {}

  /** True or false. */
  record Flag(boolean value) implements Json {}

  /** JSON's null, and what is not there at all. */
  enum Nothing implements Json {
    /** The one value. */
    NOTHING
  }

  /** An array. */
  record Items(List<Json> items) implements Json {}

  /** An object: its members in the order of the text. No name stands twice. */
  final class Members implements Json {

    private static final int SIZE_USUAL = 12;

    private String[] names = new String[SIZE_USUAL];
    private Json[] values = new Json[SIZE_USUAL];
    private int size;

    /** Adds a member while the object is being read. */
    void add(String name, Json value) {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size] = value;
      size++;
    }

    int size() {
      return size;
    }

    String name(int index) {
      return names[index];
    }

    Json value(int index) {
      return values[index];
    }

    /** The value of that name; {@link Nothing} if there is none. */
    Json get(String name) {
      int index = indexOf(name);
      return index < 0 ? Nothing.NOTHING : values[index];
    }

    /** The string of that name, if it is one. */
    Optional<String> textOf(String name) {
      return get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Whether the name stands in the text, be it with null. */
    boolean contains(String name) {
      return indexOf(name) >= 0;
    }

    /** By hash first, which names keep: most lookups are for what is not there. */
    private int indexOf(String name) {
      int hash = name.hashCode();
      for (int i = 0; i < size; i++) {
        if (names[i].hashCode() == hash && names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** Whether there is no value. */
  default boolean isNothing() {
    return this instanceof Nothing;
  }
}
