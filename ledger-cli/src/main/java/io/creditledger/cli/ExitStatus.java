package io.creditledger.cli;

/** What a command's exit status says. */
public final class ExitStatus {

  /** It did what was asked. */
  public static final int OK = 0;

  /** It ran, and was refused or failed. */
  public static final int FAILED = 1;

  /** The command line could not be understood. */
  public static final int USAGE = 2;

  /** There is no ledger where it looked for one. */
  public static final int UNREACHABLE = 3;

  private ExitStatus() {}
}
