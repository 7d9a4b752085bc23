package io.creditledger.streams.http;

import io.creditledger.streams.projection.StatementAccess;
import io.creditledger.streams.projection.StatementUnavailableException;
import java.util.Optional;
import java.util.function.Function;

/** Asks the statement, and answers with a problem where there is none or it is away. */
final class Statement {

  private final Optional<? extends StatementAccess> access;

  Statement(Optional<? extends StatementAccess> access) {
    this.access = access;
  }

  /** Whether the service was started with one. */
  boolean exists() {
    return access.isPresent();
  }

  /**
   * The answer to a question.
   *
   * @throws ProblemException if there is no statement, or its database is away
   */
  <T> T ask(Function<StatementAccess, T> question) {
    StatementAccess statement =
        access.orElseThrow(
            () ->
                Problem.of(
                        ErrorCode.STATEMENT_NOT_CONFIGURED,
                        "the journal is not kept in a database here")
                    .exception());
    try {
      return question.apply(statement);
    } catch (StatementUnavailableException away) {
      throw Problem.of(ErrorCode.UNAVAILABLE, away.getMessage()).exception();
    }
  }
}
