package io.creditledger.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditledger.cli.CommandFailedException;

/** Problem documents, as a person reads them. */
public final class Problems {

  private Problems() {}

  /** The failure that a problem document tells of. */
  static CommandFailedException failure(int status, JsonNode problem) {
    if (!problem.hasNonNull("code")) {
      return CommandFailedException.failed("error: the ledger answered with status " + status);
    }
    String remedy = problem.path("remedy").asText();
    return CommandFailedException.failed(
        "error " + describe(problem) + (remedy.isEmpty() ? "" : "\nremedy: " + remedy));
  }

  /** Code, detail and field in one line. */
  public static String describe(JsonNode problem) {
    String field = problem.path("field").asText();
    String detail = problem.path("detail").asText();
    return problem.path("code").asText()
        + ": "
        + detail
        + (field.isEmpty() || detail.contains(field) ? "" : " (" + field + ")");
  }
}
