package io.creditledger.cli.client;

import picocli.CommandLine.Parameters;

/** A customer and one of that customer's grants. */
final class GrantArguments extends CustomerArgument {

  @Parameters(index = "1", paramLabel = "GRANT", description = "The grant's id.")
  private String grant;

  /** The path of the grant, and below it. */
  String grantPath(String below) {
    return "/v1/grants/" + LedgerClient.segment(grant) + below;
  }
}
