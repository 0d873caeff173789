package dev.ostiary.authorization.token;

import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.upstream.UpstreamAccessTokens;
import dev.ostiary.authorization.upstream.UpstreamCheck;

/**
 * What the exchanges of the token endpoint work with besides.
 *
 * @param aliases the names that clients have for a resource
 * @param upstream is asked before a grant lives on
 * @param upstreamTokens for servers that take these
 * @param successors computes refresh tokens of their predecessors, the same on every node
 */
public record ExchangeDependencies(
    ResourceAliases aliases,
    TokenLimits limits,
    UpstreamCheck upstream,
    UpstreamAccessTokens upstreamTokens,
    Lifetimes lifetimes,
    DerivedKey successors,
    SecretSource secrets) {}
