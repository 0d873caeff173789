package dev.ostiary.authorization.store;

import java.time.Instant;

/**
 * A client in a list.
 *
 * @param usedAt when it was used last, as exactly as {@link ClientStore#USE_NOTED} says
 */
public record ListedClient(RegisteredClient client, Instant usedAt) {}
