package dev.ostiary.simulator.token;

import dev.ostiary.simulator.world.Account;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an approved request is worth at the token endpoint.
 *
 * @param expiring whether its access token will expire
 * @param codeChallenge of PKCE, if one was sent (RFC 7636 §4.3)
 */
public record AuthorizationCode(
    App app,
    Account account,
    Scopes scopes,
    boolean expiring,
    String redirectUri,
    @Nullable String codeChallenge,
    Instant expires) {}
