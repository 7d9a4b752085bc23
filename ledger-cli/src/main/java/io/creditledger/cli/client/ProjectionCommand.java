package io.creditledger.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The journal's copy in PostgreSQL. */
@Command(
    name = "projection",
    mixinStandardHelpOptions = true,
    description = "Shows how the journal's copy in PostgreSQL goes, and makes it anew.",
    subcommands = {ProjectionStatusCommand.class, ProjectionRebuildCommand.class})
public final class ProjectionCommand implements Runnable {

  static final String PATH = "/v1/projection";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing: status or rebuild");
  }
}
