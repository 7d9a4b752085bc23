/**
 * How the domain is written down: JSON, YAML and bytes, each with a reader that refuses what it
 * cannot keep exactly, naming the place. The only package that knows Jackson or a YAML parser.
 *
 * <p>Called by whatever reads topics, requests and files; nothing in the domain depends on it.
 */
package io.creditledger.core.wire;
