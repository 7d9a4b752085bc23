package io.creditledger.streams.audit;

import io.creditledger.relay.KafkaConnection;
import io.creditledger.relay.Topics;
import java.util.Optional;

/**
 * What an audit is of, and how it is made.
 *
 * @param applicationId of the service that decides
 * @param threads partitions proved at the same time
 * @param live the service's stores, where they are to be compared
 */
public record AuditSettings(
    KafkaConnection kafka,
    Topics topics,
    String applicationId,
    AuditScope scope,
    Since since,
    int threads,
    Optional<LiveStates> live) {}
