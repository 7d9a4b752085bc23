package io.creditledger.streams.checkpoint;

import io.creditledger.core.entry.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** The operator's public Ed25519 key, by which anybody can check a signature. */
public final class PublicKeyFile {

  static final String LABEL = "PUBLIC KEY";

  private final PublicKey key;

  private PublicKeyFile(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a public key in PEM.
   *
   * @throws CheckpointException if it is missing or no such key
   */
  public static PublicKeyFile read(Path file) {
    try {
      byte[] encoded = Pem.bytes(LABEL, Files.readString(file, StandardCharsets.US_ASCII));
      return new PublicKeyFile(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw new CheckpointException(
          file + " is no public Ed25519 key in PEM; it stands beside the private one, in FILE.pub");
    }
  }

  /** Its fingerprint: the hash of its encoding, by which people compare keys. */
  public String fingerprint() {
    return Hash.of(key.getEncoded()).toString();
  }

  boolean verifies(byte[] content, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
