package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {

  @Test
  void a_port_in_use_is_said_before_anything_starts(@TempDir Path directory) throws IOException {
    // given
    Path data = directory.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      // when
      CliRun run = CliRun.of("up", "--data", data.toString(), "--port", port);

      // then
      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(run.err()).contains("port " + port, "--port");
      assertThat(data).doesNotExist();
    }
  }
}
