package io.creditledger.relay;

/**
 * Where a service keeps its rows.
 *
 * @param jdbcUrl PostgreSQL's address, with user and password where they are needed
 * @param schema the service's own; made if it is missing
 * @param migrations where on the class path the service's Flyway migrations lie
 * @param connections at most so many at once
 */
public record DatabaseSettings(String jdbcUrl, String schema, String migrations, int connections) {

  /**
   * Checks the name, which becomes part of statements.
   *
   * @throws IllegalArgumentException if the schema is no plain lower-case name
   */
  public DatabaseSettings {
    if (!schema.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException("schema is no plain lower-case name: " + schema);
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections is below 1: " + connections);
    }
  }

  /** The same with the address shown without what must not be seen. */
  @Override
  public String toString() {
    return "DatabaseSettings[schema=" + schema + ", connections=" + connections + "]";
  }
}
