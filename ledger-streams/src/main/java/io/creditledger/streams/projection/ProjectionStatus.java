package io.creditledger.streams.projection;

import io.creditledger.relay.RelayStatus;
import java.util.Optional;

/**
 * How the projection goes.
 *
 * @param schema what SQL clients use
 * @param projector this instance's part of it
 */
public record ProjectionStatus(
    String schema, RelayStatus projector, Optional<RebuildStatus> rebuild) {}
