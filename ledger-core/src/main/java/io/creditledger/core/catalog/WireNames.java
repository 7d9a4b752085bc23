package io.creditledger.core.catalog;

import java.util.Optional;
import java.util.function.Function;

/** Finds a constant by the name it has on the wire. */
final class WireNames {

  private WireNames() {}

  static <E> Optional<E> find(E[] constants, Function<E, String> nameOf, String wireName) {
    for (E constant : constants) {
      if (nameOf.apply(constant).equals(wireName)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
