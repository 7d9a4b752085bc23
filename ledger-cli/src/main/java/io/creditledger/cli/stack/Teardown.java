package io.creditledger.cli.stack;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed, in the reverse of the order in which it was opened. */
final class Teardown implements AutoCloseable {

  private final Deque<Runnable> steps = new ArrayDeque<>();

  /** Takes a resource with how to close it, and gives it back. */
  <T> T add(T resource, Runnable close) {
    steps.push(close);
    return resource;
  }

  /** Closes everything, also when closing some of it fails; a second call does nothing. */
  @Override
  public void close() {
    RuntimeException first = new IllegalStateException("not everything could be stopped");
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException e) {
        first.addSuppressed(e);
      }
    }
    if (first.getSuppressed().length > 0) {
      throw first;
    }
  }
}
