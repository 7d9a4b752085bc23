/**
 * Kafka and PostgreSQL inside this process, or as its children: for the demo, for development, for
 * tests. Each keeps its data in the directory it is given and finds it again, also after a {@code
 * kill -9}. They are for one machine: they listen on the loopback interface only, ask for no
 * password, and replicate nothing.
 *
 * <p>Any class of {@code io.creditledger.cli} may start them; no service may.
 */
package io.creditledger.cli.embedded;
