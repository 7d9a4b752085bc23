package io.creditledger.streams.projection;

import io.creditledger.relay.KafkaConnection;

/**
 * Where entries come from.
 *
 * @param topic by its deployed name
 * @param group shared by the instances of one ledger, so that they share the partitions
 */
public record EntrySource(KafkaConnection kafka, String topic, String group) {}
