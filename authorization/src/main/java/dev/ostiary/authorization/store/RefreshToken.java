package dev.ostiary.authorization.store;

import java.time.Instant;

/**
 * One refresh token of a grant's family.
 *
 * @param generation 1 for the first; the successor of any has one more
 * @param expiresAt its end if it is not used before
 */
public record RefreshToken(RefreshHash hash, Grant grant, int generation, Instant expiresAt) {}
