package dev.ostiary.authorization.key;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;

/** A grant as a finished sign-in leaves it, and its code. */
public final class SampleGrant {
  public static final CodeVerifier VERIFIER = new CodeVerifier("v".repeat(43));
  public static final RedirectUri REDIRECT = new RedirectUri("http://127.0.0.1:3000/cb");
  public static final Resource RESOURCE = new Resource("https://mcp.example.com/mcp");

  private SampleGrant() {}

  public static Grant of(String id, String client, Instant now) {
    return new Grant(
        new GrantId(id),
        new ClientId(client),
        new Subject("github:583231"),
        "octocat",
        Scopes.of("read:user", "repo", "offline_access"),
        RESOURCE,
        new UpstreamTokenId("upstream-1"),
        now,
        now.plus(Duration.ofDays(365)));
  }

  /** Remembers the code of a grant. */
  public static void addCode(GrantStore store, String code, Grant grant, Instant expiresAt) {
    store.add(
        new AuthorizationCode(CodeHash.of(code), grant, REDIRECT, VERIFIER.challenge(), expiresAt));
  }

  /** A grant that is in force. */
  public static Grant inForce(GrantStore store, String id, Instant now) {
    Grant grant = of(id, "oc_1", now);
    addCode(store, "code of " + id, grant, now.plusSeconds(60));
    store.redeem(
        CodeHash.of("code of " + id), RefreshHash.of("first of " + id), Duration.ofDays(1), now);
    return grant;
  }
}
