package io.creditledger.cli;

/** A command that ends with a message and an exit status, and without a stack trace. */
public final class CommandFailedException extends RuntimeException {

  private final int status;

  private CommandFailedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** It ran and failed; the message is what the user reads, possibly several lines. */
  public static CommandFailedException failed(String message) {
    return new CommandFailedException(ExitStatus.FAILED, message);
  }

  /** What was given cannot be understood. */
  public static CommandFailedException misused(String message) {
    return new CommandFailedException(ExitStatus.USAGE, message);
  }

  /** There is no ledger to talk to. */
  public static CommandFailedException unreachable(String message) {
    return new CommandFailedException(ExitStatus.UNREACHABLE, message);
  }

  /** The exit status. */
  public int status() {
    return status;
  }
}
