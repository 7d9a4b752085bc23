package io.creditledger.stripe.client;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.exception.TemporarySessionExpiredException;
import io.creditledger.stripe.client.Attempt.Cause;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/** Calls Stripe, within the rate, and tells what came of it. Safe for several threads. */
public final class StripeCalls {

  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;
  private static final String SESSION_EXPIRED = "billing_meter_event_session_expired";

  /** One call. */
  @FunctionalInterface
  public interface Call<T> {
    /** Makes the call with the client given. */
    T make(StripeClient client) throws StripeException;
  }

  private final StripeSettings settings;
  private final StripeClient client;
  private final Bucket rate;

  /** Calls as set; nothing is called yet. */
  public StripeCalls(StripeSettings settings) {
    this.settings = settings;
    this.client = client(settings, settings.apiKey());
    this.rate =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(settings.callsPerSecond())
                        .refillGreedy(settings.callsPerSecond(), Duration.ofSeconds(1)))
            .build();
  }

  /** A client for the meter event stream, with a session's token in place of the key. */
  public StripeClient streaming(String token) {
    return client(settings, token);
  }

  /** Calls with the account's key. */
  public <T> Attempt<T> call(Call<T> call) throws InterruptedException {
    return call(client, call);
  }

  /** Calls with a client of {@link #streaming}. */
  public <T> Attempt<T> call(StripeClient with, Call<T> call) throws InterruptedException {
    rate.asBlocking().consume(1);
    try {
      return new Attempt.Done<>(call.make(with));
    } catch (StripeException failed) {
      return judge(failed);
    }
  }

  private static <T> Attempt<T> judge(StripeException failed) {
    String code = Optional.ofNullable(failed.getCode()).orElse("");
    String message = Optional.ofNullable(failed.getMessage()).orElse("");
    int status = Optional.ofNullable(failed.getStatusCode()).orElse(0);
    Optional<Cause> cause = again(failed, status, code);
    return cause.isPresent()
        ? new Attempt.Again<>(cause.get(), status + " " + message)
        : new Attempt.Refused<>(status, code, message);
  }

  private static Optional<Cause> again(StripeException failed, int status, String code) {
    if (failed instanceof TemporarySessionExpiredException || code.equals(SESSION_EXPIRED)) {
      return Optional.of(Cause.SESSION);
    }
    if (failed instanceof AuthenticationException || failed instanceof PermissionException) {
      return Optional.of(Cause.KEY);
    }
    if (status == TOO_MANY) {
      return Optional.of(Cause.RATE);
    }
    if (status == CONFLICT) {
      return Optional.of(Cause.CONFLICT);
    }
    if (status >= SERVER_ERRORS) {
      return Optional.of(Cause.SERVER);
    }
    return failed instanceof ApiConnectionException || status == 0
        ? Optional.of(Cause.CONNECTION)
        : Optional.empty();
  }

  private static StripeClient client(StripeSettings settings, String key) {
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(settings.apiBase().toString())
        .setMeterEventsBase(settings.meterEventsBase().toString())
        .setConnectTimeout((int) settings.connectTimeout().toMillis())
        .setReadTimeout((int) settings.readTimeout().toMillis())
        .setMaxNetworkRetries(0)
        .build();
  }
}
