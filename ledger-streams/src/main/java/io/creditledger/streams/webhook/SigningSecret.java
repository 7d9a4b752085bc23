package io.creditledger.streams.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook is signed with, by the symmetric scheme of Standard Webhooks: HMAC-SHA256 over id,
 * time and body. It never shows itself.
 */
public final class SigningSecret {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;
  private static final int SECRETS_MAX = 2;

  private final SecretKeySpec key;

  private SigningSecret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The secrets of a list separated by commas: one, or the new and the old one while a receiver
   * changes over.
   *
   * @throws IllegalArgumentException if there are none or more than two, or one is not {@code
   *     whsec_} and base64 of 24 to 64 bytes; the message holds nothing of what was given
   */
  public static List<SigningSecret> parse(String list) {
    List<String> texts =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (texts.isEmpty() || texts.size() > SECRETS_MAX) {
      throw new IllegalArgumentException(
          "holds " + texts.size() + " secrets: one is needed, or two while they are exchanged");
    }
    return texts.stream().map(SigningSecret::one).toList();
  }

  private static SigningSecret one(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("holds a secret that does not begin with " + PREFIX);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      // Its message would quote from the secret.
      throw wrong();
    }
    if (key.length < BYTES_MIN || key.length > BYTES_MAX) {
      throw wrong();
    }
    return new SigningSecret(key);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "holds a secret that is not "
            + PREFIX
            + " and base64 of "
            + BYTES_MIN
            + " to "
            + BYTES_MAX
            + " bytes; make one with: echo \"whsec_$(openssl rand -base64 32)\"");
  }

  /** The signature header's value: one signature of each secret, so that either verifies. */
  static String header(List<SigningSecret> secrets, String id, Instant sentAt, String body) {
    return secrets.stream()
        .map(secret -> secret.sign(id, sentAt, body))
        .collect(Collectors.joining(" "));
  }

  private String sign(String id, Instant sentAt, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String signed = id + "." + sentAt.getEpochSecond() + "." + body;
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "a secret";
  }
}
