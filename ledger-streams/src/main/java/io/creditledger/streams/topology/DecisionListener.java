package io.creditledger.streams.topology;

/**
 * Is told what the ledger's processor decides, on the stream thread that decides it and long before
 * it is committed.
 */
interface DecisionListener {

  /** Nobody: for topologies whose commits nobody can tell of. */
  DecisionListener NOBODY =
      new DecisionListener() {
        @Override
        public void begin(int partition) {}

        @Override
        public void decided(Decided outcome) {}

        @Override
        public void end(int partition) {}
      };

  /** A partition's task begins, at the start, after a move or after an abort. */
  void begin(int partition);

  /** An input was decided and its outcome was sent in the transaction that is open. */
  void decided(Decided outcome);

  /** A partition's task ends. */
  void end(int partition);
}
