package dev.ostiary.gateway.token;

import dev.ostiary.protocol.Resource;
import java.time.Instant;

/**
 * An access token whose signature, issuer, type, time and grant have been checked.
 *
 * @param jti its identifier (RFC 7519 §4.1.7), by which it is revoked
 */
public record VerifiedToken(String jti, Caller caller, Resource audience, Instant expiresAt) {}
