package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandGroupsTest {

  private final CommandLine ledger = LedgerCli.commandLine();

  @Test
  void everyCommandStandsInTheHelpOnce() {
    Set<String> commands = ledger.getSubcommands().keySet();

    List<String> grouped =
        CommandGroups.of(List.copyOf(commands)).values().stream().flatMap(List::stream).toList();

    assertThat(grouped).containsExactlyInAnyOrderElementsOf(commands);
    String help = ledger.getUsageMessage();
    commands.forEach(name -> assertThat(help).containsPattern("(?m)^  " + name + " {2,}\\S"));
  }

  @Test
  void aCommandThatIsInNoGroupIsShownAllTheSame() {
    assertThat(CommandGroups.of(List.of("balance", "brand-new")))
        .containsEntry("More", List.of("brand-new"));
  }
}
