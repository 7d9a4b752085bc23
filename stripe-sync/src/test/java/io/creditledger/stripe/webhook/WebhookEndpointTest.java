package io.creditledger.stripe.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.stripe.net.Webhook;
import io.creditledger.stripe.InboxRig;
import io.creditledger.stripe.SyncFixture;
import io.creditledger.stripe.simulator.SimulatorSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class WebhookEndpointTest {

  private static final String SNAPSHOTS = "/stripe/webhooks";
  private static final String OTHER_SECRET = "whsec_of_another_account";

  @RegisterExtension final SyncFixture fixture = new SyncFixture();

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.creditledger");
  private InboxRig rig;

  @BeforeEach
  void open() {
    rig = new InboxRig(fixture);
    own.setLevel(Level.TRACE);
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void close() {
    root.detachAppender(logged);
    own.setLevel(Level.INFO);
    rig.close();
    assertThat(logged.list)
        .noneSatisfy(
            event ->
                assertThat(event.getFormattedMessage() + event.getThrowableProxy())
                    .containsAnyOf(
                        InboxRig.SECRET,
                        InboxRig.ROLLED_SECRET,
                        OTHER_SECRET,
                        SimulatorSettings.TEST_KEY));
  }

  @Test
  void a_signed_event_is_kept_and_answered_and_kept_only_once() throws Exception {
    String event = event("evt_1", "invoice.sent", "2026-07-29.dahlia");
    assertThat(post(event, InboxRig.SECRET).statusCode()).isEqualTo(200);
    assertThat(post(event, InboxRig.SECRET).statusCode()).isEqualTo(200);
    assertThat(rig.events("invoice.sent")).containsExactly("evt_1");
  }

  @Test
  void while_a_secret_is_rolled_either_will_do() throws Exception {
    String event = event("evt_1", "invoice.sent", "2026-07-29.dahlia");
    assertThat(post(event, InboxRig.ROLLED_SECRET).statusCode()).isEqualTo(200);
    assertThat(rig.events("invoice.sent")).containsExactly("evt_1");
  }

  @Test
  void what_no_secret_signed_is_refused() throws Exception {
    String event = event("evt_1", "invoice.sent", "2026-07-29.dahlia");
    String signature = sign(event, InboxRig.SECRET, Instant.now());
    refused(
        rig.post(SNAPSHOTS, bytes(event.replace("evt_1", "evt_2")), signature),
        400,
        "no configured signing secret");
    refused(rig.post(SNAPSHOTS, bytes(event), ""), 400, "no Stripe-Signature header");
    refused(rig.post(SNAPSHOTS, bytes(event), "nonsense"), 400, "no configured signing secret");
    refused(rig.post(SNAPSHOTS, bytes(event), "t=1,v0=00"), 400, "no configured signing secret");
  }

  @Test
  void what_another_accounts_secret_signed_is_refused() throws Exception {
    refused(
        post(event("evt_1", "invoice.sent", "2026-07-29.dahlia"), OTHER_SECRET),
        400,
        "no configured signing secret");
  }

  @Test
  void what_was_signed_too_long_ago_is_refused() throws Exception {
    String event = event("evt_1", "invoice.sent", "2026-07-29.dahlia");
    String old = sign(event, InboxRig.SECRET, Instant.now().minusSeconds(301));
    refused(rig.post(SNAPSHOTS, bytes(event), old), 400, "more than 300 seconds old");
    String recent = sign(event, InboxRig.SECRET, Instant.now().minusSeconds(200));
    assertThat(rig.post(SNAPSHOTS, bytes(event), recent).statusCode()).isEqualTo(200);
  }

  @Test
  void five_megabytes_are_refused() throws Exception {
    String event = event("evt_1", "x".repeat(5 << 20), "2026-07-29.dahlia");
    refused(post(event, InboxRig.SECRET), 413, "larger than 1 MiB");
  }

  @Test
  void a_type_that_nobody_knows_is_kept_and_ignored_with_the_reason() throws Exception {
    post(event("evt_1", "unheard.of", "2026-07-29.dahlia"), InboxRig.SECRET);
    rig.settle();
    assertThat(rig.event("evt_1"))
        .containsEntry("state", "ignored")
        .containsEntry("note", "stripe-sync has no use for the type unheard.of");
  }

  @Test
  void what_is_signed_and_is_no_event_is_parked_with_the_reason() throws Exception {
    assertThat(post("{\"object\":\"list\"}", InboxRig.SECRET).statusCode()).isEqualTo(200);
    assertThat(post("not json", InboxRig.SECRET).statusCode()).isEqualTo(200);
    List<String> notes =
        fixture
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select note from stripe_event where state = 'parked'")
                        .mapTo(String.class)
                        .list());
    assertThat(notes)
        .containsExactlyInAnyOrder("it is no event: its object is \"list\"", "it is not JSON");
  }

  @Test
  void an_invoice_of_a_major_version_yet_to_come_is_looked_up_and_parked_where_there_is_none()
      throws Exception {
    post(event("evt_1", "invoice.paid", "2027-03-31.fennel"), InboxRig.SECRET);
    rig.settle();
    assertThat(rig.event("evt_1"))
        .containsEntry("state", "parked")
        .hasEntrySatisfying(
            "note", note -> assertThat(note).contains("2027-03-31.fennel", "not known", "in_1"));
  }

  @Test
  void an_event_of_a_connected_account_is_ignored_with_the_reason() throws Exception {
    String event =
        event("evt_1", "invoice.paid", "2026-07-29.dahlia")
            .replace("\"livemode\"", "\"account\":\"acct_7\",\"livemode\"");
    post(event, InboxRig.SECRET);
    rig.settle();
    assertThat(rig.event("evt_1"))
        .containsEntry("state", "ignored")
        .containsEntry("note", "it happened in the connected account acct_7");
  }

  private void refused(HttpResponse<String> answer, int status, String why) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
    assertThat(rig.events("invoice.sent")).isEmpty();
    assertThat(logged.list)
        .anySatisfy(event -> assertThat(event.getFormattedMessage()).contains(why));
  }

  private HttpResponse<String> post(String event, String secret) throws GeneralSecurityException {
    return rig.post(SNAPSHOTS, bytes(event), sign(event, secret, Instant.now()));
  }

  private static String sign(String event, String secret, Instant at)
      throws GeneralSecurityException {
    return Webhook.Signature.generateSignatureHeader(event, secret, at.getEpochSecond());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String event(String id, String type, String version) {
    return """
        {"id":"%s","object":"event","api_version":"%s","created":1793491200,"livemode":false,
         "type":"%s","data":{"object":{"id":"in_1","object":"invoice"}}}
        """
        .formatted(id, version, type);
  }
}
