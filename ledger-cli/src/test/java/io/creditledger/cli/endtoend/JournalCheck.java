package io.creditledger.cli.endtoend;

import io.creditledger.core.account.Account;
import io.creditledger.core.entry.LedgerEntry;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.wire.EntryJson;
import io.creditledger.core.wire.OutcomeJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a journal against what was sent, whoever sent it how often and whatever died meanwhile.
 * Entries and refusals are added in the order of their partitions; {@link #violations} tells what
 * does not hold of:
 *
 * <ul>
 *   <li>every acknowledged event is exactly one entry, its other deliveries are duplicates;
 *   <li>nothing is in the journal that was not sent, and every entry says what was sent;
 *   <li>each customer's sequence and chain of hashes are unbroken;
 *   <li>of each grant, granted = left + consumed, and no more is left than was there;
 *   <li>what is left of each grant is what the events sent leave, burned by priority;
 *   <li>the entries applied one after the other give the same account.
 * </ul>
 */
final class JournalCheck {

  private final Map<String, Sent> sent = new HashMap<>();
  private final Map<String, Counts> counts = new HashMap<>();
  private final Map<String, Books> books = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();

  private static final class Counts {
    private int entries;
    private int duplicates;
  }

  JournalCheck(Collection<Sent> events) {
    for (Sent event : events) {
      if (sent.put(event.toString(), event) != null) {
        throw new IllegalArgumentException("the test itself sends two events as " + event);
      }
    }
  }

  void entry(byte[] bytes) {
    LedgerEntry entry = EntryJson.read(bytes);
    String customer = entry.header().customer().value();
    String event = customer + "/" + entry.header().id().value();
    counts(event).entries++;
    Sent cause = sent.get(event);
    if (cause == null) {
      violations.add(event + " is in the journal and was never sent");
      return;
    }
    books(customer).add(cause, entry, bytes);
  }

  void refusal(byte[] bytes) {
    OutcomeJson.Parsed outcome = OutcomeJson.read(bytes);
    String event =
        outcome.customer().map(CustomerId::value).orElse("")
            + "/"
            + outcome.id().map(Object::toString).orElse("");
    switch (outcome.kind()) {
      case DUPLICATE -> counts(event).duplicates++;
      case REJECTION ->
          violations.add(event + " was refused: " + outcome.code().orElse("without a code"));
    }
  }

  /** What does not hold, in sentences. To be called once, when everything was added. */
  List<String> violations() {
    sent.forEach(
        (name, event) -> {
          Counts found = counts.getOrDefault(name, new Counts());
          checkCounts(event, found);
          if (found.entries > 0) {
            books(event.customer()).expect(event);
          }
        });
    counts.keySet().stream()
        .filter(event -> !sent.containsKey(event))
        .filter(event -> counts.get(event).entries == 0)
        .forEach(event -> violations.add(event + " is a duplicate and was never sent"));
    books.values().forEach(Books::finish);
    return violations;
  }

  private void checkCounts(Sent event, Counts found) {
    boolean wanted = event.acknowledgements() > 0;
    if (found.entries > 1 || (wanted && found.entries == 0)) {
      violations.add(
          event
              + " was acknowledged "
              + event.acknowledgements()
              + " times and is "
              + found.entries
              + " entries");
    }
    int deliveries = found.entries + found.duplicates;
    if (deliveries < event.acknowledgements() || deliveries > event.attempts()) {
      violations.add(
          event
              + " was sent "
              + event.attempts()
              + " times, acknowledged "
              + event.acknowledgements()
              + " times, and has "
              + deliveries
              + " outcomes");
    }
  }

  private Counts counts(String event) {
    return counts.computeIfAbsent(event, none -> new Counts());
  }

  private Books books(String customer) {
    return books.computeIfAbsent(customer, one -> new Books(one, violations));
  }

  /** What the entries add up to, by customer. */
  Map<String, Books> books() {
    return books;
  }

  /** The account that the entries make, applied one after the other. */
  Account replayed(String customer) {
    return books(customer).replayed();
  }
}
