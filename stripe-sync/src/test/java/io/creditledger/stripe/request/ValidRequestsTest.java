package io.creditledger.stripe.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billing.CreditGrantListParams;
import com.stripe.param.billing.CreditGrantUpdateParams;
import io.creditledger.stripe.simulator.SimulatorSettings;
import io.creditledger.stripe.simulator.StripeSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValidRequestsTest {

  private StripeSimulator simulator;
  private RecordingProxy proxy;
  private StripeClient client;

  @BeforeEach
  void start() {
    simulator = StripeSimulator.start(SimulatorSettings.defaults());
    proxy = RecordingProxy.before(simulator.baseUri());
    client =
        StripeClient.builder()
            .setApiKey(simulator.apiKey())
            .setApiBase(proxy.baseUri().toString())
            .build();
    assumeTrue(
        OpenApi.find().isPresent(),
        "there is no shared/stripe/billing-openapi-excerpt.json in any folder above");
  }

  @AfterEach
  void stop() {
    proxy.close();
    simulator.close();
  }

  @Test
  void counts_the_requests_that_are_described_and_finds_nothing_wrong() throws StripeException {
    client.v1().customers().create(CustomerCreateParams.builder().setName("Ann").build());
    client
        .v1()
        .billing()
        .creditGrants()
        .list(CreditGrantListParams.builder().setCustomer("cus_1").setLimit(3L).build());

    assertThat(proxy.made()).hasSize(2);
    assertThat(ValidRequests.check(proxy.made())).isEqualTo(1);
  }

  @Test
  void fails_for_a_request_that_stripe_would_refuse() {
    CreditGrantUpdateParams wrong =
        CreditGrantUpdateParams.builder().putExtraParam("priority", 10).build();
    assertThatThrownBy(() -> client.v1().billing().creditGrants().update("credgr_1", wrong))
        .isInstanceOf(InvalidRequestException.class);

    assertThatThrownBy(() -> ValidRequests.check(proxy.made()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("priority");
  }
}
