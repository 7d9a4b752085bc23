package io.creditledger.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.model.Customer;
import com.stripe.param.billing.MeterEventCreateParams;
import io.creditledger.core.money.Credits;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.fault.Fault;
import io.creditledger.stripe.simulator.fault.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events whose webhooks never come. */
class CatchUpTest {

  private static final Duration USUAL = Duration.ofMinutes(5);

  private static final String NO_METER = "v1.billing.meter.no_meter_found";
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private InboxRig rig;
  private Shopkeeper shop;

  @BeforeEach
  void open() {
    rig = new InboxRig(fixture);
    shop = new Shopkeeper(fixture);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_payment_whose_webhook_was_lost_is_found_in_the_list_and_grants_once() throws Exception {
    // given
    rig.part().catchUp().step();
    fixture.simulator().follow(WebhookPlan.seeded(1).lost(1));
    fixture.clock().advance(Duration.ofHours(1));
    Customer ann = shop.named("ann");
    shop.buy(ann, shop.addOn("pack-750", 5000), 1);
    rig.settle();
    assertThat(rig.grants()).isEmpty();

    // when
    assertThat(rig.part().catchUp().step()).isEqualTo(USUAL);
    rig.settle();
    rig.part().catchUp().step();
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(rig.left(rig.grants().getFirst())).isEqualTo(Credits.parse("750"));
    assertThat(webhooks().path("found_in_lists").asInt()).isPositive();
    assertThat(webhooks().path("last_webhook").asText()).isEmpty();
  }

  @Test
  void what_came_by_webhook_already_is_not_taken_again() throws Exception {
    // given
    rig.part().catchUp().step();
    shop.buy(shop.named("ann"), shop.addOn("pack-750", 5000), 1);
    rig.settle();

    // when
    rig.part().catchUp().step();
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
    assertThat(webhooks().path("found_in_lists").asInt()).isZero();
    assertThat(webhooks().path("last_webhook").asText()).isNotEmpty();
  }

  @Test
  void what_was_paid_before_the_list_was_ever_read_is_nobodys_business() throws Exception {
    // given
    fixture.simulator().follow(WebhookPlan.seeded(1).lost(1));
    shop.buy(shop.named("ann"), shop.addOn("pack-750", 5000), 1);
    fixture.clock().advance(Duration.ofMinutes(1));
    shop.named("bob");

    // when
    rig.part().catchUp().step();
    fixture.clock().advance(Duration.ofHours(1));
    rig.part().catchUp().step();
    rig.settle();

    // then
    assertThat(rig.grants()).isEmpty();
  }

  @Test
  void an_outage_leaves_the_list_where_it_was_read_and_is_soon_over() throws Exception {
    // given
    rig.part().catchUp().step();
    fixture.simulator().follow(WebhookPlan.seeded(1).lost(1));
    shop.buy(shop.named("ann"), shop.addOn("pack-750", 5000), 1);
    fixture
        .simulator()
        .follow(FaultPlan.none().share(1, "GET *", Fault.rateLimited("global-rate")));

    // when
    assertThat(rig.part().catchUp().step()).isLessThan(USUAL);
    rig.settle();
    assertThat(rig.grants()).isEmpty();
    fixture.simulator().follow(FaultPlan.none());
    rig.part().catchUp().step();
    rig.settle();

    // then
    assertThat(rig.grants()).hasSize(1);
  }

  @Test
  void more_events_than_a_page_has_are_all_found() throws Exception {
    // given
    rig.part().catchUp().step();
    fixture.simulator().follow(WebhookPlan.seeded(1).lost(1));
    for (int i = 0; i < 120; i++) {
      shop.named("c" + i);
    }

    // when
    rig.part().catchUp().step();

    // then
    assertThat(rig.events("customer.created")).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void events_are_forgotten_once_stripe_cannot_repeat_them() throws Exception {
    // given
    shop.named("ann");
    rig.settle();
    assertThat(rig.events("customer.created")).hasSize(1);

    // when
    fixture.clock().advance(Duration.ofDays(61));
    rig.part().catchUp().step();
    assertThat(rig.events("customer.created")).hasSize(1);
    fixture.clock().advance(Duration.ofDays(2));
    rig.part().catchUp().step();

    // then
    assertThat(rig.events("customer.created")).isEmpty();
  }

  @Test
  void what_was_parked_is_tried_again_when_an_operator_says_so() throws Exception {
    // given
    shop.buy(shop.named("ann"), shop.addOn("pack-nobody-knows", 5000), 1);
    rig.settle();
    assertThat(webhooks().path("parked").asInt()).isPositive();
    assertThat(webhooks().path("parked_or_retried_events").toString())
        .contains("the rules have no add-on", "pack-nobody-knows");

    // when
    assertThat(retry("?event=evt_other")).isZero();

    // then
    assertThat(webhooks().path("waiting").asInt()).isZero();

    // when
    int tried = retry("");

    // then
    assertThat(tried).isPositive();
    assertThat(webhooks().path("parked").asInt()).isZero();
    assertThat(webhooks().path("waiting").asInt()).isEqualTo(tried);
  }

  @Test
  void a_report_of_wrong_usage_that_never_came_is_found_in_the_list_of_the_second_api()
      throws Exception {
    // given
    shop.named("ann");
    rig.part().catchUp().step();
    Customer bob = shop.named("bob");
    fixture
        .client()
        .v1()
        .billing()
        .meterEvents()
        .create(
            MeterEventCreateParams.builder()
                .setEventName("nobody_counts_this")
                .putPayload("stripe_customer_id", bob.getId())
                .putPayload("value", "3")
                .build());
    fixture.simulator().reportMeterErrors();
    assertThat(rig.events(NO_METER)).isEmpty();

    // when
    rig.part().catchUp().step();
    rig.part().catchUp().step();
    rig.settle();

    // then
    assertThat(rig.events(NO_METER)).hasSize(1);
    assertThat(rig.event(rig.events(NO_METER).getFirst())).containsEntry("state", "done");
  }

  private int retry(String query) throws JsonProcessingException {
    String answer = rig.post("/v1/events/retry" + query, new byte[0], "").body();
    return JSON.readTree(answer).path("events").asInt();
  }

  private ObjectNode webhooks() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    rig.part().status(status);
    return (ObjectNode) status.path("webhooks");
  }
}
