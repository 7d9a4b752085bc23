package io.creditledger.stripe.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The simulator as a process of its own, configured by environment variables. */
public final class StripeSimulatorMain {

  private StripeSimulatorMain() {}

  /**
   * Runs until the process is told to stop. {@code STRIPE_SIMULATOR_HOST}, {@code _PORT}, {@code
   * _KEY}, {@code _SNAPSHOT} (a file that keeps the state), {@code _DELIVER_TO} (the address of a
   * stripe-sync that gets its webhooks) and {@code _WEBHOOK_SECRET} (which signs them) are read
   * from the environment.
   */
  public static void main(String[] arguments) throws InterruptedException {
    SimulatorSettings settings =
        SimulatorSettings.defaults()
            .withAddress(variable("HOST", "127.0.0.1"), Integer.parseInt(variable("PORT", "12111")))
            .withApiKey(variable("KEY", SimulatorSettings.TEST_KEY));
    String snapshot = variable("SNAPSHOT", "");
    if (!snapshot.isEmpty()) {
      settings = settings.withSnapshot(Path.of(snapshot));
    }
    StripeSimulator simulator = StripeSimulator.start(settings);
    String stripeSync = variable("DELIVER_TO", "");
    if (!stripeSync.isEmpty()) {
      simulator.deliverTo(URI.create(stripeSync), variable("WEBHOOK_SECRET", ""));
    }
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  simulator.close();
                  closed.countDown();
                }));
    System.out.println("Stripe simulator at " + simulator.baseUri());
    closed.await();
  }

  private static String variable(String name, String otherwise) {
    return System.getenv().getOrDefault("STRIPE_SIMULATOR_" + name, otherwise);
  }
}
