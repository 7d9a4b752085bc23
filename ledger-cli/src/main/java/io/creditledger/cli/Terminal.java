package io.creditledger.cli;

import java.io.Console;

/** Whether a person looks on. */
public final class Terminal {

  private Terminal() {}

  /**
   * Whether output goes to a terminal, where a line can be written over. Where that cannot be told
   * it does not: a log full of progress bars serves nobody.
   */
  @SuppressWarnings("SystemConsoleNull") // null on JDK 21, and asked for more on newer ones
  public static boolean interactive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22 there is a console also where output is redirected; this tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJdk) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}
