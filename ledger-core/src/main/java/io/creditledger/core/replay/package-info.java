/**
 * The journal lived through again: books that recorded entries or new decisions are applied to, and
 * the first difference between what was recorded and what is derived, in words. Pure; the audit,
 * replays and checkpoints of the shells are made of it.
 */
package io.creditledger.core.replay;
