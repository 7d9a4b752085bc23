package io.creditledger.cli.demo;

import io.creditledger.cli.Table;
import io.creditledger.cli.proof.CustomerSums;
import io.creditledger.cli.proof.GrantSums;
import io.creditledger.cli.proof.JournalProof;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.Unit;
import io.creditledger.core.money.Credits;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the demo shows at its end: some customers, the sums of all, and what was proved. */
final class DemoReport {

  private final PrintWriter out;
  private final DemoCustomers customers;
  private final Run run;
  private final JournalProof proof;
  private final List<String> differences;
  private boolean proved = true;

  /**
   * A report.
   *
   * @param differences between REST and the journal
   */
  DemoReport(
      PrintWriter out,
      DemoCustomers customers,
      Run run,
      JournalProof proof,
      List<String> differences) {
    this.out = out;
    this.customers = customers;
    this.run = run;
    this.proof = proof;
    this.differences = differences;
  }

  /** Prints it, and returns whether everything was proved. */
  boolean print() {
    out.println();
    samples();
    totals();
    verdict();
    out.println();
    say(
        "%,d usage records decided and committed in %.1f s: %,d each second, everything on this"
            + " machine.",
        run.usageDeliveries(), run.drained().toMillis() / 1000.0, run.rate());
    out.flush();
    return proved;
  }

  private void samples() {
    say("Some customers, in credits (remaining: left and not held)");
    Table table =
        Table.withAmounts(
            2,
            "customer",
            "grant",
            "granted",
            "remaining",
            "held",
            "consumed",
            "expired",
            "voided",
            "overage");
    Map<CustomerId, CustomerSums> sums = proof.customers();
    for (CustomerId customer : customers.samples()) {
      String name = customer.value();
      for (GrantSums grant : sums.get(customer).grants().values()) {
        table.row(
            name,
            grant.id(),
            grant.granted(),
            grant.unheld(),
            grant.held(),
            grant.consumed(),
            grant.expired(),
            grant.voided(),
            name.isEmpty() ? "" : overage(sums.get(customer)));
        name = "";
      }
    }
    table.print(out, "  ");
    out.println();
  }

  private static Credits overage(CustomerSums sums) {
    return sums.beyond().getOrDefault(Unit.CREDITS, CustomerSums.Beyond.NONE).overage();
  }

  private void totals() {
    say("All %d customers", proof.customers().size());
    Table table = Table.withAmounts(1, "", "credits");
    table.row("granted", sum(GrantSums::granted));
    table.row("= remaining", sum(GrantSums::unheld));
    table.row("+ held", sum(GrantSums::held));
    table.row("+ consumed", sum(GrantSums::consumed));
    table.row("+ expired", sum(GrantSums::expired));
    table.row("+ voided", sum(GrantSums::voided));
    table.row("used beyond all grants, to be billed", overage());
    table.print(out, "  ");
    out.println();
  }

  private void verdict() {
    say("Proved from the journal, by a fold of its own");
    long grants = proof.customers().values().stream().mapToLong(c -> c.grants().size()).sum();
    Credits parts =
        sum(GrantSums::unheld)
            .plus(sum(GrantSums::held))
            .plus(sum(GrantSums::consumed))
            .plus(sum(GrantSums::expired))
            .plus(sum(GrantSums::voided));
    check(
        proof.holds(),
        "%,d inputs have one outcome each: %,d entries, %,d duplicates, %,d rejections; %d chains"
            + " of entries without a gap, every hash right",
        proof.entries() + proof.duplicates() + proof.rejections(),
        proof.entries(),
        proof.duplicates(),
        proof.rejections(),
        proof.customers().size());
    proof.violations().forEach(this::detail);
    check(
        wrong() == 0,
        "each of %,d published events is in the journal once; %,d second deliveries changed nothing",
        run.distinct(),
        run.repeated());
    check(
        sum(GrantSums::granted).equals(parts),
        "granted = remaining + held + consumed + expired + voided, for each of %,d grants, to the"
            + " millionth",
        grants);
    check(
        used().equals(run.priced()),
        "%s credits used, as the price list has it: consumed %s + beyond grants %s",
        used(),
        sum(GrantSums::consumed),
        overage());
    check(
        differences.isEmpty(),
        "the balances of all %d customers over REST are the journal's",
        proof.customers().size());
    differences.stream().limit(20).forEach(this::detail);
  }

  /** Events that are not in the journal once, or whose repetition is not a duplicate. */
  private long wrong() {
    return run.sent().stream()
        .filter(
            one ->
                !proof
                    .tally(one.customer(), one.id())
                    .equals(new JournalProof.Tally(1, one.times() - 1, 0)))
        .count();
  }

  private Credits used() {
    return proof.customers().values().stream()
        .map(CustomerSums::used)
        .reduce(Credits.ZERO, Credits::plus);
  }

  private Credits overage() {
    return proof.customers().values().stream()
        .map(DemoReport::overage)
        .reduce(Credits.ZERO, Credits::plus);
  }

  private Credits sum(Function<GrantSums, Credits> part) {
    return proof.customers().values().stream()
        .flatMap(customer -> customer.grants().values().stream())
        .map(part)
        .reduce(Credits.ZERO, Credits::plus);
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for two methods.
  private void check(boolean holds, String format, Object... values) {
    proved &= holds;
    say((holds ? "  ✓ " : "  ✗ NOT: ") + format, values);
  }

  private void detail(String what) {
    say("      %s", what);
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for two methods.
  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
