package dev.ostiary.authorization.upstream;

/**
 * Who signed in.
 *
 * @param userId stable, never given to anybody else
 * @param userName what the upstream calls them at present
 */
public record UpstreamIdentity(String userId, String userName, UpstreamTokenResponse tokens) {}
