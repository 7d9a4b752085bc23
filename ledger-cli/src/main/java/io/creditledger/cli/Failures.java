package io.creditledger.cli;

import io.creditledger.cli.embedded.EmbeddedServerException;
import io.creditledger.cli.stack.StackException;
import io.creditledger.streams.topology.TopicMismatchException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user what went wrong: expected failures in a sentence, bugs with their stack trace. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return switch (failure) {
      case CommandFailedException told -> say(command, told.getMessage(), told.status());
      case StackException told -> say(command, error(told), ExitStatus.FAILED);
      case EmbeddedServerException told -> say(command, error(told), ExitStatus.FAILED);
      case TopicMismatchException told -> say(command, error(told), ExitStatus.FAILED);
      case UncheckedIOException told ->
          say(command, error(told) + ": " + told.getCause().getMessage(), ExitStatus.FAILED);
      default -> {
        failure.printStackTrace(command.getErr());
        yield say(command, "error: " + failure, ExitStatus.FAILED);
      }
    };
  }

  private static String error(Exception failure) {
    return "error: " + failure.getMessage();
  }

  private static int say(CommandLine command, String message, int status) {
    command.getErr().println(message);
    command.getErr().flush();
    return status;
  }
}
