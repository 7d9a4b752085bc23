package io.creditledger.core.scenario;

/** A file that is no list of scenarios, or a part of one that cannot be read. */
public final class InvalidScenarioFileException extends IllegalArgumentException {

  InvalidScenarioFileException(String message) {
    super(message);
  }
}
