package io.creditledger.core.entry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 digest. Links each entry of a customer to the one before it. */
public final class Hash {

  /** Bytes in a hash. */
  public static final int SIZE = 32;

  /** What the first entry of a customer names as its previous one. */
  public static final Hash NONE = new Hash(new byte[SIZE]);

  /** Characters in a hash's text. */
  public static final int CHARS = 43;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every Java platform has SHA-256", e);
            }
          });

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The digest of some bytes: an entry exactly as it stands in the journal. */
  public static Hash of(byte[] content) {
    return new Hash(SHA_256.get().digest(content));
  }

  /** A hash from its 32 bytes. */
  public static Hash fromBytes(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /**
   * A hash from its text, 43 characters of unpadded base64url.
   *
   * @throws IllegalArgumentException if the text is not one
   */
  public static Hash parse(String text) {
    return fromBytes(Base64.getUrlDecoder().decode(text));
  }

  /** The 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Puts the 32 bytes among others, from that index on. */
  public void copyTo(byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, SIZE);
  }

  /** Puts the 43 characters of {@link #toString} among other ASCII, from that index on. */
  public void writeText(byte[] into, int at) {
    int to = at;
    for (int i = 0; i < SIZE - 2; i += 3) {
      int bits = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff);
      into[to++] = ALPHABET[bits >>> 18];
      into[to++] = ALPHABET[(bits >>> 12) & 0x3f];
      into[to++] = ALPHABET[(bits >>> 6) & 0x3f];
      into[to++] = ALPHABET[bits & 0x3f];
    }
    int bits = (bytes[SIZE - 2] & 0xff) << 10 | (bytes[SIZE - 1] & 0xff) << 2;
    into[to++] = ALPHABET[bits >>> 12];
    into[to++] = ALPHABET[(bits >>> 6) & 0x3f];
    into[to] = ALPHABET[bits & 0x3f];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The text, 43 characters of unpadded base64url. */
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
