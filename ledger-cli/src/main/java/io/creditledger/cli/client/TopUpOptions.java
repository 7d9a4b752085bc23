package io.creditledger.cli.client;

import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** When credits are asked for by themselves: one rule, set whole, or none. */
final class TopUpOptions {

  @ArgGroup(exclusive = false)
  private Rule rule = new Rule();

  @Option(names = "--no-top-up", description = "Ask for none any more.")
  private boolean none;

  /** The rule. */
  private static final class Rule {
    @Option(
        names = "--top-up-threshold",
        paramLabel = "AMOUNT",
        required = true,
        description = "Ask when less than this is available.")
    private Optional<String> threshold = Optional.empty();

    @Option(
        names = "--top-up-unit",
        paramLabel = "UNIT",
        description = "Of what; default the catalog's default unit.")
    private Optional<String> unit = Optional.empty();

    @ArgGroup(multiplicity = "1")
    private Size size = new Size();

    @Option(
        names = "--top-up-monthly-cap",
        paramLabel = "AMOUNT",
        description = "At most so much in a month; default no cap.")
    private Optional<String> monthlyCap = Optional.empty();

    @Option(
        names = "--top-up-cool-down",
        paramLabel = "DURATION",
        description = "Not again so soon; default PT1H.")
    private Optional<String> coolDown = Optional.empty();

    @Option(
        names = "--top-up-failures-max",
        paramLabel = "N",
        description = "So many failures in a row pause it; default 3.")
    private Optional<Integer> failuresMax = Optional.empty();
  }

  /** How much is asked for. */
  private static final class Size {
    @Option(
        names = "--top-up-amount",
        paramLabel = "AMOUNT",
        required = true,
        description = "Ask for so much.")
    private Optional<String> amount = Optional.empty();

    @Option(
        names = "--top-up-target",
        paramLabel = "AMOUNT",
        required = true,
        description = "Ask for what is missing to so much.")
    private Optional<String> target = Optional.empty();
  }

  boolean isNone() {
    return none;
  }

  /** Whether there is a rule that names no unit. */
  boolean needsUnit() {
    return rule.threshold.isPresent() && rule.unit.isEmpty();
  }

  /** The rule to be set, of that unit unless it names one; nothing if there is none. */
  EventBody rule(Optional<String> defaultUnit) {
    return new EventBody()
        .with("unit", rule.unit.or(() -> defaultUnit))
        .with("threshold", rule.threshold)
        .with("amount", rule.size.amount)
        .with("target", rule.size.target)
        .with("monthly_cap", rule.monthlyCap)
        .with("cool_down", rule.coolDown)
        .withNumber("failures_max", rule.failuresMax);
  }
}
