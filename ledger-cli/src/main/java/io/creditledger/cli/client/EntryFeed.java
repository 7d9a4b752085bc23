package io.creditledger.cli.client;

import io.creditledger.cli.CommandFailedException;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer's entries from one on, each once and in order, whatever becomes of the service in the
 * meantime: it goes on after the last entry it gave, and looks that the next one follows on it.
 */
final class EntryFeed {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CATCH_UP = Duration.ofSeconds(5);
  private static final Duration PAUSE_FIRST = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
  private static final int PAGE = 1000;

  private final LedgerClient ledger;
  private final CustomerArgument customer;
  private final Notice notice;
  private long after;

  /** Who is told that the service is away, and back. */
  @FunctionalInterface
  interface Notice {
    void say(String what);
  }

  private EntryFeed(LedgerClient ledger, CustomerArgument customer, Notice notice, long after) {
    this.ledger = ledger;
    this.customer = customer;
    this.notice = notice;
    this.after = after;
  }

  /**
   * All that comes after that entry.
   *
   * @throws CommandFailedException if some of it is no longer at hand
   */
  static EntryFeed since(
      LedgerClient ledger, CustomerArgument customer, Notice notice, long sequence)
      throws InterruptedException {
    EntryFeed feed = new EntryFeed(ledger, customer, notice, sequence);
    long last = feed.last();
    if (sequence > last) {
      throw CommandFailedException.failed(
          "error: the last entry of " + customer.id() + " is " + last + ", before " + sequence);
    }
    // A service that has just started may still be reading what it keeps at hand.
    if (last > sequence && feed.page(CATCH_UP).entries().isEmpty()) {
      throw feed.gap(last + 1);
    }
    return feed;
  }

  /** The latest so many that are at hand, and all that comes after them. */
  static EntryFeed latest(
      LedgerClient ledger, CustomerArgument customer, Notice notice, int count) {
    EntryFeed feed = new EntryFeed(ledger, customer, notice, 0);
    List<JournalPage.Entry> newestFirst =
        count == 0
            ? List.of()
            : JournalPage.of(ledger.get(feed.path("limit", count).toString())).entries();
    feed.after =
        newestFirst.isEmpty() ? feed.last() : unbroken(newestFirst).getLast().sequence() - 1;
    return feed;
  }

  /** The first of them, as far as each follows on the next. */
  private static List<JournalPage.Entry> unbroken(List<JournalPage.Entry> newestFirst) {
    List<JournalPage.Entry> run = new ArrayList<>();
    for (JournalPage.Entry entry : newestFirst) {
      if (!run.isEmpty() && entry.sequence() != run.getLast().sequence() - 1) {
        break;
      }
      run.add(entry);
    }
    return run;
  }

  /** The customer's last committed entry, zero if there is none. */
  private long last() {
    return ledger
        .get(customer.path("/balance?consistency=committed"))
        .orFail()
        .json()
        .path("sequence")
        .asLong();
  }

  /** The last entry that was given. */
  long given() {
    return after;
  }

  /**
   * The next entries; none if none came for a while.
   *
   * @throws CommandFailedException if some in between are no longer at hand, or the service refuses
   */
  List<JournalPage.Entry> next() throws InterruptedException {
    List<JournalPage.Entry> entries = page(PATIENCE).entries();
    for (JournalPage.Entry entry : entries) {
      if (entry.sequence() != after + 1) {
        throw gap(entry.sequence());
      }
      after = entry.sequence();
    }
    if (entries.isEmpty()) {
      Thread.sleep(PAUSE_FIRST); // A service that stops, or a gateway, does not wait as asked.
    }
    return entries;
  }

  private JournalPage page(Duration wait) throws InterruptedException {
    String path = path("limit", PAGE).with("after", Optional.of(after)).toString();
    Duration pause = PAUSE_FIRST;
    for (int failures = 0; ; failures++) {
      Optional<Answer> answer = ledger.poll(path, wait);
      if (answer.isPresent()) {
        if (failures > 0) {
          notice.say("The ledger answers again.");
        }
        return JournalPage.of(answer.get());
      }
      if (failures == 0) {
        notice.say(
            "The ledger does not answer; trying on after entry " + after + " until it does.");
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
  }

  private QueryString path(String name, int value) {
    return QueryString.on(customer.path("/entries")).with(name, Optional.of(value));
  }

  private CommandFailedException gap(long next) {
    return CommandFailedException.failed(
        "error: entries "
            + (after + 1)
            + " to "
            + (next - 1)
            + " of "
            + customer.id()
            + " are no longer at hand\nremedy: go on with --since "
            + (next - 1)
            + "; the journal's topic has them all");
  }
}
