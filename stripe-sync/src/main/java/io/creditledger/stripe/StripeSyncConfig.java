package io.creditledger.stripe;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.stripe.client.StripeSettings;
import io.creditledger.stripe.rules.StripeRules;
import java.time.Clock;
import java.util.List;

/**
 * Everything that can be set of one instance of stripe-sync.
 *
 * @param topicPrefix the ledger's
 * @param jdbcUrl PostgreSQL's address, with user and password where they are needed
 * @param webhookSecrets that sign Stripe's webhooks, snapshot and thin; several while one is rolled
 * @param host where it listens for webhooks
 * @param port where it listens; 0 for any free port
 * @param admin where operators ask it and command it; never to be reached from outside
 * @param clock what time it is; another one than the machine's only where Stripe's is simulated
 */
public record StripeSyncConfig(
    KafkaConnection kafka,
    String topicPrefix,
    String jdbcUrl,
    StripeSettings stripe,
    StripeRules rules,
    List<String> webhookSecrets,
    String host,
    int port,
    Admin admin,
    Clock clock) {

  /** The schema in which all of its tables are. */
  public static final String SCHEMA = "stripe";

  /** Where it listens if nothing else is said. */
  public static final int PORT_DEFAULT = 8401;

  /**
   * Where operators reach it. Whoever does may command it: the address is not to be Stripe's way
   * in.
   *
   * @param port 0 for any free port
   */
  public record Admin(String host, int port) {

    /** Where it listens for operators if nothing else is said: this machine only. */
    public static final int PORT_DEFAULT = 8402;

    /** Any free port of this machine. */
    public static final Admin ANYWHERE_HERE = new Admin("127.0.0.1", 0);
  }

  /** Copies the secrets. */
  public StripeSyncConfig {
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /** What may be shown of it. */
  @Override
  public String toString() {
    return "StripeSyncConfig[" + stripe + ", host=" + host + ", port=" + port + "]";
  }
}
