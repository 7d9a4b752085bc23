/**
 * Checkpoints: what a partition's accounts and chains came to at an offset, signed by the operator;
 * and statements of one customer that prove themselves against one. Pure but for keys in files.
 */
package io.creditledger.streams.checkpoint;
