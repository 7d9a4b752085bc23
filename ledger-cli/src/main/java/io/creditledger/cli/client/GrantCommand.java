package io.creditledger.cli.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Grants credits to a customer, once or again and again. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Grants credits to a customer, and waits until that is committed.")
public final class GrantCommand implements Callable<Integer> {

  @Mixin private LedgerOptions ledger;
  @Mixin private CustomerArgument customer;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "At most six decimal places.")
  private String amount;

  @Option(
      names = {"--expires", "--expires-at"},
      paramLabel = "TIME",
      description = "When it ends: 2026-12-01T00:00:00Z, or a date; default never.")
  private Optional<Instant> expires = Optional.empty();

  @Option(
      names = "--effective",
      paramLabel = "TIME",
      description = "From when on it counts; default at once.")
  private Optional<Instant> effective = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "0-100",
      description = "Lower burns first; default 50.")
  private Optional<Integer> priority = Optional.empty();

  @Option(
      names = "--category",
      paramLabel = "paid|promotional",
      description = "Whether it was paid for; default paid.")
  private Optional<String> category = Optional.empty();

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "What is granted; default the catalog's default unit.")
  private Optional<String> unit = Optional.empty();

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--meters",
      paramLabel = "METER",
      split = ",",
      description = "It pays for these meters only, separated by commas.")
  private List<String> meters = new ArrayList<>();

  @Option(
      names = "--subscriptions",
      paramLabel = "ID",
      split = ",",
      description = "It pays for usage under these subscriptions only.")
  private List<String> subscriptions = new ArrayList<>();

  @Option(names = "--pending", description = "It waits to be confirmed before it counts.")
  private boolean pending;

  @Option(
      names = "--top-up",
      paramLabel = "REQUEST",
      description = "The top-up request that it answers.")
  private Optional<String> topUp = Optional.empty();

  @ArgGroup(exclusive = false)
  private Cost cost = new Cost();

  @Mixin private EventOptions event;

  @ArgGroup(exclusive = false, heading = "A grant that comes again:%n")
  private Recurrence recurrence = new Recurrence();

  /** What was paid for it. */
  private static final class Cost {
    @Option(
        names = "--cost",
        paramLabel = "AMOUNT",
        required = true,
        description = "What was paid for it, in the currency's major unit.")
    private Optional<String> amount = Optional.empty();

    @Option(
        names = "--currency",
        paramLabel = "CODE",
        required = true,
        description = "Three letters, such as usd.")
    private Optional<String> currency = Optional.empty();
  }

  /** How it comes again. */
  private static final class Recurrence {
    @Option(
        names = "--every",
        paramLabel = "PERIOD",
        required = true,
        description = "An ISO 8601 period: P1D, P1W, P1M, P1Y.")
    private Optional<String> period = Optional.empty();

    @Option(
        names = "--anchor",
        paramLabel = "TIME",
        description = "From when on periods are counted; default its start.")
    private Optional<Instant> anchor = Optional.empty();

    @Option(
        names = "--lifetime",
        paramLabel = "PERIOD",
        description = "How long each one lives; default until the next.")
    private Optional<String> lifetime = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "None begins at or after this.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "At most so many in all.")
    private Optional<Integer> count = Optional.empty();

    @Option(
        names = "--rollover-cap",
        paramLabel = "AMOUNT",
        description = "At most so much of what is left goes over into the next period.")
    private Optional<String> rolloverCap = Optional.empty();

    @Option(
        names = "--rollover-fraction",
        paramLabel = "0-1",
        description = "That part of what is left goes over.")
    private Optional<String> rolloverFraction = Optional.empty();

    @Option(
        names = "--rollover-lifetime",
        paramLabel = "PERIOD",
        description = "How long what went over lives.")
    private Optional<String> rolloverLifetime = Optional.empty();
  }

  @Override
  public Integer call() {
    EventBody grant =
        event
            .event(ledger, customer, "g")
            .with("amount", amount)
            .with("unit", unit)
            .with("category", category)
            .withNumber("priority", priority)
            .with("effective_at", effective)
            .with("expires_at", expires)
            .with(
                "scope",
                new EventBody().with("meters", meters).with("subscriptions", subscriptions))
            .with("name", name)
            .withFlag("pending", Optional.of(pending).filter(set -> set))
            .with("top_up", topUp)
            .with(
                "cost_basis",
                new EventBody().with("amount", cost.amount).with("currency", cost.currency))
            .with("recurrence", recurrenceBody());
    return WriteOutcome.send(ledger, "/v1/grants", grant);
  }

  private EventBody recurrenceBody() {
    return new EventBody()
        .with("period", recurrence.period)
        .with("anchor", recurrence.anchor)
        .with("lifetime", recurrence.lifetime)
        .with("until", recurrence.until)
        .withNumber("count", recurrence.count)
        .with(
            "rollover",
            new EventBody()
                .with("cap", recurrence.rolloverCap)
                .with("fraction", recurrence.rolloverFraction)
                .with("lifetime", recurrence.rolloverLifetime));
  }
}
