package io.creditledger.core.catalog;

import io.creditledger.core.money.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one part of a catalog while it is constructed, then refuses it. */
final class Violations {

  private static final int NAME_CHARS_MAX = 255;
  private static final int TEXT_CHARS_MAX = 4000;

  private final String part;
  private final List<Violation> found = new ArrayList<>();

  Violations(String part) {
    this.part = part;
  }

  void add(String field, String message) {
    found.add(new Violation(field, message));
  }

  /** A name is not blank, at most 255 characters long, and a single line. */
  void checkName(String field, String name) {
    if (name.isBlank()) {
      add(field, "is empty");
    } else if (name.indexOf('\n') >= 0 || name.indexOf('\t') >= 0) {
      add(field, "holds a line break or a tab");
    } else {
      checkText(field, name, NAME_CHARS_MAX);
    }
  }

  /** A text has at most 4,000 characters; it may be empty. */
  void checkText(String field, String text) {
    checkText(field, text, TEXT_CHARS_MAX);
  }

  private void checkText(String field, String text, int charsMax) {
    if (text.length() > charsMax) {
      add(field, "is longer than " + charsMax + " characters");
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        add(field, "holds an unpaired surrogate at index " + i);
        return;
      } else if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        add(field, "holds a control character at index " + i);
        return;
      }
    }
  }

  /** The decimal without trailing zeros, if it is zero or more and fits a quantity. */
  BigDecimal checkDecimal(String field, BigDecimal decimal) {
    try {
      Quantity bounded = new Quantity(decimal);
      if (bounded.isNegative()) {
        add(field, "is negative: " + bounded);
      }
      return bounded.value();
    } catch (IllegalArgumentException e) {
      add(field, "is out of range: " + e.getMessage());
      return BigDecimal.ZERO;
    }
  }

  /**
   * Ends the check.
   *
   * @throws InvalidCatalogException if anything was found
   */
  void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidCatalogException(part, found);
    }
  }
}
