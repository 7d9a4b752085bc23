package io.creditledger.stripe.webhook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Deals with events as another handler does, and lets watchers take note of them. */
public final class Watched implements EventHandler {

  private final EventHandler handler;
  private final List<EventWatcher> watchers;

  private Watched(EventHandler handler, List<EventWatcher> watchers) {
    this.handler = handler;
    this.watchers = watchers;
  }

  /** These handlers, watched; and one more for the types that only watchers know. */
  public static List<EventHandler> by(List<EventWatcher> watchers, List<EventHandler> handlers) {
    Set<String> rest = new HashSet<>();
    watchers.forEach(watcher -> rest.addAll(watcher.types()));
    handlers.forEach(handler -> rest.removeAll(handler.types()));
    List<EventHandler> watched = new ArrayList<>();
    handlers.forEach(handler -> watched.add(new Watched(handler, watchers)));
    watched.add(new Watched(new Noting(Set.copyOf(rest)), watchers));
    return watched;
  }

  /** Does nothing by itself. */
  private record Noting(Set<String> types) implements EventHandler {
    @Override
    public Handled handle(Handle transaction, StripeEvent event) {
      return new Handled.Done("noted");
    }
  }

  @Override
  public Set<String> types() {
    return handler.types();
  }

  @Override
  public Handled handle(Handle transaction, StripeEvent event) throws InterruptedException {
    Handled handled = handler.handle(transaction, event);
    watchers.stream()
        .filter(watcher -> watcher.types().contains(event.type()))
        .forEach(watcher -> watcher.see(transaction, event));
    return handled;
  }
}
