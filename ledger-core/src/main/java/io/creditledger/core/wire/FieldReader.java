package io.creditledger.core.wire;

import io.creditledger.core.account.Reason;
import io.creditledger.core.money.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes typed fields out of a JSON object. A field with null is taken as absent. Whatever is not as
 * asked for ends the reading with a {@link RefusedException} that names the field by its path.
 */
final class FieldReader {

  private final Json.Members members;
  private final String prefix;
  private final Bounds bounds;

  FieldReader(Json.Members members, Bounds bounds) {
    this(members, "", bounds);
  }

  private FieldReader(Json.Members members, String prefix, Bounds bounds) {
    this.members = members;
    this.prefix = prefix;
    this.bounds = bounds;
  }

  /** Refuses the first of these fields that is absent. */
  void require(String... names) {
    for (String name : names) {
      if (!has(name)) {
        throw missing(name);
      }
    }
  }

  boolean has(String name) {
    return !members.get(name).isNothing();
  }

  /** Whether the field stands there with null. */
  boolean isNull(String name) {
    return members.contains(name) && !has(name);
  }

  /** A text of the caller's: bounded, and such as any database stores. */
  Optional<String> text(String name) {
    Json value = members.get(name);
    if (value.isNothing()) {
      return Optional.empty();
    }
    return Optional.of(checked(name, string(name, value), bounds.textCharsMax()));
  }

  /** A string that is parsed; a failed parse's message continues the field's name. */
  <T> Optional<T> parsed(String name, Function<String, T> parse) {
    Json value = members.get(name);
    return value.isNothing()
        ? Optional.empty()
        : Optional.of(apply(name, string(name, value), parse));
  }

  <T> T required(String name, Function<String, T> parse) {
    return parsed(name, parse).orElseThrow(() -> missing(name));
  }

  /** An exact number: a string, or a JSON number by its digits. */
  <T> Optional<T> decimal(String name, Function<String, T> parse) {
    return switch (members.get(name)) {
      case Json.Nothing nothing -> Optional.empty();
      case Json.Text text -> Optional.of(apply(name, text.value(), parse));
      case Json.Numeral number -> Optional.of(apply(name, number.digits(), parse));
      case Json.Flag flag -> throw invalid(name, "is not a number or a string: " + flag.value());
      case Json.Items items -> throw invalid(name, "is an array, not a number or a string");
      case Json.Members object -> throw invalid(name, "is an object, not a number or a string");
    };
  }

  Optional<Credits> credits(String name) {
    return decimal(name, Credits::parse);
  }

  Credits requiredCredits(String name) {
    return credits(name).orElseThrow(() -> missing(name));
  }

  OptionalLong integer(String name) {
    Optional<Long> number = decimal(name, Parse::integer);
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  long requiredInteger(String name) {
    return integer(name).orElseThrow(() -> missing(name));
  }

  Optional<Instant> time(String name) {
    return parsed(
        name,
        text -> {
          Instant time = Times.parse(text);
          if (time.isBefore(bounds.earliest()) || time.isAfter(bounds.latest())) {
            throw new IllegalArgumentException("is not from the years 1970 to 9999");
          }
          return time;
        });
  }

  Instant requiredTime(String name) {
    return time(name).orElseThrow(() -> missing(name));
  }

  Optional<Boolean> flag(String name) {
    return switch (members.get(name)) {
      case Json.Nothing nothing -> Optional.empty();
      case Json.Flag flag -> Optional.of(flag.value());
      case Json.Text text -> throw notFlag(name, Excerpt.quoted(text.value()));
      case Json.Numeral number -> throw notFlag(name, Excerpt.unquoted(number.digits()));
      case Json.Items items -> throw notFlag(name, "an array");
      case Json.Members object -> throw notFlag(name, "an object");
    };
  }

  private RefusedException notFlag(String name, String what) {
    return invalid(name, "is not true or false: " + what);
  }

  /** An object's fields. */
  Optional<FieldReader> object(String name) {
    return object(name, prefix + name, members.get(name));
  }

  FieldReader requiredObject(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  private Optional<FieldReader> object(String name, String path, Json value) {
    return switch (value) {
      case Json.Nothing nothing -> Optional.empty();
      case Json.Members object -> Optional.of(new FieldReader(object, path + ".", bounds));
      case Json.Text text -> throw notObject(name, Excerpt.quoted(text.value()));
      case Json.Numeral number -> throw notObject(name, Excerpt.unquoted(number.digits()));
      case Json.Flag flag -> throw notObject(name, String.valueOf(flag.value()));
      case Json.Items items -> throw notObject(name, "an array");
    };
  }

  private RefusedException notObject(String name, String what) {
    return invalid(name, "is not an object: " + what);
  }

  /**
   * An object whose members are objects or null, each read, by their parsed names; an absent one is
   * empty.
   */
  <K, V> Map<K, V> objectsByName(
      String name, Function<String, K> parse, Function<Optional<FieldReader>, V> read) {
    Map<K, V> map = new HashMap<>();
    object(name)
        .ifPresent(
            all -> {
              all.checkSize(all.members.size());
              for (int i = 0; i < all.members.size(); i++) {
                String key = all.members.name(i);
                Optional<FieldReader> one = all.object(key);
                map.put(all.apply(Excerpt.unquoted(key), key, parse), read.apply(one));
              }
            });
    return map;
  }

  /** An array of strings, each parsed; an absent one is empty. */
  <T> List<T> texts(String name, Function<String, T> parse) {
    List<Json> items = items(name);
    List<T> parsed = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String element = name + "[" + i + "]";
      parsed.add(apply(element, string(element, items.get(i)), parse));
    }
    return parsed;
  }

  /** An array of objects, each read; an absent one is empty. */
  <T> List<T> objects(String name, Function<FieldReader, T> read) {
    List<Json> items = items(name);
    List<T> all = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String element = name + "[" + i + "]";
      all.add(
          read.apply(
              object(element, prefix + element, items.get(i))
                  .orElseThrow(() -> notObject(element, "null"))));
    }
    return all;
  }

