package io.creditledger.core.wire;

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
  record Members(List<String> names, List<Json> values) implements Json {

    /** The value of that name; {@link Nothing} if there is none. */
    Json get(String name) {
      int index = names.indexOf(name);
      return index < 0 ? Nothing.NOTHING : values.get(index);
    }

    /** The string of that name, if it is one. */
    Optional<String> textOf(String name) {
      return get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Whether the name stands in the text, be it with null. */
    boolean contains(String name) {
      return names.contains(name);
    }
  }

  /** Whether there is no value. */
  default boolean isNothing() {
    return this instanceof Nothing;
  }
}
