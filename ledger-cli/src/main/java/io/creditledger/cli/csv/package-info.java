/**
 * Usage from files of comma-separated values: which column means what, and one event for each line.
 * It reads files and talks to nobody.
 */
package io.creditledger.cli.csv;
