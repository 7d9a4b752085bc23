package io.creditledger.streams.webhook;

import io.creditledger.core.entry.AlertType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a webhook tells of, under the name receivers know it by: what, a full stop, what of it. */
public enum WebhookType {
  /** Available credits fell to the low bound. */
  BALANCE_LOW("balance.low"),
  /** Nothing is available any more. */
  BALANCE_DEPLETED("balance.depleted"),
  /** More than the low bound is available again. */
  BALANCE_RECOVERED("balance.recovered"),
  /** A grant's remainder will expire before long. */
  GRANT_EXPIRING_SOON("grant.expiring_soon"),
  /** Credits are to be bought. */
  TOP_UP_REQUESTED("top_up.requested"),
  /** No more credits are bought by themselves. */
  TOP_UP_PAUSED("top_up.paused"),
  /** Usage reached a bound that was set elsewhere, as Stripe counts it. */
  USAGE_THRESHOLD("usage.threshold"),
  /** Nothing happened: an operator tries an endpoint. */
  TEST("webhook.test");

  /** What an endpoint can ask for; a test comes only when somebody asks for it there and then. */
  public static final List<WebhookType> OF_ALERTS =
      Stream.of(values()).filter(type -> type != TEST).toList();

  private final String wireName;

  WebhookType(String wireName) {
    this.wireName = wireName;
  }

  /** What alerts of that kind are sent as. */
  public static WebhookType of(AlertType type) {
    return switch (type) {
      case LOW -> BALANCE_LOW;
      case DEPLETED -> BALANCE_DEPLETED;
      case RECOVERED -> BALANCE_RECOVERED;
      case EXPIRING_SOON -> GRANT_EXPIRING_SOON;
      case TOP_UP_REQUESTED -> TOP_UP_REQUESTED;
      case TOP_UP_PAUSED -> TOP_UP_PAUSED;
    };
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The type of alerts that has this name on the wire, if there is one. */
  public static Optional<WebhookType> ofWireName(String name) {
    return OF_ALERTS.stream().filter(type -> type.wireName.equals(name)).findFirst();
  }
}
