/**
 * Why a usage cost what it cost and was paid by whom it was: a decision looked at again, from the
 * account as it stood before it and the entry it became. It decides nothing; what it says of a rate
 * or a grant comes from the code that decided. Pure: no clock, no I/O.
 */
package io.creditledger.core.explain;
