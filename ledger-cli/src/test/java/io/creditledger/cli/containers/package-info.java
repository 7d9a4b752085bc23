/**
 * The stack of docker/compose.yaml on a real engine, from the images it names. Skipped, with the
 * reason, where no engine answers or the images were not made.
 */
package io.creditledger.cli.containers;
