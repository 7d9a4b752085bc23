package io.creditledger.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.EventListParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.v2.core.EventDestinationCreateParams;
import io.creditledger.stripe.simulator.event.DeliveryAttempt;
import io.creditledger.stripe.simulator.event.WebhookPlan;
import io.creditledger.stripe.simulator.event.WebhookPlan.Fate;
import io.creditledger.stripe.simulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

  private static final String DAHLIA = "2026-07-29.dahlia";

  private final SimulatedStripe stripe = new SimulatedStripe();
  private WebhookSink sink;

  @BeforeEach
  void listen() throws IOException {
    sink = new WebhookSink();
  }

  @AfterEach
  void close() {
    stripe.close();
    sink.close();
  }

  private void register(String version, String... types) {
    stripe.simulator.registerWebhook(sink.uri(), WebhookSink.SECRET, version, List.of(types));
  }

  private Event received(String body) throws SignatureVerificationException {
    return Webhook.constructEvent(body, sink.signature(body), WebhookSink.SECRET);
  }

  private List<String> names(List<String> bodies) throws Exception {
    List<String> names = new ArrayList<>();
    for (String body : bodies) {
      names.add(Json.read(body).path("data").path("object").path("name").asText());
    }
    return names;
  }

  private void quiet() {
    Awaitility.await().until(() -> stripe.simulator.deliveriesUnderWay() == 0);
  }

  @Test
  void aDeliveryIsSignedAndSaysWhichRequestCausedIt() throws Exception {
    register(DAHLIA, "customer.created");

    stripe.customer("Ann");

    String body = sink.await(1).getFirst();
    Event event = received(body);
    assertThat(event.getType()).isEqualTo("customer.created");
    assertThat(event.getRequest().getIdempotencyKey()).isNotEmpty();
    assertThat(event.getDataObjectDeserializer().getObject().orElseThrow())
        .isInstanceOfSatisfying(
            Customer.class, customer -> assertThat(customer.getName()).isEqualTo("Ann"));
    assertThatThrownBy(() -> Webhook.constructEvent(body, sink.signature(body), "whsec_another"))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @Test
  void anEndpointMadeByTheClientHasASecretOfItsOwn() throws Exception {
    var endpoint =
        stripe
            .client
            .v1()
            .webhookEndpoints()
            .create(
                WebhookEndpointCreateParams.builder()
                    .setUrl(sink.uri().toString())
                    .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED)
                    .build());

    stripe.customer("Ann");

    String body = sink.await(1).getFirst();
    assertThat(Webhook.constructEvent(body, sink.signature(body), endpoint.getSecret()).getType())
        .isEqualTo("customer.created");
    assertThat(stripe.client.v1().webhookEndpoints().retrieve(endpoint.getId()).getSecret())
        .isNull();
  }

  @Test
  void aStripeSyncIsTakenNoteOfOnce() throws Exception {
    URI stripeSync = URI.create("http://127.0.0.1:1");

    stripe.simulator.deliverTo(stripeSync, WebhookSink.SECRET);
    stripe.simulator.deliverTo(stripeSync, WebhookSink.SECRET);

    assertThat(stripe.client.v1().webhookEndpoints().list().getData())
        .extracting(WebhookEndpoint::getUrl)
        .containsExactlyInAnyOrder(stripeSync + "/stripe/webhooks", stripeSync + "/stripe/events");
  }

  @Test
  void aDestinationForThinEventsIsMadeByTheClientToo() throws Exception {
    var destination =
        stripe
            .client
            .v2()
            .core()
            .eventDestinations()
            .create(
                EventDestinationCreateParams.builder()
                    .setName("thin")
                    .setType(EventDestinationCreateParams.Type.WEBHOOK_ENDPOINT)
                    .setEventPayload(EventDestinationCreateParams.EventPayload.THIN)
                    .addEnabledEvent("v1.customer.created")
                    .addInclude(
                        EventDestinationCreateParams.Include.WEBHOOK_ENDPOINT__SIGNING_SECRET)
                    .setWebhookEndpoint(
                        EventDestinationCreateParams.WebhookEndpoint.builder()
                            .setUrl(sink.uri().toString())
                            .build())
                    .build());

    String customer = stripe.customer("Ann").getId();

    String body = sink.await(1).getFirst();
    assertThat(
            stripe
                .client
                .parseEventNotification(
                    body, sink.signature(body), destination.getWebhookEndpoint().getSigningSecret())
                .getType())
        .isEqualTo("v1.customer.created");
    JsonNode thin = Json.read(body);
    assertThat(thin.path("related_object").path("id").asText()).isEqualTo(customer);
    assertThat(thin.has("data")).isFalse();
  }

  @Test
  void aFailedDeliveryIsTriedAgain() throws Exception {
    register(DAHLIA, "*");
    sink.failNext(2);

    stripe.customer("Ann");

    sink.await(1);
    quiet();
    assertThat(stripe.simulator.deliveryAttempts())
        .extracting(DeliveryAttempt::status)
        .containsExactly(500, 500, 200);
  }

  @Test
  void eventsComeTwiceAndShuffledWhenScriptedTo() throws Exception {
    register(DAHLIA, "customer.created");
    stripe.simulator.follow(WebhookPlan.seeded(3).twice(1).shuffledWithin(Duration.ofMillis(300)));
    for (int i = 0; i < 20; i++) {
      stripe.customer("c" + i);
    }

    List<String> names = names(sink.await(40));

    assertThat(names).hasSize(40);
    assertThat(new HashSet<>(names)).hasSize(20);
    assertThat(names).isNotEqualTo(names.stream().sorted().toList());
  }

  @Test
  void heldEventsAreReleasedInAnyOrder() throws Exception {
    register(DAHLIA, "customer.created");
    stripe.simulator.follow(WebhookPlan.orderly().always("customer.created", Fate.HELD));
    stripe.customer("first");
    stripe.customer("second");
    stripe.customer("third");
    assertThat(stripe.simulator.heldEvents()).hasSize(3);
    assertThat(sink.received()).isEmpty();

    stripe.simulator.releaseBackwards();

    assertThat(names(sink.await(3))).containsExactly("third", "second", "first");
  }

  @Test
  void aLateEventIsOvertaken() throws Exception {
    register(DAHLIA, "customer.created");
    stripe.simulator.follow(
        WebhookPlan.orderly()
            .with(new WebhookPlan.Rule("customer.created", Fate.LATE, Duration.ofMillis(400), 1)));
    stripe.customer("first");
    stripe.customer("second");

    assertThat(names(sink.await(2))).containsExactly("second", "first");
  }

  @Test
  void aLostEventIsOnlyInTheList() throws Exception {
    register(DAHLIA, "customer.created");
    stripe.simulator.follow(WebhookPlan.orderly().next(1, "customer.created", Fate.LOST));
    stripe.customer("lost");
    stripe.customer("found");

    assertThat(names(sink.await(1))).containsExactly("found");
    quiet();

    List<Event> missed =
        stripe
            .client
            .v1()
            .events()
            .list(
                EventListParams.builder()
                    .addType("customer.created")
                    .setDeliverySuccess(false)
                    .setCreated(
                        EventListParams.Created.builder()
                            .setGte(SimulatedStripe.START.getEpochSecond())
                            .build())
                    .build())
            .getData();
    assertThat(missed).hasSize(1);
    stripe.simulator.resend(missed.getFirst().getId());
    assertThat(names(sink.await(2))).containsExactly("found", "lost");
  }

  @Test
  void oneChangeMayBeToldByTwoEvents() throws Exception {
    register(DAHLIA, "customer.created");
    stripe.simulator.follow(WebhookPlan.orderly().next(1, "customer.created", Fate.TWIN));

    stripe.customer("Ann");

    List<String> bodies = sink.await(2);
    assertThat(received(bodies.get(0)).getId()).isNotEqualTo(received(bodies.get(1)).getId());
    assertThat(names(bodies)).containsExactly("Ann", "Ann");
  }

  @Test
  void anEndpointGetsTheShapeOfItsVersion() throws Exception {
    register("2024-11-20.acacia", "invoice.paid");
    Shop shop = new Shop(stripe);

    String subscription = shop.subscribe().getId();

    String body = sink.await(1).getFirst();
    JsonNode invoice = Json.read(body).path("data").path("object");
    assertThat(invoice.path("subscription").asText()).isEqualTo(subscription);
    assertThat(invoice.has("parent")).isFalse();
    assertThat(invoice.path("lines").path("data").path(0).path("price").path("id").asText())
        .isEqualTo(shop.plan.getId());
    assertThat(received(body).getDataObjectDeserializer().getObject()).isEmpty();
    assertThat(received(body).getDataObjectDeserializer().deserializeUnsafe())
        .isInstanceOf(Invoice.class);
  }

  @Test
  void eventsArePagedAndFiltered() throws StripeException {
    for (int i = 0; i < 5; i++) {
      stripe.customer("c" + i);
    }
    var events = stripe.client.v1().events();

    var first = events.list(EventListParams.builder().setLimit(2L).build());
    var second =
        events.list(
            EventListParams.builder()
                .setLimit(10L)
                .setStartingAfter(first.getData().getLast().getId())
                .build());

    assertThat(first.getHasMore()).isTrue();
    assertThat(second.getData()).hasSize(3);
    assertThat(second.getHasMore()).isFalse();
  }
}
