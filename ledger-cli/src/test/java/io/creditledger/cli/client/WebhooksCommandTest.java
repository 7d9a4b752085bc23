package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksCommandTest {

  private static final String DELIVERY =
      """
      {"id":17,"endpoint":"billing","webhook_id":"msg_1","alert":"cus_1:12:0",\
      "type":"balance.depleted","customer":"cus_1","state":"dead","attempts":84,\
      "created_at":"2026-11-18T09:40:12.5Z","attempted_at":"2026-11-21T09:40:00Z",\
      "ended_at":"2026-11-21T09:40:00Z","due_at":null,"status":503,"detail":"answered 503"}""";

  private final StubLedger stub = new StubLedger();
  private final Cli cli = new Cli(stub.address());

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void endpointsAreListed() {
    stub.answers(
        200,
        """
        {"endpoints":[{"endpoint":"billing","configured":true,"url":"https://example.com/h",\
        "types":["balance.low"],"pending":2,"delivered":57,"dead":1,\
        "oldest_pending_at":"2026-11-21T09:42:59.25Z"},{"endpoint":"former","configured":false,\
        "pending":0,"delivered":3,"dead":0,"oldest_pending_at":null}]}""");

    assertThat(cli.run("webhooks", "list").out())
        .isEqualTo(
            """
            ENDPOINT  URL                    OLDEST PENDING        PENDING  DEAD  DELIVERED
            billing   https://example.com/h  2026-11-21T09:42:59Z        2     1         57
            former    no longer set up                                   0     0          3
            """);
  }

  @Test
  void deliveriesAreFilteredAndListed() {
    stub.answers(200, "{\"deliveries\":[" + DELIVERY + "],\"next\":\"17\"}");

    Cli.Result result =
        cli.run("webhooks", "deliveries", "--state", "dead", "--customer", "cus 1", "--limit", "1");

    assertThat(stub.request().target())
        .isEqualTo("/v1/webhooks/deliveries?state=dead&customer=cus%201&limit=1");
    assertThat(result.out())
        .isEqualTo(
            """
            ID  CREATED               ENDPOINT  TYPE              ALERT       STATE  ATTEMPTS  NEXT  LAST
            17  2026-11-18T09:40:12Z  billing   balance.depleted  cus_1:12:0  dead   84              answered 503
            Go on with --cursor 17
            """);
  }

  @Test
  void severalAreSentAgain() {
    stub.answers(202, DELIVERY).answers(202, DELIVERY);

    Cli.Result result = cli.run("webhooks", "redeliver", "17", "18");

    assertThat(result.status()).isZero();
    assertThat(stub.requests())
        .extracting(StubLedger.Received::target)
        .containsExactly(
            "/v1/webhooks/deliveries/17/redeliver", "/v1/webhooks/deliveries/18/redeliver");
  }

  @Test
  void redeliverNeedsToKnowWhat() {
    assertThat(cli.run("webhooks", "redeliver").status()).isEqualTo(2);
    assertThat(cli.run("webhooks", "redeliver", "1", "--endpoint", "billing").status())
        .isEqualTo(2);
    assertThat(cli.run("webhooks").status()).isEqualTo(2);
  }

  @Test
  void aTestThatIsNotTakenIsAFailure() {
    stub.answers(
        200,
        "{\"endpoint\":\"billing\",\"delivered\":false,\"status\":401,\"detail\":\"answered 401\"}");

    Cli.Result result = cli.run("webhooks", "test", "billing");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("billing has not taken the test event: answered 401\n");
  }
}
