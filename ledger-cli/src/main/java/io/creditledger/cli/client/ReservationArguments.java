package io.creditledger.cli.client;

import picocli.CommandLine.Parameters;

/** A customer and one of that customer's reservations. */
final class ReservationArguments extends CustomerArgument {

  @Parameters(index = "1", paramLabel = "RESERVATION", description = "The reservation's id.")
  private String reservation;

  /** The path of the reservation, and below it. */
  String reservationPath(String below) {
    return "/v1/reservations/" + LedgerClient.segment(reservation) + below;
  }
}
