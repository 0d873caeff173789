package dev.ostiary.gateway;

import dev.ostiary.protocol.Resource;
import java.time.Instant;

/** An access token whose signature, issuer, type, time and grant have been checked. */
public record VerifiedToken(Caller caller, Resource audience, Instant expiresAt) {}
