package io.creditledger.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void bytesAreValidExactlyIfDecodingLosesNothing() {
    for (long seed = 0; seed < 50_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(24)];
      Arrays.setAll(new int[bytes.length], i -> bytes[i] = (byte) (1 + random.nextInt(127)));
      int changes = random.nextInt(3);
      for (int i = 0; i < changes && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }

      assertThat(Utf8.isValid(bytes)).as("seed %d", seed).isEqualTo(expected(bytes));
    }
  }

  private static boolean expected(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
  }
}
