package dev.ostiary.gateway;

import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;

/**
 * One protected MCP server: where it is, what guards it, and what is behind.
 *
 * @param name as in the configuration and in logs
 * @param title for people
 * @param resource what its access tokens are for
 * @param path where it listens
 * @param scopes the minimal useful set: what a client without a token is told to ask for
 */
public record ServerRoute(
    String name,
    String title,
    Resource resource,
    String path,
    Scopes scopes,
    Backend backend,
    Policy policy) {}
