package io.creditledger.cli.bench;

/** Something that a run measures. */
interface Measurement {

  /** By what it is asked for, and found in the figures. */
  String name();

  /** What it measures, in one line. */
  String about();

  /** Measures, and adds the figures to the bench. It leaves nothing running. */
  void run(Bench bench) throws InterruptedException;
}
