package io.creditledger.relay;

/**
 * How a relay goes.
 *
 * @param behind records that are committed and not yet carried, as far as it knows
 * @param failures how many times it failed since it was started; each was tried again
 * @param detail why it fails; empty otherwise
 */
public record RelayStatus(State state, long behind, long failures, String detail) {

  /** What a relay does at the moment. */
  public enum State {
    /** It has not carried anything yet. */
    STARTING,
    /** It carries. */
    RUNNING,
    /** It tries again what failed. */
    FAILING,
    /** It was closed. */
    STOPPED
  }

  static final RelayStatus STARTING = new RelayStatus(State.STARTING, 0, 0, "");

  RelayStatus running(long nowBehind) {
    return new RelayStatus(State.RUNNING, nowBehind, failures, "");
  }

  RelayStatus failing(String why) {
    return new RelayStatus(State.FAILING, behind, failures + 1, why);
  }

  RelayStatus stopped() {
    return new RelayStatus(State.STOPPED, 0, failures, "");
  }
}
