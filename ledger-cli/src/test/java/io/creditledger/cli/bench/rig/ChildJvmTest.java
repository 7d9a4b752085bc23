package io.creditledger.cli.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a JVM that is measured is told of what this one was told. */
class ChildJvmTest {

  @Test
  void what_makes_it_fast_goes_on_and_its_heap_and_files_do_not() {
    List<String> options =
        List.of(
            "-Xmx6g",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UseOnStackReplacement",
            "-XX:FreqInlineSize=100",
            "-XX:AOTCache=/somewhere/1.aot",
            "-XX:AOTCacheOutput=/somewhere/2.aot",
            "-XX:StartFlightRecording:filename=/somewhere/3.jfr",
            "-XX:HeapDumpPath=/somewhere",
            "-Xlog:gc:file=/somewhere/gc.log",
            "-Dledger.log.to=file");

    assertThat(ChildJvm.shared(options))
        .containsExactly(
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UseOnStackReplacement",
            "-XX:FreqInlineSize=100",
            "-XX:AOTCache=/somewhere/1.aot");
  }
}
