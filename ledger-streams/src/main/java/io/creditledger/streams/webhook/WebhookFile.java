package io.creditledger.streams.webhook;

import io.creditledger.core.yaml.YamlException;
import io.creditledger.core.yaml.YamlFields;
import io.creditledger.core.yaml.YamlScalars;
import io.creditledger.core.yaml.YamlText;
import io.creditledger.core.yaml.YamlValue;
import io.creditledger.relay.Backoff;
import io.creditledger.streams.webhook.WebhookUrl.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The endpoints as an operator writes them: YAML, without the secrets.
 *
 * <pre>{@code
 * endpoints:
 *   - name: billing
 *     url: https://billing.example.com/hooks/credits
 *     secret_env: BILLING_WEBHOOK_SECRET     # whsec_…; two, with a comma, while they are exchanged
 *     types: [balance.low, balance.depleted] # default: all
 *     timeout: PT15S                         # of one attempt
 *     parallel: 8                            # customers at once
 *     retry: {first: PT5S, most: PT1H, give_up_after: P3D}
 *     allow_http: false                      # http to another machine
 * keep_delivered: P30D
 * schema: webhooks                           # in PostgreSQL
 * }</pre>
 */
public final class WebhookFile {

  /** The environment variable that names the file. */
  public static final String VARIABLE = "LEDGER_WEBHOOKS";

  private static final Function<String, WebhookType> TYPE =
      YamlScalars.oneOf(
          WebhookType::ofWireName,
          WebhookType.OF_ALERTS.stream().map(WebhookType::wireName).toList());
  private static final Function<String, Encryption> ENCRYPTION =
      YamlScalars.oneOf(
          text ->
              Optional.ofNullable(
                  Map.of("true", Encryption.WAIVED, "false", Encryption.NEEDED).get(text)),
          List.of("true", "false"));

  private final Map<String, String> environment;

  private WebhookFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @param environment where the secrets are
   * @throws IllegalArgumentException if it cannot be read, is not as it should be, or a secret is
   *     missing; it tells all that is wrong, each with its line, and nothing of a secret
   */
  public static WebhookSettings read(Path file, Map<String, String> environment) {
    try {
      return parse(file.toString(), Files.readString(file), environment);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the webhooks " + file + ": " + e, e);
    } catch (YamlException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static WebhookSettings parse(String name, String text, Map<String, String> environment) {
    return YamlText.read(name, text, new WebhookFile(environment)::settings);
  }

  private Optional<WebhookSettings> settings(YamlFields fields) {
    List<WebhookEndpoint> endpoints = new ArrayList<>();
    for (YamlValue item : fields.required("endpoints").map(YamlValue::items).orElse(List.of())) {
      item.fields().flatMap(this::endpoint).ifPresent(endpoints::add);
    }
    String schema = fields.text("schema").orElse(WebhookSettings.SCHEMA_DEFAULT);
    Duration keep = duration(fields, "keep_delivered", WebhookSettings.KEEP_DEFAULT);
    return fields.build(() -> new WebhookSettings(endpoints, schema, keep));
  }

  private Optional<WebhookEndpoint> endpoint(YamlFields fields) {
    Optional<String> name = fields.required("name").flatMap(YamlValue::text);
    Encryption encryption = fields.as("allow_http", ENCRYPTION).orElse(Encryption.NEEDED);
    Optional<WebhookUrl> url =
        fields
            .required("url")
            .flatMap(value -> value.as(text -> WebhookUrl.parse(text, encryption)));
    Optional<List<SigningSecret>> secrets =
        fields.required("secret_env").flatMap(value -> value.as(this::secrets));
    Set<WebhookType> types = fields.field("types").map(WebhookFile::types).orElseGet(Set::of);
    Duration timeout = duration(fields, "timeout", WebhookEndpoint.TIMEOUT_DEFAULT);
    int parallel =
        fields.as("parallel", YamlScalars::wholeNumber).orElse(WebhookEndpoint.PARALLEL_DEFAULT);
    RetryPlan retry =
        fields
            .field("retry")
            .flatMap(YamlValue::fields)
            .flatMap(WebhookFile::retry)
            .orElse(RetryPlan.DEFAULT);
    if (name.isEmpty() || url.isEmpty() || secrets.isEmpty()) {
      fields.refuseUnknown();
      return Optional.empty();
    }
    return fields.build(
        () ->
            new WebhookEndpoint(
                name.get(),
                url.get(),
                secrets.get(),
                types.isEmpty() ? Set.copyOf(WebhookType.OF_ALERTS) : types,
                timeout,
                parallel,
                retry));
  }

  private List<SigningSecret> secrets(String variable) {
    String list = environment.getOrDefault(variable, "");
    if (list.isBlank()) {
      throw new IllegalArgumentException(
          "names the environment variable " + variable + ", which is not set");
    }
    try {
      return SigningSecret.parse(list);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("names " + variable + ", which " + wrong.getMessage());
    }
  }

  private static Set<WebhookType> types(YamlValue value) {
    Set<WebhookType> types = EnumSet.noneOf(WebhookType.class);
    List<YamlValue> items = value.items();
    if (items.isEmpty() && value.isList()) {
      value.refuse("names no type; leave it out for all of them");
    }
    items.forEach(item -> item.as(TYPE).ifPresent(types::add));
    return types;
  }

  private static Optional<RetryPlan> retry(YamlFields fields) {
    Backoff usual = RetryPlan.DEFAULT.backoff();
    Duration first = duration(fields, "first", usual.first());
    Duration most = duration(fields, "most", usual.most());
    Duration giveUp = duration(fields, "give_up_after", RetryPlan.DEFAULT.giveUpAfter());
    return fields.build(() -> new RetryPlan(new Backoff(first, most), giveUp));
  }

  private static Duration duration(YamlFields fields, String name, Duration otherwise) {
    return fields.as(name, YamlScalars::duration).orElse(otherwise);
  }
}
