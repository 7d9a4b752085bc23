package io.creditledger.streams.checkpoint;

/** A checkpoint, key or statement is not what it should be; the message says how. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public CheckpointException(String message) {
    super(message);
  }

  /** With what is wrong, and what brought it about. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
