package io.creditledger.streams.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our signatures against the library that receivers verify with. */
class SigningSecretTest {

  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String BODY = "{\"customer\":\"Käse & Söhne 日本\"}";

  @Test
  void the_library_verifies_what_was_signed() {
    assertThatCode(() -> verify(OLD, signed(OLD, BODY), BODY)).doesNotThrowAnyException();
  }

  @Test
  void the_library_refuses_another_body_and_another_secret() {
    assertThatThrownBy(() -> verify(OLD, signed(OLD, BODY), BODY + " "))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verify(OTHER, signed(OLD, BODY), BODY))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void while_secrets_are_exchanged_receivers_with_either_can_verify() {
    Map<String, List<String>> headers = signed(NEW + ", " + OLD, BODY);

    assertThatCode(() -> verify(NEW, headers, BODY)).doesNotThrowAnyException();
    assertThatCode(() -> verify(OLD, headers, BODY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(OTHER, headers, BODY))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_c2hvcnQ=",
        "whsec_not-base64!",
        OLD + "," + NEW + "," + OTHER
      })
  void what_is_no_secret_is_refused_without_being_shown(String list) {
    assertThatThrownBy(() -> SigningSecret.parse(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "c2hvcnQ", "not-base64");
  }

  @Test
  void it_does_not_show_itself() {
    assertThat(SigningSecret.parse(OLD).toString()).isEqualTo("[a secret]");
  }

  private static Map<String, List<String>> signed(String secrets, String body) {
    Instant now = Instant.now();
    return Map.of(
        "webhook-id",
        List.of("msg_1"),
        "webhook-timestamp",
        List.of("" + now.getEpochSecond()),
        "webhook-signature",
        List.of(SigningSecret.header(SigningSecret.parse(secrets), "msg_1", now, body)));
  }

  private static void verify(String secret, Map<String, List<String>> headers, String body)
      throws WebhookVerificationException {
    new Webhook(secret).verify(body, headers);
  }
}
