package io.creditledger.relay;

/**
 * How a relay goes.
 *
 * @param behind records that are committed and not yet carried, as far as it knows
 * @param detail why it fails; empty otherwise
 */
public record RelayStatus(State state, long behind, String detail) {

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

  static final RelayStatus STARTING = new RelayStatus(State.STARTING, 0, "");
  static final RelayStatus STOPPED = new RelayStatus(State.STOPPED, 0, "");

  static RelayStatus running(long behind) {
    return new RelayStatus(State.RUNNING, behind, "");
  }

  RelayStatus failing(String why) {
    return new RelayStatus(State.FAILING, behind, why);
  }
}
