package io.creditledger.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The catalog: what is sold, and how usage is rated. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = "Puts a catalog in force, or shows the one that is.",
    subcommands = {CatalogApplyCommand.class, CatalogShowCommand.class})
public final class CatalogCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing: apply FILE, or show");
  }
}
