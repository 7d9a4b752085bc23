package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows a customer's journal. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows a customer's entries as they come, each once and in order, until Ctrl-C.",
      "It goes on when the service is back from a restart. With --json each line is an entry as it"
          + " stands in the journal."
    })
public final class WatchCommand implements Callable<Integer> {

  private static final int LAST_DEFAULT = 10;
  private static final int LAST_MAX = 1000;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @ArgGroup private Start start = new Start();

  /** Where it begins. */
  private static final class Start {
    @Option(
        names = "--last",
        paramLabel = "N",
        description = "Begin with the latest so many, 0 to 1000; default 10.")
    private Optional<Integer> last = Optional.empty();

    @Option(
        names = "--since",
        paramLabel = "ENTRY",
        description = "Begin after this entry; 0 for the first.")
    private Optional<Long> since = Optional.empty();
  }

  @Option(names = "--count", paramLabel = "N", description = "End after so many entries.")
  private Optional<Long> count = Optional.empty();

  @Override
  public Integer call() throws Exception {
    int last = start.last.orElse(LAST_DEFAULT);
    if (last < 0 || last > LAST_MAX) {
      throw ledger.misused("--last is not a number from 0 to " + LAST_MAX + ": " + last);
    }
    return StopSignal.during(STOP_LIMIT, () -> {}, () -> watch(last));
  }

  private int watch(int last) throws InterruptedException {
    try (LedgerClient client = ledger.client(System.getenv())) {
      EntryFeed feed =
          start.since.isPresent()
              ? EntryFeed.since(client, customer, this::say, start.since.get())
              : EntryFeed.latest(client, customer, this::say, last);
      try {
        follow(feed);
      } catch (InterruptedException toldToStop) {
        say("Stopped; go on with --since " + feed.given() + ".");
      }
    }
    return ExitStatus.OK;
  }

  private void follow(EntryFeed feed) throws InterruptedException {
    long left = count.orElse(Long.MAX_VALUE);
    while (left > 0 && !nobodyReads()) {
      List<JournalPage.Entry> entries = feed.next();
      for (JournalPage.Entry entry : entries.subList(0, (int) Math.min(left, entries.size()))) {
        ledger.out().println(ledger.json() ? entry.text() : line(entry));
        left--;
      }
      ledger.out().flush();
    }
  }

  /** A pipe whose reader has gone makes no noise: it has to be looked after. */
  private boolean nobodyReads() {
    return ledger.out().checkError() || System.out.checkError();
  }

  private static String line(JournalPage.Entry entry) {
    JsonNode json = entry.json();
    String moved = EntryText.moved(json);
    String available = EntryText.available(json);
    String alerts = EntryText.alerts(json);
    return String.format(
        Locale.ROOT,
        "%6d  %s  %s%s%s%s",
        entry.sequence(),
        Instants.shown(json.path("recorded_at").asText()),
        EntryText.deed(json),
        moved.isEmpty() ? "" : " (" + moved + ")",
        available.isEmpty() ? "" : ", available " + available,
        alerts.isEmpty() ? "" : "; told: " + alerts);
  }

  private void say(String what) {
    ledger.err().println(what);
    ledger.err().flush();
  }
}
