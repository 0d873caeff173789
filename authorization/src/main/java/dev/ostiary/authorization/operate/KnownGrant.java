package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.store.Grant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant as an operator sees it.
 *
 * @param clientName what the client is called, if that is known
 * @param usedAt when its client was given tokens last; null while it waits for its code
 */
public record KnownGrant(Grant grant, @Nullable String clientName, @Nullable Instant usedAt) {}
