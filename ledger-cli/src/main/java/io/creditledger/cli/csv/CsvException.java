package io.creditledger.cli.csv;

/** A file that cannot be read as it was said to be; the message is for the user. */
public final class CsvException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CsvException(String message) {
    super(message);
  }
}
