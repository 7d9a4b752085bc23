package io.creditledger.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditledger.cli.LedgerCli;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following a journal in a process of its own, which is told to stop as Ctrl-C does. */
class WatchProcessTest {

  private static final String PAGE =
      "{\"customer\":\"cus_1\",\"entries\":[{\"type\":\"usage\",\"sequence\":7}],\"complete\":true}";

  @Test
  @Timeout(60)
  void whoIsToldToStopSaysWhereToGoOn() throws IOException, InterruptedException {
    // given
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (StubLedger stub = new StubLedger()) {
      stub.answers(200, PAGE)
          .answers(200, PAGE)
          .answers(
              request -> {
                waiting.countDown();
                await(over);
                return new StubLedger.Canned(200, "{}");
              });
      Process watch =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LedgerCli.class.getName(),
                  "watch",
                  "cus_1",
                  "--json",
                  "--url",
                  stub.address().toString())
              .start();
      try (BufferedReader out = watch.inputReader();
          BufferedReader err = watch.errorReader()) {
        assertThat(out.readLine()).isEqualTo("{\"type\":\"usage\",\"sequence\":7}");
        waiting.await();
        // when
        watch.toHandle().destroy(); // Unlike the process's own method it leaves the streams open.
        // then
        assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(err.readLine()).isEqualTo("Stopped; go on with --since 7.");
        assertThat(out.readLine()).isNull();
      } finally {
        over.countDown();
        watch.destroyForcibly();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
