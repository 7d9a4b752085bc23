package io.creditledger.stripe.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds all requests of a test against Stripe's own description of them. */
public final class ValidRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ValidRequests.class);
  private static final Optional<OpenApi> STRIPE = OpenApi.find();

  private ValidRequests() {}

  /**
   * Fails if the description has anything against a request. Where the description is not to be
   * found, it says so and checks nothing.
   *
   * @return how many of the requests are described, and so were checked
   */
  public static long check(List<MadeRequest> requests) {
    if (STRIPE.isEmpty()) {
      LOG.warn(
          "{} requests are not checked: there is no shared/stripe/billing-openapi-excerpt.json in"
              + " any folder above",
          requests.size());
      return 0;
    }
    for (MadeRequest request : requests) {
      assertThat(STRIPE.get().problems(request)).as("%s", request).isEmpty();
    }
    return requests.stream().filter(STRIPE.get()::describes).count();
  }
}
