package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.store.GrantStore;
import java.time.InstantSource;

/** What the token, revocation and introspection endpoints work with. */
public record TokenDependencies(
    ClientAuthenticator clients,
    GrantStore store,
    Grants grants,
    RevokedTokens revokedTokens,
    AccessTokens accessTokens,
    Introspectors introspectors,
    AuditLog audit,
    InstantSource time) {}
