package io.creditledger.cli.bench;

import io.creditledger.cli.bench.core.CoreBenchmarks;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The core by itself, with JMH: each benchmark in a JVM of its own, which warms up and measures for
 * a few seconds. All of them in turns, so that a bad moment of the machine is one round's.
 */
final class CoreMeasurement implements Measurement {

  private static final String NAME = "core";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int WARM_UP_ITERATIONS = 3;
  private static final int ITERATIONS = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "decide and apply, account codec, JSON: nanoseconds and bytes allocated";
  }

  @Override
  public void run(Bench bench) {
    for (int round = 1; round <= bench.plan().longRounds(); round++) {
      for (RunResult result : results(bench.plan())) {
        tell(bench, result);
      }
    }
  }

  private static Collection<RunResult> results(BenchPlan plan) {
    TimeValue time = TimeValue.milliseconds(plan.iterationMillis());
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(CoreBenchmarks.class.getName())
                  .param("grants", plan.coreGrants().toArray(String[]::new))
                  .forks(1)
                  .warmupIterations(WARM_UP_ITERATIONS)
                  .warmupTime(time)
                  .measurementIterations(ITERATIONS)
                  .measurementTime(time)
                  .addProfiler(GCProfiler.class)
                  .shouldFailOnError(true)
                  .verbosity(VerboseMode.SILENT)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not measure the core", e);
    }
  }

  private static void tell(Bench bench, RunResult result) {
    String grants = result.getParams().getParam("grants");
    String what = "%s, %s open grants".formatted(result.getPrimaryResult().getLabel(), grants);
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        bench.figure(NAME, what, " ns", iteration.getPrimaryResult().getScore());
      }
    }
    double allocated = result.getSecondaryResults().get(ALLOCATED).getScore();
    bench.figure(NAME, what + ", allocated", " bytes", allocated);
  }
}
