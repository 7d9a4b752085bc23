package io.creditledger.streams.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where webhooks are posted.
 *
 * @param uri absolute, http or https, with a host, without credentials and fragment
 */
public record WebhookUrl(URI uri) {

  private static final Pattern HTTP = Pattern.compile("(?i)https?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*0*1]");

  /** Whether alerts may travel there unencrypted. */
  enum Encryption {
    /** Only to this machine. */
    NEEDED,
    /** Its operator says so, as where a proxy on the way encrypts. */
    WAIVED
  }

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if it is not as promised; the message follows a field's name
   */
  public WebhookUrl {
    if (!HTTP.matcher(String.valueOf(uri.getScheme())).matches() || uri.getHost() == null) {
      throw new IllegalArgumentException("is not an address such as https://example.com/hooks");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("holds credentials, which a signature makes needless");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("holds a fragment, which is never sent");
    }
  }

  /**
   * An address as people write it.
   *
   * @throws IllegalArgumentException if it is none, or leads out of this machine unencrypted where
   *     that was not waived
   */
  static WebhookUrl parse(String text, Encryption encryption) {
    WebhookUrl url;
    try {
      url = new WebhookUrl(new URI(text));
    } catch (URISyntaxException notOne) {
      throw new IllegalArgumentException("is not an address: " + notOne.getReason(), notOne);
    }
    if (encryption == Encryption.NEEDED && !url.encrypted() && !url.local()) {
      throw new IllegalArgumentException(
          "is not https: what alerts tell of customers would travel unencrypted; if it is encrypted"
              + " on its way, say allow_http: true");
    }
    return url;
  }

  private boolean encrypted() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private boolean local() {
    return LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** The address without its query, where some receivers keep a token. */
  @Override
  public String toString() {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?…";
  }
}
