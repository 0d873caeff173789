package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;

/**
 * Makes a grant of a finished sign-in, and the code that brings it into force (RFC 6749 §4.1.2). A
 * code is 256 random bits, bound to client, redirect URI, code challenge, resource, scopes and
 * user.
 */
final class GrantIssue {
  private final GrantStore grants;
  private final UpstreamTokens tokens;
  private final Lifetimes lifetimes;
  private final SecretSource secrets = new SecretSource();

  GrantIssue(GrantStore grants, UpstreamTokens tokens, Lifetimes lifetimes) {
    this.grants = grants;
    this.tokens = tokens;
    this.lifetimes = lifetimes;
  }

  /** A grant, and its code, which is for the client's eyes only. */
  record Issued(Grant grant, String code) {
    /** Without the code. */
    @Override
    public String toString() {
      return grant.id().toString();
    }
  }

  /** Who signed in, as our tokens name them. */
  static Subject subject(SignIn signIn, UpstreamIdentity identity) {
    return new Subject(signIn.upstream() + ":" + identity.userId());
  }

  /**
   * @param client as it is when the user comes back
   */
  Issued issue(
      SignIn signIn,
      RegisteredClient client,
      UpstreamIdentity identity,
      Scopes scopes,
      Instant now) {
    UpstreamTokenId backing = tokens.keep(signIn.upstream(), identity, now);
    Grant grant =
        new Grant(
            new GrantId(secrets.id()),
            signIn.client(),
            subject(signIn, identity),
            identity.userName(),
            scopes,
            signIn.resource(),
            backing,
            now,
            now.plus(lifetimes.grant()),
            client.metadata().tokenEndpointAuthMethod());
    String code = secrets.next("");
    grants.add(
        new AuthorizationCode(
            CodeHash.of(code),
            grant,
            signIn.redirectUri(),
            signIn.codeChallenge(),
            now.plus(lifetimes.code())));
    return new Issued(grant, code);
  }
}
