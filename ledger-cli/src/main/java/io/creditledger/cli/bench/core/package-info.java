/** The core alone, without Kafka: nanoseconds and bytes allocated, as JMH measures them. */
package io.creditledger.cli.bench.core;
