package io.creditledger.streams.audit;

import io.creditledger.core.account.Account;
import io.creditledger.core.account.Conservation;
import io.creditledger.core.catalog.Catalog;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.replay.Books;
import io.creditledger.core.wire.OutcomeJson;
import io.creditledger.streams.topology.InputRecord;
import io.creditledger.streams.topology.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Proves one partition: judges every input anew, in the journal's order, and compares what comes of
 * it with what is recorded, byte for byte. That every input has one outcome, that a customer's
 * entries count without a gap, and that each carries the hash of the one before, follow from it,
 * for the derived entry says all of that.
 *
 * <p>After the first difference a customer's account is not what the journal says, so nothing more
 * of that customer is compared. Not for use by several threads, but for {@link #counts}.
 */
public final class PartitionAudit {

  private static final int FINDINGS_KEPT = 20;

  private final JournalReader reader;
  private final Books books;
  private final Supplier<CatalogHistory> catalogs;
  private final int partitions;
  private final AuditScope scope;
  private final Consumer<Account> witness;
  private final Set<String> diverged = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private long findingCount;
  private long entries;
  private long duplicates;
  private long rejections;
  private long derived;
  private long letGo;
  private long bytes;
  private volatile Counts counts = Counts.NONE;

  /**
   * An audit of what the reader gives.
   *
   * @param books as they were where the reader begins
   * @param catalogs all that were ever in force
   * @param partitions of the input topics
   * @param witness is shown each account after each entry
   */
  public PartitionAudit(
      JournalReader reader,
      Books books,
      Supplier<CatalogHistory> catalogs,
      int partitions,
      AuditScope scope,
      Consumer<Account> witness) {
    this.reader = reader;
    this.books = books;
    this.catalogs = catalogs;
    this.partitions = partitions;
    this.scope = scope;
    this.witness = witness;
  }

  /** Goes on to the fence, or to where the scope ends. */
  public void run() {
    Optional<Step> next = reader.next();
    while (next.isPresent() && within(next.get())) {
      take(next.get());
      if (((entries + duplicates + rejections) & 0x3ff) == 0) {
        counts = counted();
      }
      next = reader.next();
    }
    counts = counted();
  }

  /** How much it has looked at by now; for any thread. */
  public Counts counts() {
    return counts;
  }

  /** What is wrong, the first twenty in the order they were found. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** How many things are wrong. */
  public long findingCount() {
    return findingCount;
  }

  /** How many decisions hold only where an id was let go that might be remembered. */
  public long letGo() {
    return letGo;
  }

  /** The accounts it has come to. */
  public Books books() {
    return books;
  }

  /** Whether the customer's account is as the journal says, as far as it was compared. */
  public boolean sound(String customer) {
    return !diverged.contains(customer);
  }

  private boolean within(Step step) {
    return switch (step) {
      case Step.Decided decided -> decided.outcome().recordedAt().isBefore(scope.to());
      case Step.Undecided undecided -> undecided.input().recordedAt().isBefore(scope.to());
      case Step.Unfounded unfounded -> unfounded.outcome().recordedAt().isBefore(scope.to());
      case Step.Damaged damaged -> true;
    };
  }

  private void take(Step step) {
    switch (step) {
      case Step.Decided decided -> compare(decided.outcome(), decided.input());
      case Step.Undecided undecided -> undecided(undecided.input(), undecided.before());
      case Step.Unfounded unfounded -> unfounded(unfounded.outcome());
      case Step.Damaged damaged ->
          find(
              Finding.of(
                  damaged.record(),
                  text(damaged.record().key()),
                  Instant.ofEpochMilli(damaged.record().timestamp()),
                  "the record cannot be read: " + damaged.detail()));
    }
  }

  private void compare(Written outcome, InputRecord input) {
    count(outcome, input);
    String customer = outcome.customer();
    if (diverged.contains(customer) || !scope.covers(customer)) {
      return;
    }
    try {
      if (outcome.recordedAt().isBefore(scope.from())) {
        if (outcome.kind() == Written.Kind.ENTRY) {
          witness.accept(books.account(books.fold(outcome.json()).header().customer()));
        }
      } else {
        derived++;
        Catalog catalog = catalog(outcome);
        Comparison.difference(outcome, input, books, catalog, partitions, this::accepted)
            .filter(what -> !holdsWithoutOldIds(outcome, input, catalog))
            .ifPresent(what -> find(outcome, what));
      }
    } catch (IllegalStateException broken) {
      find(outcome, broken.getMessage());
    }
  }

  /**
   * Whether the outcome follows where ids are gone that the service may have let go under another
   * catalog, before the one in force would.
   */
  private boolean holdsWithoutOldIds(Written outcome, InputRecord input, Catalog catalog) {
    LetGo left = new LetGo(books, input.recordedAt(), catalogs.get().idMemoryMin());
    boolean holds =
        Comparison.difference(outcome, input, left, catalog, partitions, this::accepted).isEmpty();
    letGo += holds ? 1 : 0;
    return holds;
  }

  private void accepted(Judgement.Accepted accepted) {
    Account next = accepted.next();
    books.record(next, accepted.applied());
    Conservation.violation(next)
        .ifPresent(
            violation -> {
              throw new IllegalStateException("credits are not conserved: " + violation);
            });
    witness.accept(next);
  }

  private Catalog catalog(Written outcome) {
    Catalog catalog =
        catalogs
            .get()
            .version(outcome.catalog())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "it was decided by catalog "
                            + outcome.catalog()
                            + ", which the catalog topic does not have or which cannot be read"));
    if (!catalog.version().equals(outcome.catalog())) {
      throw new IllegalStateException(
          "it was decided by catalog "
              + outcome.catalog()
              + ", and under that name the catalog topic has the content of "
              + catalog.version());
    }
    return catalog;
  }

  private void count(Written outcome, InputRecord input) {
    switch (outcome.kind()) {
      case ENTRY -> entries++;
      case REFUSAL -> {
        if (outcome.type().equals(Optional.of(OutcomeJson.Kind.DUPLICATE))) {
          duplicates++;
        } else {
          rejections++;
        }
      }
    }
    bytes += size(outcome.record().key()) + size(outcome.json());
    bytes += size(input.key()) + size(input.value());
  }

  private static int size(byte[] part) {
    return part == null ? 0 : part.length;
  }

  private void undecided(InputRecord input, Optional<Written> before) {
    String customer = text(input.key());
    String what = "input " + input.position() + " has no outcome";
    if (before.isEmpty()) {
      find(
          new Finding(
              input.position().source().topic(),
              input.position().partition(),
              input.position().offset(),
              customer,
              input.recordedAt(),
              "this input has no outcome, and the service says that it has read it"));
      diverged.add(customer);
      return;
    }
    Written instead = before.get();
    find(
        Finding.of(
            instead.record(),
            customer,
            input.recordedAt(),
            what
                + " where one belongs, before this "
                + (instead.kind() == Written.Kind.ENTRY
                    ? "entry, number " + instead.sequence() + " of " + instead.customer()
                    : "refusal")
                + ": an outcome was removed, or stands elsewhere"));
    diverged.add(customer);
  }

  private void unfounded(Written outcome) {
    String added =
        switch (outcome.kind()) {
          case ENTRY ->
              "entry "
                  + outcome.sequence()
                  + ", after entry "
                  + books.account(new CustomerId(outcome.customer())).sequence()
                  + ",";
          case REFUSAL -> "a refusal";
        };
    find(
        outcome,
        "it names the input "
            + outcome.position()
            + ", which had its outcome before or never was: "
            + added
            + " was added, doubled or moved");
  }

  private void find(Written outcome, String what) {
    find(Finding.of(outcome.record(), outcome.customer(), outcome.recordedAt(), what));
    if (!outcome.customer().isEmpty()) {
      diverged.add(outcome.customer());
    }
  }

  /** Keeps the first of what is wrong. */
  void find(Finding finding) {
    findingCount++;
    if (findings.size() < FINDINGS_KEPT) {
      findings.add(finding);
    }
  }

  private Counts counted() {
    return new Counts(entries, duplicates, rejections, derived, books.accounts().size(), bytes);
  }

  static String text(byte[] key) {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }
}
