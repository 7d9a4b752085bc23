package io.creditledger.cli.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.ExitStatus;
import io.creditledger.cli.client.LedgerClient;
import io.creditledger.cli.client.LedgerClient.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the journal, the outbox and Stripe. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the journal, the outbox and Stripe's sums, per customer, meter and window, and the"
          + " grants with their mirror. Each difference has its size, age and cause.",
      "Nothing is changed unless --repair asks for it. Exit status 1 if a difference is not"
          + " explained."
    })
final class StripeReconcileCommand implements Callable<Integer> {

  private static final int ACCEPTED = 202;

  @Mixin private SyncOptions sync;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Usage from then on; default the last 35 days.")
  private Optional<Instant> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "Usage before then; default now.")
  private Optional<Instant> to = Optional.empty();

  @Option(
      names = "--repair",
      description = "Send again what Stripe does not have, by the rules of all sending.")
  private boolean repair;

  @Override
  public Integer call() {
    List<String> query = new ArrayList<>();
    from.ifPresent(time -> query.add("from=" + time));
    to.ifPresent(time -> query.add("to=" + time));
    if (repair) {
      query.add("repair=true");
    }
    String path = "/v1/reconcile" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    Answer answer =
        sync.show(
            client ->
                ended(client, client.post(path, LedgerClient.JSON, new byte[0], Duration.ZERO)),
            (shown, out) -> print(shown.json(), out));
    return answer.json().path("unexplained").asInt() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** The report; a comparison that takes long is asked for until it has ended. */
  private static Answer ended(LedgerClient client, Answer begun) {
    Answer answer = begun;
    while (answer.status() == ACCEPTED) {
      answer = client.get("/v1/reconcile/" + answer.json().path("run").asLong());
    }
    return answer;
  }

  private static void print(JsonNode report, PrintWriter out) {
    report
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                out.printf(
                    "%-28s %s%n", field.getKey().replace('_', ' '), field.getValue().asText());
              }
            });
    if (!report.path("differences").isEmpty()) {
      out.println();
      StatusText.table(report.path("differences"), out);
    }
    if (!report.path("repairs").isEmpty()) {
      out.println();
      out.println("sent again");
      StatusText.table(report.path("repairs"), out);
    }
  }
}
