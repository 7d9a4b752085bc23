package io.creditledger.streams.webhook;

import io.creditledger.relay.KafkaConnection;

/**
 * Where alerts come from.
 *
 * @param topic by its deployed name
 * @param group shared by the instances of one ledger, so that they share the partitions
 */
public record AlertSource(KafkaConnection kafka, String topic, String group) {}
