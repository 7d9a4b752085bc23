package io.creditledger.streams.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The operator's private Ed25519 key. It is never shown, not even in part. */
public final class SigningKey {

  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final PublicKeyFile publicKey;

  private SigningKey(PrivateKey key, PublicKeyFile publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Makes a new pair: the private key in a file only its owner can read, the public one beside it.
   *
   * @param file must not be there yet; the public key's has {@code .pub} after its name
   * @throws CheckpointException if a file is there already or cannot be written
   */
  public static SigningKey make(Path file) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Path publicFile = publicFile(file);
      if (Files.exists(publicFile)) {
        throw new CheckpointException(publicFile + " is there already: choose another name");
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, Pem.text(LABEL, pair.getPrivate().getEncoded()), StandardOpenOption.WRITE);
      Files.writeString(publicFile, Pem.text(PublicKeyFile.LABEL, pair.getPublic().getEncoded()));
      return new SigningKey(pair.getPrivate(), PublicKeyFile.read(publicFile));
    } catch (FileAlreadyExistsException e) {
      throw new CheckpointException(file + " is there already: choose another name", e);
    } catch (IOException e) {
      throw new CheckpointException("the key cannot be written to " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
  }

  /**
   * Reads a private key, and the public one beside it.
   *
   * @throws CheckpointException if either is missing or no such key; what the file holds is not
   *     told
   */
  public static SigningKey read(Path file) {
    try {
      byte[] encoded = Pem.bytes(LABEL, Files.readString(file, StandardCharsets.US_ASCII));
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new SigningKey(key, PublicKeyFile.read(publicFile(file)));
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw new CheckpointException(
          file
              + " is no private Ed25519 key in PEM: make one with ./ledger checkpoint key "
              + file);
    }
  }

  private static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /** The public key that belongs to it. */
  public PublicKeyFile publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }
}
