package io.creditledger.core.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds where two values of the domain differ first, component by component, so that a difference
 * deep inside an account is named by its path and not by two long texts.
 */
final class Differences {

  private Differences() {}

  static Optional<Divergence> first(Object recorded, Object derived) {
    return Objects.equals(recorded, derived)
        ? Optional.empty()
        : Optional.of(within("", recorded, derived));
  }

  private static Divergence within(String path, Object recorded, Object derived) {
    if (recorded instanceof Optional<?> one && derived instanceof Optional<?> other) {
      return one.isPresent() && other.isPresent()
          ? within(path, one.get(), other.get())
          : plain(path, one.map(Object::toString), other.map(Object::toString));
    }
    if (recorded instanceof List<?> one && derived instanceof List<?> other) {
      return inLists(path, one, other);
    }
    if (recorded instanceof Map<?, ?> one && derived instanceof Map<?, ?> other) {
      return inMaps(path, one, other);
    }
    if (recorded instanceof Record
        && recorded.getClass() == derived.getClass()
        && Modifier.isPublic(recorded.getClass().getModifiers())) {
      return inRecords(path, recorded, derived);
    }
    return new Divergence(path, recorded.toString(), derived.toString());
  }

  /** A record of one component is a value, such as an id or an amount: it is told whole. */
  private static Divergence inRecords(String path, Object recorded, Object derived) {
    RecordComponent[] components = recorded.getClass().getRecordComponents();
    if (components.length > 1) {
      for (RecordComponent component : components) {
        Object one = valueOf(component, recorded);
        Object other = valueOf(component, derived);
        if (!Objects.equals(one, other)) {
          String inner = path.isEmpty() ? component.getName() : path + "." + component.getName();
          return within(inner, one, other);
        }
      }
    }
    return new Divergence(path, recorded.toString(), derived.toString());
  }

  private static Divergence inLists(String path, List<?> recorded, List<?> derived) {
    for (int i = 0; i < Math.min(recorded.size(), derived.size()); i++) {
      if (!recorded.get(i).equals(derived.get(i))) {
        return within(path + "[" + i + "]", recorded.get(i), derived.get(i));
      }
    }
    int at = Math.min(recorded.size(), derived.size());
    return plain(path + "[" + at + "]", element(recorded, at), element(derived, at));
  }

  private static Divergence inMaps(String path, Map<?, ?> recorded, Map<?, ?> derived) {
    for (Object key : derived.keySet()) {
      if (!derived.get(key).equals(recorded.get(key))) {
        return plain(
            path + "." + key,
            Optional.ofNullable(recorded.get(key)).map(Object::toString),
            Optional.of(derived.get(key).toString()));
      }
    }
    for (Object key : recorded.keySet()) {
      if (!derived.containsKey(key)) {
        return plain(path + "." + key, Optional.of(recorded.get(key).toString()), Optional.empty());
      }
    }
    return new Divergence(path, recorded.toString(), derived.toString());
  }

  private static Optional<String> element(List<?> list, int index) {
    return index < list.size() ? Optional.of(list.get(index).toString()) : Optional.empty();
  }

  private static Divergence plain(
      String path, Optional<String> recorded, Optional<String> derived) {
    return new Divergence(path, recorded.orElse("absent"), derived.orElse("absent"));
  }

  private static Object valueOf(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's component cannot be read: " + component, e);
    }
  }
}
