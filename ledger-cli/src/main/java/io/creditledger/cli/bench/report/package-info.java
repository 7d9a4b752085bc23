/** Figures by round, as a table for people and as JSON for whoever compares two runs. */
package io.creditledger.cli.bench.report;
