package io.creditledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

  private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();

  @Test
  void no_outgoing_connection_gets_it() {
    assertThat(FreePort.on(loopback))
        .isGreaterThan(1_023)
        .isLessThan(FIRST_OF_OUTGOING_CONNECTIONS);
    assertThat(FreePort.LOWEST + FreePort.COUNT).isLessThanOrEqualTo(FIRST_OF_OUTGOING_CONNECTIONS);
  }

  @Test
  void none_is_given_twice() {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      assertThat(given.add(FreePort.on(loopback))).isTrue();
    }
  }

  @Test
  void a_taken_one_is_passed_over() throws IOException {
    int port = FreePort.on(loopback);
    try (ServerSocket taken = new ServerSocket(port, 1, loopback)) {
      assertThat(FreePort.isFree(loopback, taken.getLocalPort())).isFalse();
      assertThatThrownBy(() -> FreePort.requireFree(loopback, port))
          .isInstanceOf(BindException.class);
      for (int i = 0; i < FreePort.COUNT; i++) {
        assertThat(FreePort.on(loopback)).isNotEqualTo(port);
      }
    }
    assertThat(FreePort.isFree(loopback, port)).isTrue();
  }

  @Test
  void an_address_of_another_machine_is_refused() throws IOException {
    // Of the block for documentation, RFC 5737: no machine has it.
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");

    assertThatThrownBy(() -> FreePort.on(elsewhere))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("192.0.2.1");
  }
}
