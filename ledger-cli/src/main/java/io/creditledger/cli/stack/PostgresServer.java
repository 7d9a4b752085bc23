package io.creditledger.cli.stack;

import io.creditledger.cli.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a ledger. An embedded one starts beside everything else, and nobody waits for
 * it: usage is decided without a database.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&;]*");
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

  private final CompletableFuture<String> address;
  private final Optional<CompletableFuture<EmbeddedPostgres>> embedded;

  private PostgresServer(
      CompletableFuture<String> address, Optional<CompletableFuture<EmbeddedPostgres>> embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  static PostgresServer start(StackSettings.Postgres settings, Path directory) {
    return switch (settings) {
      case StackSettings.Postgres.Embedded here -> {
        CompletableFuture<EmbeddedPostgres> server =
            CompletableFuture.supplyAsync(
                    () -> EmbeddedPostgres.start(directory), Thread::startVirtualThread)
                .whenComplete(PostgresServer::report);
        yield new PostgresServer(server.thenApply(EmbeddedPostgres::jdbcUrl), Optional.of(server));
      }
      case StackSettings.Postgres.External there ->
          new PostgresServer(CompletableFuture.completedFuture(there.jdbcUrl()), Optional.empty());
      case StackSettings.Postgres.None none ->
          new PostgresServer(new CompletableFuture<>(), Optional.empty());
    };
  }

  private static void report(EmbeddedPostgres server, Throwable failure) {
    if (failure == null) {
      LOG.info("PostgreSQL runs at {}", server.jdbcUrl());
    } else {
      LOG.warn("PostgreSQL did not start", failure);
    }
  }

  /** Where it is, for clients; never completes if there is none. */
  public CompletableFuture<String> jdbcUrl() {
    return address;
  }

  /** An address as it may be shown: without a password. */
  public static String shown(String jdbcUrl) {
    String masked = PASSWORD.matcher(jdbcUrl).replaceAll("$1***");
    return CREDENTIALS.matcher(masked).replaceAll("//***@");
  }

  /** Stops an embedded server, waiting for its start if that is still going on. */
  @Override
  public void close() {
    embedded.ifPresent(
        server ->
            server
                .handle((running, failure) -> Optional.ofNullable(running))
                .join()
                .ifPresent(EmbeddedPostgres::close));
  }
}
