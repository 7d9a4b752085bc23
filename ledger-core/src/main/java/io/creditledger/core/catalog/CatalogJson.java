package io.creditledger.core.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The canonical JSON text of a catalog. */
public final class CatalogJson {

  private static final int VERSION_CHARS = 12;

  private CatalogJson() {}

  /** The content alone, without the version: equal catalogs have equal text. */
  public static String canonical(Catalog catalog) {
    return catalog.limits().toString();
  }

  /** The first twelve hexadecimal digits of the SHA-256 of {@link #canonical}. */
  static String versionOf(Catalog catalog) {
    byte[] text = canonical(catalog).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, VERSION_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
