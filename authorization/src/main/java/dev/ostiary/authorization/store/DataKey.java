package dev.ostiary.authorization.store;

import java.time.Instant;

/**
 * A key that seals secrets at rest. The newest one seals; every one opens what it has sealed.
 *
 * @param id 22 characters of base64url, which name 16 random bytes; no secret
 * @param key sealed itself, with the master key
 */
public record DataKey(String id, Sealed key, Instant createdAt) {}
