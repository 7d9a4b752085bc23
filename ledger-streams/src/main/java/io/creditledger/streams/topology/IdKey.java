package io.creditledger.streams.topology;

import io.creditledger.core.id.EventId;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of what is remembered of an event.
 *
 * @param hash its {@link IdHash}
 */
record IdKey(Bytes bytes, long hash) {

  /** Of a key in bytes. */
  static IdKey of(byte[] key) {
    return new IdKey(Bytes.wrap(key), IdHash.of(key));
  }

  /** Of a customer's event. */
  static IdKey of(byte[] customer, EventId id) {
    return of(StoreKeys.event(customer, id));
  }
}
