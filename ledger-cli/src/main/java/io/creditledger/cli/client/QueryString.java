package io.creditledger.cli.client;

import java.util.Optional;

/** What follows a path's question mark; what is absent is left out. */
final class QueryString {

  private final StringBuilder text;

  private QueryString(String path) {
    this.text = new StringBuilder(path);
  }

  static QueryString on(String path) {
    return new QueryString(path);
  }

  QueryString with(String name, Optional<?> value) {
    value.ifPresent(
        given ->
            text.append(text.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(LedgerClient.segment(given.toString())));
    return this;
  }

  /** The path with the query. */
  @Override
  public String toString() {
    return text.toString();
  }
}
