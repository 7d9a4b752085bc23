package io.creditledger.stripe.webhook;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells what Stripe signed from what it did not. While a secret is rolled there are two, and either
 * will do; the snapshot and the thin endpoint have secrets of their own.
 */
public final class SignatureCheck {

  /** How old a signature may be: Stripe's own advice against replay. */
  public static final Duration AGE_MAX = Duration.ofMinutes(5);

  private static final long ANY_AGE = 0;

  private final List<String> secrets;
  private final Clock clock;

  /**
   * A check against these secrets.
   *
   * @param clock the machine's, also where Stripe's time is simulated: signatures carry that
   */
  public SignatureCheck(List<String> secrets, Clock clock) {
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  /** Why these bytes are not to be believed; empty if they are. */
  public Optional<WebhookRefusal> refusal(byte[] body, Optional<String> header) {
    if (secrets.isEmpty()) {
      return Optional.of(WebhookRefusal.NO_SECRET);
    }
    if (header.isEmpty()) {
      return Optional.of(WebhookRefusal.NO_SIGNATURE);
    }
    String payload = new String(body, StandardCharsets.UTF_8);
    Optional<String> signer =
        secrets.stream()
            .filter(secret -> verifies(payload, header.get(), secret, ANY_AGE))
            .findFirst();
    if (signer.isEmpty()) {
      return Optional.of(WebhookRefusal.BAD_SIGNATURE);
    }
    return verifies(payload, header.get(), signer.get(), AGE_MAX.toSeconds())
        ? Optional.empty()
        : Optional.of(WebhookRefusal.TOO_OLD);
  }

  private boolean verifies(String payload, String header, String secret, long age) {
    try {
      return Webhook.Signature.verifyHeader(payload, header, secret, age, clock);
    } catch (SignatureVerificationException refused) {
      return false;
    }
  }
}
