package io.creditledger.stripe.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  private static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";
  private static final String GRANT =
      "customer=cus_1&amount[type]=monetary&amount[monetary][currency]=usd"
          + "&amount[monetary][value]=3900&applicability_config[scope][price_type]=metered";

  private Optional<OpenApi> api = OpenApi.find();

  @BeforeEach
  void the_description_is_there() {
    assumeTrue(
        api.isPresent(),
        "there is no shared/stripe/billing-openapi-excerpt.json in any folder above");
  }

  @Test
  void has_nothing_against_a_request_as_stripe_wants_it() {
    assertThat(problems("POST", "/v1/billing/credit_grants", "", GRANT)).isEmpty();
    assertThat(problems("POST", "/v1/billing/credit_grants/credgr_1", "", "expires_at=")).isEmpty();
    assertThat(problems("POST", "/v1/billing/credit_grants/credgr_1", "", "expires_at=1795000000"))
        .isEmpty();
    assertThat(problems("POST", "/v1/billing/credit_grants/credgr_1/void", "", "")).isEmpty();
    assertThat(problems("GET", "/v1/billing/credit_grants", "customer=cus_1&limit=100", ""))
        .isEmpty();
  }

  @Test
  void finds_what_is_unknown_missing_or_of_another_type() {
    assertThat(problems("POST", "/v1/billing/credit_grants", "", GRANT + "&colour=red"))
        .anyMatch(problem -> problem.contains("colour"));
    assertThat(problems("POST", "/v1/billing/credit_grants", "", GRANT + "&amount[shade]=red"))
        .anyMatch(problem -> problem.contains("shade"));
    assertThat(problems("POST", "/v1/billing/credit_grants", "", "customer=cus_1"))
        .anyMatch(problem -> problem.contains("applicability_config"));
    assertThat(problems("POST", "/v1/billing/credit_grants", "", GRANT + "&priority=high"))
        .anyMatch(problem -> problem.contains("priority"));
    assertThat(problems("POST", "/v1/billing/credit_grants", "", GRANT + "&category=gift"))
        .anyMatch(problem -> problem.contains("category"));
    assertThat(
            problems("POST", "/v1/billing/credit_grants", "", GRANT + "&name=" + "n".repeat(101)))
        .anyMatch(problem -> problem.contains("name"));
    assertThat(problems("GET", "/v1/billing/credit_grants", "colour=red", ""))
        .anyMatch(problem -> problem.contains("colour"));
    assertThat(problems("GET", "/v1/billing/meters/mtr_1/event_summaries", "customer=cus_1", ""))
        .anyMatch(problem -> problem.contains("start_time"));
  }

  @Test
  void knows_what_it_does_not_describe() {
    MadeRequest invoice = request("POST", "/v1/invoices", "", "customer=cus_1");
    assertThat(api.orElseThrow().describes(invoice)).isFalse();
    assertThat(api.orElseThrow().problems(invoice)).isEmpty();
  }

  private List<String> problems(String method, String path, String query, String body) {
    MadeRequest request = request(method, path, query, body);
    assertThat(api.orElseThrow().describes(request)).as("%s is described", path).isTrue();
    return api.orElseThrow().problems(request);
  }

  private static MadeRequest request(String method, String path, String query, String body) {
    return new MadeRequest(method, path, query, FORM, body, Optional.empty());
  }
}
