package dev.ostiary.connector.local;

import dev.ostiary.protocol.Secret;

/**
 * A user of this server.
 *
 * @param passwordHash as {@link PasswordHash} makes it; empty if it is missing
 */
public record LocalUser(Secret passwordHash) {}