  private List<Json> items(String name) {
    return switch (members.get(name)) {
      case Json.Nothing nothing -> List.of();
      case Json.Items array -> array.items();
      case Json.Text text -> throw notArray(name, Excerpt.quoted(text.value()));
      case Json.Numeral number -> throw notArray(name, Excerpt.unquoted(number.digits()));
      case Json.Flag flag -> throw notArray(name, String.valueOf(flag.value()));
      case Json.Members object -> throw notArray(name, "an object");
    };
  }

  private RefusedException notArray(String name, String what) {
    return invalid(name, "is not an array: " + what);
  }

  /** Strings by name; numbers and truth values are kept as their text, nulls are left out. */
  Map<String, String> map(String name) {
    Optional<FieldReader> object = object(name);
    return object.isEmpty() ? Map.of() : object.get().asMap();
  }

  private Map<String, String> asMap() {
    checkSize(members.size());
    Map<String, String> map = HashMap.newHashMap(members.size());
    for (int i = 0; i < members.size(); i++) {
      String key = members.name(i);
      Json value = members.value(i);
      if (value instanceof Json.Items || value instanceof Json.Members) {
        throw invalid(key, "is not a string, a number or a truth value");
      }
      putScalar(map, key, value);
    }
    return map;
  }

  /** This object's strings, numbers and truth values by name; all else is left out. */
  Map<String, String> scalarsExcept(String... names) {
    Set<String> left = Set.of(names);
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      if (!left.contains(members.name(i))) {
        putScalar(map, members.name(i), members.value(i));
        checkSize(map.size());
      }
    }
    return map;
  }

  private void checkSize(int size) {
    if (size > bounds.entriesMax()) {
      throw new RefusedException(
          Reason.FIELD_INVALID,
          path(),
          path() + " has more than " + bounds.entriesMax() + " entries");
    }
  }

  private void putScalar(Map<String, String> map, String key, Json value) {
    switch (value) {
      case Json.Text text -> map.put(checkedKey(key), checkedValue(key, text.value()));
      case Json.Numeral number -> map.put(checkedKey(key), checkedValue(key, number.digits()));
      case Json.Flag flag -> map.put(checkedKey(key), String.valueOf(flag.value()));
      case Json.Nothing nothing -> {}
      case Json.Items items -> {}
      case Json.Members object -> {}
    }
  }

  private String checkedKey(String key) {
    if (key.isEmpty()) {
      throw new RefusedException(Reason.FIELD_INVALID, path(), path() + " has an empty key");
    }
    return checked(key, key, bounds.keyCharsMax());
  }

  private String checkedValue(String key, String value) {
    return checked(key, value, bounds.valueCharsMax());
  }

  private String checked(String name, String text, int charsMax) {
    if (text.length() > charsMax) {
      throw invalid(name, "is longer than " + charsMax + " characters: " + Excerpt.quoted(text));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw invalid(name, "holds a zero character at index " + i);
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw invalid(name, "holds an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
    return text;
  }

  private String string(String name, Json value) {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Numeral number ->
          throw invalid(name, "is not a string: " + Excerpt.unquoted(number.digits()));
      case Json.Flag flag -> throw invalid(name, "is not a string: " + flag.value());
      case Json.Nothing nothing -> throw invalid(name, "is not a string: null");
      case Json.Items items -> throw invalid(name, "is not a string: an array");
      case Json.Members object -> throw invalid(name, "is not a string: an object");
    };
  }

  private <T> T apply(String name, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw message.startsWith("\"")
          ? new RefusedException(
              Reason.FIELD_INVALID, prefix + name, prefix + name + ": " + message)
          : invalid(name, message + ": " + Excerpt.quoted(text));
    }
  }

  /** A refusal of this field; the message continues the field's path. */
  RefusedException invalid(String name, String message) {
    String path = prefix + Excerpt.unquoted(name);
    return new RefusedException(Reason.FIELD_INVALID, path, path + " " + message);
  }

  /**
   * A value made of fields already read, whose constructor judges how they fit together.
   *
   * @param field the one that stands for the whole
   */
  <T> T made(String field, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Reason.FIELD_INVALID, prefix + field, e.getMessage());
    }
  }

  RefusedException missing(String name) {
    return missing(name, prefix + name + " is missing");
  }

  RefusedException missing(String name, String detail) {
    return new RefusedException(Reason.FIELD_MISSING, prefix + name, detail);
  }

  private String path() {
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
  }
}
