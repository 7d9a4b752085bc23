package io.creditledger.stripe.simulator;

import io.creditledger.stripe.simulator.http.ApiError;

/** The refusals that have nothing to do with what was asked. */
final class Refusals {

  private Refusals() {}

  static ApiError rateLimited(String reason) {
    return ApiError.of(
            429,
            "invalid_request_error",
            "Request rate limit exceeded. You can learn more about rate limits here"
                + " https://stripe.com/docs/rate-limits.")
        .code("rate_limit")
        .header("Stripe-Rate-Limited-Reason", reason)
        .beforeWork();
  }

  static ApiError lockTimeout() {
    return ApiError.of(
            429,
            "invalid_request_error",
            "This object cannot be accessed right now because another API request or Stripe process"
                + " is currently accessing it.")
        .code("lock_timeout");
  }

  static ApiError conflict() {
    return ApiError.of(
            409,
            "idempotency_error",
            "There is currently another in-progress request using this resource or this Idempotent"
                + " Key. Please try again later.")
        .code("idempotency_key_in_use")
        .beforeWork();
  }

  static ApiError serverError() {
    return ApiError.of(500, "api_error", "An unknown error occurred");
  }

  static ApiError unrecognized(String method, String path) {
    return ApiError.of(
        404,
        "invalid_request_error",
        "Unrecognized request URL ("
            + method
            + ": "
            + path
            + "). Please see https://stripe.com/docs, or SIMULATOR.md for what is simulated.");
  }
}
