package io.creditledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, {@code ledger} at the root, on a build that stands already, with a JDK whose {@code
 * java} writes down what it is told, and which ends a training by {@code training-status}.
 */
class LauncherTest {

  private static final String JAVA =
      """
      #!/bin/sh
      here=$(dirname "$0")
      for argument in "$@"; do
        case $argument in
          -XX:AOTCacheOutput=*)
            echo training >>"$here/trainings"
            echo "$*" >"${argument#*=}"
            until [ -e "$here/training-status" ]; do sleep 0.05; done
            exit "$(cat "$here/training-status")"
            ;;
        esac
      done
      echo "$*"
      """;

  @TempDir private Path root;

  private Path jdk;
  private Path jars;

  @BeforeEach
  void aBuild() throws IOException {
    Files.copy(Path.of("../ledger"), root.resolve("ledger"));
    Files.createDirectories(root.resolve("module/src/main"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("module/pom.xml"));
    jars = Files.createDirectories(root.resolve("target/launcher/jars.1"));
    Path jar = Files.createFile(jars.resolve("ledger-cli.jar"));
    Files.writeString(root.resolve("target/launcher/classpath"), jar + "\n");
    Path stamp = Files.createFile(root.resolve("target/launcher/stamp"));
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
    jdk = Files.createDirectories(root.resolve("jdk"));
    program("java", JAVA);
    program("javac", "#!/bin/sh\n");
    release(25);
  }

  @Test
  void theSecondCommandMakesACacheThatTheNextOnesStartFrom() throws Exception {
    // given
    training(0);

    // when
    assertThat(ledger(Map.of(), "audit").out()).doesNotContain("AOT");
    await().until(() -> !files(".aot").isEmpty());

    // then
    Path cache = files(".aot").getFirst();
    assertThat(Files.readString(cache)).contains("scenario ", "--driver topology");
    assertThat(ledger(Map.of(), "audit").out())
        .contains("-XX:AOTCache=" + cache, "-XX:AOTMode=auto", "-Xlog:aot=off")
        .endsWith(
            "-XX:FreqInlineSize=100 -XX:+UseParallelGC -Xmx1536m io.creditledger.cli.LedgerCli audit\n");
    await().untilAsserted(() -> assertThat(files(".lock")).isEmpty());
    assertThat(trainings()).isEqualTo(1);
  }

  @Test
  void whileACacheIsMadeNobodyUsesItOrMakesAnother() throws Exception {
    // given
    ledger(Map.of(), "audit");
    await().until(() -> trainings() == 1);

    // when
    Run beside = ledger(Map.of(), "audit");

    // then
    assertThat(beside.out()).doesNotContain("AOT");
    training(0);
    await().until(() -> !files(".aot").isEmpty());
    assertThat(trainings()).isEqualTo(1);
  }

  @Test
  void aTrainingThatFailsLeavesNothingAndIsNotRepeated() throws Exception {
    // given
    training(1);
    ledger(Map.of(), "audit");
    await().until(() -> !files(".failed").isEmpty());
    await().until(() -> files(".lock").isEmpty());

    // when
    Run next = ledger(Map.of(), "audit");

    // then
    assertThat(next.out()).doesNotContain("AOT");
    assertThat(files(".log")).hasSize(1);
    assertThat(children()).hasSize(3).noneMatch(file -> file.toString().endsWith(".aot"));
    assertThat(trainings()).isEqualTo(1);
  }

  @Test
  void aLockWhoseHolderIsGoneDoesNotHold() throws Exception {
    // given
    training(0);
    ledger(Map.of(), "audit");
    await().until(() -> !files(".aot").isEmpty());
    await().until(() -> files(".lock").isEmpty());
    Path cache = files(".aot").getFirst();
    long gone = new ProcessBuilder("true").start().onExit().get().pid();
    Files.move(cache, Path.of(cache + "." + gone));
    Files.createSymbolicLink(Path.of(cache + ".lock"), Path.of(Long.toString(gone)));

    // when
    ledger(Map.of(), "audit");

    // then
    await().until(() -> Files.exists(cache));
    assertThat(Path.of(cache + "." + gone)).doesNotExist();
  }

  @Test
  void anotherJdkHasAnotherCacheAndAnOlderOneHasNone() throws Exception {
    // given
    training(0);
    ledger(Map.of(), "audit");
    await().until(() -> files(".aot").size() == 1);

    // when
    release(24);
    Run older = ledger(Map.of(), "audit");
    release(26);
    Run newer = ledger(Map.of(), "audit");

    // then
    assertThat(older.out()).doesNotContain("AOT", "-Xlog");
    assertThat(newer.out()).doesNotContain("AOT");
    await().until(() -> files(".aot").size() == 2);
    assertThat(trainings()).isEqualTo(2);
  }

  @Test
  void theCallersOptionsComeLastAndAnotherArchiveOfTheirsTurnsTheCacheOff() throws Exception {
    // given
    training(0);
    ledger(Map.of(), "audit");
    await().until(() -> !files(".aot").isEmpty());

    // when
    Run more = ledger(Map.of("LEDGER_JAVA_OPTS", "-Xmx4g -XX:+UseZGC"), "audit");
    Run shared = ledger(Map.of("LEDGER_JAVA_OPTS", "-Xshare:off"), "audit");

    // then
    assertThat(more.out())
        .contains("-XX:AOTCache=")
        .doesNotContain("ParallelGC")
        .endsWith("-Xmx1536m -Xmx4g -XX:+UseZGC io.creditledger.cli.LedgerCli audit\n");
    assertThat(shared.out()).doesNotContain("AOT");
  }

  @Test
  void aJdkThatCanMakesSmallerObjectsUnlessTheCallerDoesNotWantThem() throws Exception {
    // given
    training(0);

    // when
    String of25 = ledger(Map.of(), "balance").out();
    String unwanted =
        ledger(Map.of("LEDGER_JAVA_OPTS", "-XX:-UseCompactObjectHeaders"), "balance").out();
    release(24);
    String of24 = ledger(Map.of(), "balance").out();

    // then
    assertThat(of25).contains("-XX:+UseCompactObjectHeaders ");
    assertThat(unwanted)
        .containsSubsequence("-XX:+UseCompactObjectHeaders ", "-XX:-UseCompactObjectHeaders ");
    assertThat(of24).doesNotContain("CompactObjectHeaders");
  }

  @Test
  void largePagesAreForWhatRunsLongWhereTheSystemHasThem() throws Exception {
    // given
    training(0);
    Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean there = Files.isReadable(setting) && !Files.readString(setting).contains("[never]");

    // then
    assertThat(ledger(Map.of(), "up").out().contains("-XX:+UseTransparentHugePages "))
        .isEqualTo(there);
    assertThat(ledger(Map.of(), "balance").out()).doesNotContain("HugePages");
  }

  @Test
  void aCacheThatCannotBeReadChangesNothingThatIsPrinted() throws Exception {
    // given
    training(0);
    ledger(Map.of(), "--version");
    await().until(() -> !files(".aot").isEmpty());

    // when
    program(
        "java",
        "#!/bin/sh\nexec '%s/bin/java' \"$@\"\n".formatted(System.getProperty("java.home")));
    Run run =
        ledger(
            Map.of("LEDGER_JAVA_OPTS", "-cp " + System.getProperty("java.class.path")),
            "--version");

    // then
    assertThat(run).isEqualTo(new Run(CliRun.of("--version").out(), ""));
  }

  private record Run(String out, String err) {}

  private Run ledger(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    ProcessBuilder launcher =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("bash", root.resolve("ledger").toString()), Stream.of(arguments))
                    .toList())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    launcher
        .environment()
        .keySet()
        .removeAll(List.of("LEDGER_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    launcher.environment().put("JAVA_HOME", jdk.toString());
    launcher.environment().putAll(environment);
    assertThat(launcher.start().waitFor()).as(() -> "status").isZero();
    return new Run(Files.readString(out), Files.readString(err));
  }

  private void release(int feature) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + feature + ".0.1\"\n");
  }

  private void training(int status) throws IOException {
    Path whole = Files.writeString(jdk.resolve("bin/status"), Integer.toString(status));
    Files.move(whole, jdk.resolve("bin/training-status"));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(jdk.resolve("bin")).resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long trainings() throws IOException {
    Path log = jdk.resolve("bin/trainings");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private List<Path> files(String ending) throws IOException {
    return children().stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> children = Files.list(jars)) {
      return children.toList();
    }
  }
}
