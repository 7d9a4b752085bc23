package io.creditledger.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the demo does.
 *
 * @param trace real requests to play; absent: generated ones
 * @param events usage events to generate
 * @param seed of the generated requests, and of what is delivered twice
 * @param limit after which it gives up
 */
public record DemoSettings(Optional<Path> trace, int events, long seed, Duration limit) {}
