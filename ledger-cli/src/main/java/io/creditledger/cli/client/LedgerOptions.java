package io.creditledger.cli.client;

import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the ledger is and how its answers are printed: the options of every client command. */
final class LedgerOptions {

  /** Holds the key, which is never an option: other users of a machine can see those. */
  private static final String KEY_VARIABLE = "LEDGER_API_KEY";

  private static final int PAGE = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:LEDGER_URL:-http://127.0.0.1:8400}",
      description =
          "Where the ledger is; default http://127.0.0.1:8400 (LEDGER_URL). Its API key, if it has"
              + " one, comes from LEDGER_API_KEY.")
  private URI url;

  @Option(names = "--json", description = "Print the ledger's JSON as it is.")
  private boolean json;

  /** What is asked of the ledger. */
  @FunctionalInterface
  interface Request {
    Answer send(LedgerClient ledger);
  }

  /** How a good answer is printed for people. */
  @FunctionalInterface
  interface Print {
    void print(Answer answer, PrintWriter out);
  }

  /** Asks once and prints the answer, a refusal also being JSON where JSON is asked for. */
  int show(Request request, Print print) {
    try (LedgerClient ledger = client(System.getenv())) {
      show(request.send(ledger), print);
    }
    return ExitStatus.OK;
  }

  /**
   * Asks for page after page, as a customer may have more than one answer holds, and prints each.
   */
  int showPages(String path, Print print) {
    try (LedgerClient client = client(System.getenv())) {
      Optional<String> cursor = Optional.empty();
      do {
        QueryString page =
            QueryString.on(path).with("limit", Optional.of(PAGE)).with("cursor", cursor);
        Answer answer = client.get(page.toString());
        show(answer, print);
        cursor = Optional.ofNullable(answer.json().path("next").textValue());
      } while (cursor.isPresent());
    }
    return ExitStatus.OK;
  }

  /**
   * Prints an answer.
   *
   * @throws io.creditledger.cli.CommandFailedException if it is a refusal
   */
  void show(Answer answer, Print print) {
    if (json) {
      answer.json();
      line(out(), answer.text().strip());
    }
    answer.orFail();
    if (!json) {
      print.print(answer, out());
      out().flush();
    }
  }

  /**
   * A client of that ledger.
   *
   * @throws ParameterException if the URL cannot be one
   */
  LedgerClient client(Map<String, String> environment) {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw misused("--url is not an address such as http://127.0.0.1:8400: " + url);
    }
    return new LedgerClient(
        url, Optional.ofNullable(environment.get(KEY_VARIABLE)).filter(key -> !key.isBlank()));
  }

  /** The id given, or else a new one, which is told at once: it makes a repetition harmless. */
  String idOr(Optional<String> given, String prefix) {
    if (given.isPresent()) {
      return given.get();
    }
    String id = EventIds.random(prefix);
    line(err(), "id: " + id);
    return id;
  }

  boolean json() {
    return json;
  }

  /** What ends a command whose options do not go together. */
  ParameterException misused(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  private static void line(PrintWriter to, String text) {
    to.println(text);
    to.flush();
  }
}
