package io.creditledger.cli.audit;

import io.creditledger.streams.audit.Audit;
import io.creditledger.streams.audit.CheckpointTopic;
import io.creditledger.streams.audit.Since;
import io.creditledger.streams.checkpoint.PublicKeyFile;
import io.creditledger.streams.checkpoint.SignedCheckpoint;
import io.creditledger.streams.checkpoint.SigningKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The checkpoint an audit begins from, and those it leaves behind. */
final class SigningOptions {

  private static final String LATEST = "latest";

  @Option(
      names = "--since",
      paramLabel = "latest|TIME",
      converter = NotAfter.class,
      description =
          "Begin from the latest signed checkpoint, or the latest made by then; what came before is"
              + " taken from the journal, and must come to what was signed.")
  private Optional<Instant> since = Optional.empty();

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      defaultValue = "${env:LEDGER_CHECKPOINT_PUBLIC_KEY:-}",
      description =
          "The operator's public key, in PEM, by which checkpoints to begin from must be signed"
              + " (LEDGER_CHECKPOINT_PUBLIC_KEY).")
  private String publicKey;

  @Option(
      names = "--sign",
      paramLabel = "FILE",
      description =
          "If everything holds, sign a checkpoint of each partition with this private key and"
              + " publish it.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      description =
          "Go on: prove what came since, and sign, this often (PT1H) until it is stopped or"
              + " something does not hold.")
  private Optional<Duration> every = Optional.empty();

  /** Reads a time or the word for the latest. */
  static final class NotAfter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.equals(LATEST) ? Instant.MAX : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is neither latest nor a time such as 2026-11-21T10:00:00Z");
      }
    }
  }

  /** Where the audit may begin. */
  Since since() {
    return new Since(
        since,
        publicKey.isBlank()
            ? Optional.empty()
            : Optional.of(PublicKeyFile.read(Path.of(publicKey))));
  }

  /**
   * Whether checkpoints are to be signed.
   *
   * @throws io.creditledger.streams.checkpoint.CheckpointException if they cannot be: said before
   *     the work rather than after it
   */
  boolean signs() {
    key.ifPresent(SigningKey::read);
    return key.isPresent();
  }

  /** Waits for the next time, if there is to be one. */
  boolean again() throws InterruptedException {
    if (every.isPresent()) {
      TimeUnit.NANOSECONDS.sleep(every.get().toNanos());
    }
    return every.isPresent();
  }

  /** Signs and publishes what the audit has come to, if that is asked for. */
  void sign(Audit audit, CheckpointTopic topic, PrintWriter out) throws InterruptedException {
    if (key.isEmpty()) {
      return;
    }
    SigningKey signingKey = SigningKey.read(key.get());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<SignedCheckpoint> signed =
        audit.checkpoints(now).stream()
            .map(checkpoint -> SignedCheckpoint.sign(checkpoint, signingKey))
            .toList();
    topic.publish(signed);
    out.println(
        "Signed "
            + signed.size()
            + " checkpoints, made at "
            + now
            + ", with the key "
            + signingKey.publicKey().fingerprint()
            + ".");
  }
}
