package dev.ostiary.authorization.client.assertion;

/**
 * Whether and how clients may prove themselves with a key.
 *
 * @param enabled whether they may at all
 * @param endpointAudience whether an assertion may be addressed to the URL of the token endpoint,
 *     or of the endpoint that it is sent to, as RFC 7523 §3 allows, or only to the issuer, as
 *     draft-ietf-oauth-rfc7523bis §4 demands
 */
public record AssertionPolicy(boolean enabled, boolean endpointAudience) {
  public static final AssertionPolicy DEFAULTS = new AssertionPolicy(true, true);
}
