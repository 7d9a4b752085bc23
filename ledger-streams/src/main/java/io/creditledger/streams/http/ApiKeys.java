package io.creditledger.streams.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that open the API. Only their digests are kept, so that none can reach a log, and all of
 * them are compared in full, so that the time taken tells nothing.
 */
public final class ApiKeys {

  /** The environment variable that holds them, separated by commas. */
  public static final String VARIABLE = "LEDGER_API_KEYS";

  /** No keys: everything is open. */
  public static final ApiKeys NONE = new ApiKeys(List.of());

  private static final int KEY_CHARS_MIN = 16;
  private static final String SCHEME = "Bearer ";

  private final List<byte[]> digests;

  private ApiKeys(List<byte[]> digests) {
    this.digests = digests;
  }

  /**
   * The keys of a list separated by commas; {@link #NONE} if it is blank.
   *
   * @throws IllegalArgumentException if one is shorter than 16 characters or not printable ASCII
   */
  public static ApiKeys parse(String list) {
    if (list.isBlank()) {
      return NONE;
    }
    List<String> keys =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .toList();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      if (key.length() < KEY_CHARS_MIN || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            VARIABLE + ": key " + (i + 1) + " is not 16 or more printable ASCII characters");
      }
    }
    return new ApiKeys(keys.stream().map(ApiKeys::digest).toList());
  }

  /** Whether anyone may come in. */
  public boolean open() {
    return digests.isEmpty();
  }

  /** Whether the value of an {@code Authorization} header is one of the keys. */
  boolean admit(Optional<String> authorization) {
    if (open()) {
      return true;
    }
    String value = authorization.orElse("");
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] offered = digest(value.substring(SCHEME.length()).strip());
    boolean admitted = false;
    for (byte[] digest : digests) {
      admitted |= MessageDigest.isEqual(digest, offered);
    }
    return admitted;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** How many there are, and nothing else. */
  @Override
  public String toString() {
    return open() ? "no keys" : digests.size() + " keys";
  }
}
