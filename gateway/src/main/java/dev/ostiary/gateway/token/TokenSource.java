package dev.ostiary.gateway.token;

import dev.ostiary.protocol.Scopes;
import java.util.function.UnaryOperator;

/**
 * A foreign authorization server of a protected resource (RFC 9728 §1).
 *
 * @param issuer its identifier, byte for byte
 * @param verifier of its access tokens, for this protected resource alone
 * @param wire the names of the policy's scopes at that authorization server, which clients ask for
 */
public record TokenSource(String issuer, TokenVerifier verifier, UnaryOperator<Scopes> wire) {}
