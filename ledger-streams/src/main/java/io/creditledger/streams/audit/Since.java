package io.creditledger.streams.audit;

import io.creditledger.streams.checkpoint.PublicKeyFile;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an audit may begin later than at the beginning.
 *
 * @param notAfter the latest checkpoint made by then is begun from; absent: only where records were
 *     lost to retention, and then from the latest
 * @param key the operator's, by which checkpoints must be signed; absent: none is trusted
 */
public record Since(Optional<Instant> notAfter, Optional<PublicKeyFile> key) {

  /** From the beginning. */
  public static final Since BEGINNING = new Since(Optional.empty(), Optional.empty());
}
