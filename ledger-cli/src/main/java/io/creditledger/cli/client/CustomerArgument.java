package io.creditledger.cli.client;

import picocli.CommandLine.Parameters;

/** Whose account a command is about: the first argument of all that are about one. */
sealed class CustomerArgument permits GrantArguments, ReservationArguments {

  @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer's id.")
  private String id;

  String id() {
    return id;
  }

  /** The path of the customer, and below it. */
  String path(String below) {
    return "/v1/customers/" + LedgerClient.segment(id) + below;
  }
}
