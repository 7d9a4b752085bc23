package io.creditledger.streams.http;

import io.creditledger.core.account.Reason;
import io.creditledger.core.id.CustomerId;
import io.creditledger.core.id.EventId;
import io.creditledger.streams.query.CustomerLog;
import io.creditledger.streams.query.UsageAccount;
import io.creditledger.streams.query.UsageExplainer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a usage cost what it did and who paid. Answered from the statement and the log by any
 * instance; without a statement it takes as long as the customer's partition is.
 */
final class ExplanationResource {

  private final CustomerLog log;
  private final Statement statement;
  private final StripeWindows stripe = new StripeWindows();

  ExplanationResource(CustomerLog log, Statement statement) {
    this.log = log;
    this.statement = statement;
  }

  /** Asks stripe-sync from now on, at its address for operators. */
  void stripeSyncAt(URI address) {
    stripe.at(address);
  }

  void close() {
    stripe.close();
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/usage/{usage}", this::explain));
  }

  private Reply explain(Request request) {
    EventId usage = request.name("usage", EventId::new);
    StatementLog read = new StatementLog(log, statement);
    CustomerId customer =
        request
            .query("customer")
            .read("customer", CustomerId::new)
            .orElseGet(() -> only(read.customersOf(usage), usage));
    UsageAccount account =
        new UsageExplainer(read)
            .explain(customer, usage)
            .orElseThrow(() -> unknown(usage, " of " + customer));
    Optional<String> told = stripe.windowOf(account);
    return Reply.json(200, json -> ExplanationJson.write(json, account, read.readFrom(), told))
        .with("Cache-Control", "no-store");
  }

  private static CustomerId only(Set<CustomerId> customers, EventId usage) {
    if (customers.isEmpty()) {
      throw unknown(usage, "");
    }
    if (customers.size() > 1) {
      throw Problem.of(
              ErrorCode.CUSTOMER_NEEDED,
              "customer",
              "usage \""
                  + usage
                  + "\" is an id of "
                  + customers.stream()
                      .map(CustomerId::value)
                      .sorted()
                      .limit(10)
                      .collect(Collectors.joining(", ")))
          .exception();
    }
    return customers.iterator().next();
  }

  private static ProblemException unknown(EventId usage, String whose) {
    return new Problem(
            404,
            Reason.USAGE_UNKNOWN.name(),
            "the log has no usage, reservation or settlement \"" + usage + "\"" + whose,
            Optional.of("usage"),
            "use the id of a usage, and its customer")
        .exception();
  }
}
