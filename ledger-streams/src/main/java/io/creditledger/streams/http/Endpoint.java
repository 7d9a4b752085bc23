package io.creditledger.streams.http;

/** Answers the requests of one route. */
@FunctionalInterface
interface Endpoint {

  /**
   * The answer.
   *
   * @throws ProblemException to end with a problem document
   */
  Reply answer(Request request);
}
