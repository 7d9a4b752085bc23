package io.creditledger.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in groups, by what somebody wants to do: too many for one list. */
final class CommandGroups implements IHelpSectionRenderer {

  private static final String OTHERS = "More";
  private static final int INDENT = 2;

  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Run a ledger", List.of("up", "demo", "scenario"));
    GROUPS.put(
        "See what a customer has",
        List.of("balance", "grants", "entries", "consumption", "watch", "explain", "entitlement"));
    GROUPS.put("Give credits", List.of("grant", "confirm", "cancel", "extend", "void", "top-up"));
    GROUPS.put("Use credits", List.of("usage", "import", "preview"));
    GROUPS.put(
        "Hold credits for a task",
        List.of("reserve", "settle", "release", "reservation", "reservations"));
    GROUPS.put("Correct", List.of("reverse", "adjust", "debit", "rejections"));
    GROUPS.put("Set", List.of("settings", "catalog", "rate-card"));
    GROUPS.put("Prove", List.of("audit", "checkpoint", "statement", "replay"));
    GROUPS.put("Measure", List.of("bench"));
    GROUPS.put("Look after what leaves the ledger", List.of("webhooks", "stripe", "projection"));
  }

  /** Shows a command's subcommands in groups. */
  static CommandLine on(CommandLine command) {
    Map<String, IHelpSectionRenderer> sections =
        command.getCommandSpec().usageMessage().sectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    return command;
  }

  /** The names in each group; what is in none comes last, so that nothing is ever left out. */
  static Map<String, List<String>> of(List<String> names) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    List<String> others = new ArrayList<>(names);
    GROUPS.forEach(
        (heading, members) -> {
          groups.put(heading, members.stream().filter(names::contains).toList());
          others.removeAll(members);
        });
    groups.put(OTHERS, others);
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  @Override
  public String render(Help help) {
    Map<String, Help> subcommands = help.subcommands();
    int longest = subcommands.keySet().stream().mapToInt(String::length).max().orElse(0);
    int width = help.commandSpec().usageMessage().width();
    int names = longest + 2 * INDENT;
    StringBuilder text = new StringBuilder();
    of(List.copyOf(subcommands.keySet()))
        .forEach(
            (heading, members) -> {
              TextTable table =
                  TextTable.forColumns(
                      help.colorScheme(),
                      new Column(names, INDENT, Overflow.SPAN),
                      new Column(width - names, INDENT, Overflow.WRAP));
              members.forEach(name -> table.addRowValues(name, summary(subcommands.get(name))));
              text.append(System.lineSeparator())
                  .append(heading)
                  .append(':')
                  .append(System.lineSeparator())
                  .append(table);
            });
    return text.toString();
  }

  private static String summary(Help command) {
    String[] description = command.commandSpec().usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }
}
