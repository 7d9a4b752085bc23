package io.creditledger.streams.http;

/** Ends a request with a problem document. */
final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // No stack trace: it is an answer, and a bad request must not cost more than a good one.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
