package io.creditledger.core.grant;

import java.util.ArrayList;
import java.util.List;

/**
 * A list being gathered, in order. Most often one grant pays for a usage, so that the list has one
 * element; then it takes no room to grow in.
 */
public final class Gathered<T> {

  private List<T> elements = List.of();

  /** Adds one. */
  public void add(T element) {
    if (elements.isEmpty()) {
      elements = List.of(element);
      return;
    }
    if (elements.size() == 1) {
      elements = new ArrayList<>(elements);
    }
    elements.add(element);
  }

  /** What was added by now, as a list that cannot be changed. */
  public List<T> list() {
    return List.copyOf(elements);
  }
}
