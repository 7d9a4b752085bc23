package io.creditledger.stripe;

import io.creditledger.core.yaml.YamlException;
import io.creditledger.relay.KafkaConnection;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.rules.RulesYaml;
import io.creditledger.stripe.rules.StripeRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The environment variables that set an instance of stripe-sync. Those of Kafka and PostgreSQL are
 * the ledger's own; secrets come from nowhere else than the environment.
 */
public final class StripeSyncEnvironment {

  /** Stripe's secret key, or a simulator's. */
  public static final String API_KEY = "STRIPE_API_KEY";

  /** A file of rules; see {@link RulesYaml}. */
  public static final String RULES = "STRIPE_RULES";

  private final Map<String, String> variables;

  /** Reads these variables. */
  public StripeSyncEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * The whole configuration.
   *
   * @throws IllegalArgumentException if a variable is missing or is not what it should be; the
   *     message names it and shows no secret
   */
  public StripeSyncConfig config() {
    return new StripeSyncConfig(
        new KafkaConnection(required("LEDGER_KAFKA"), KafkaConnection.propertiesOf(variables)),
        variables.getOrDefault("LEDGER_TOPIC_PREFIX", ""),
        required("LEDGER_POSTGRES"),
        stripe(),
        rules(),
        webhookSecrets(),
        variables.getOrDefault("STRIPE_SYNC_HOST", "127.0.0.1"),
        number("STRIPE_SYNC_PORT", StripeSyncConfig.PORT_DEFAULT),
        new StripeSyncConfig.Admin(
            variables.getOrDefault("STRIPE_SYNC_ADMIN_HOST", "127.0.0.1"),
            number("STRIPE_SYNC_ADMIN_PORT", StripeSyncConfig.Admin.PORT_DEFAULT)),
        Clock.systemUTC());
  }

  /** How Stripe is reached. */
  public StripeSettings stripe() {
    StripeSettings stripe = StripeSettings.live(required(API_KEY));
    URI apiBase = address("STRIPE_API_BASE", stripe.apiBase());
    // A simulator has both hosts of Stripe at one address.
    URI streamBase =
        address(
            "STRIPE_METER_EVENTS_BASE",
            apiBase.equals(stripe.apiBase()) ? stripe.meterEventsBase() : apiBase);
    return new StripeSettings(
        stripe.apiKey(),
        apiBase,
        streamBase,
        stripe.connectTimeout(),
        stripe.readTimeout(),
        number("STRIPE_CALLS_PER_SECOND", stripe.callsPerSecond()));
  }

  /** The rules of the file named, or none. */
  public StripeRules rules() {
    String file = variables.getOrDefault(RULES, "");
    return file.isEmpty() ? StripeRules.NONE : rules(Path.of(file));
  }

  /**
   * The rules of a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or is wrong: then with every mistake
   */
  public static StripeRules rules(Path file) {
    try {
      return RulesYaml.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the rules " + file + ": " + e, e);
    } catch (YamlException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Those that sign Stripe's webhooks. */
  public List<String> webhookSecrets() {
    return Arrays.stream(variables.getOrDefault("STRIPE_WEBHOOK_SECRETS", "").split(",", -1))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .toList();
  }

  private String required(String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the environment variable " + name + " is missing");
    }
    return value;
  }

  private int number(String name, int otherwise) {
    String value = variables.getOrDefault(name, "");
    try {
      return value.isEmpty() ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: " + value, e);
    }
  }

  private URI address(String name, URI otherwise) {
    String value = variables.getOrDefault(name, "");
    try {
      return value.isEmpty() ? otherwise : URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no address: " + value, e);
    }
  }
}
