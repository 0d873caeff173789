package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Signing in at an OpenID provider by the authorization code flow (OpenID Connect Core §3.1). */
final class OpenIdUpstream implements Upstream {
  private final String name;
  private final OpenIdSettings settings;
  private final AuthorizationUri authorization;
  private final Provider provider;
  private final ProviderTokens tokenEndpoint;
  private final IdTokenCheck idTokens;
  private final Users users;
  private final AllowList allow;
  private final Refusals refusals;

  OpenIdUpstream(OpenIdConnector.Parts parts, AuthorizationUri authorization) {
    this.name = parts.name();
    this.settings = parts.settings();
    this.authorization = authorization;
    this.provider = parts.provider();
    this.tokenEndpoint = parts.tokens();
    this.idTokens = parts.idTokens();
    this.users = parts.users();
    this.refusals = parts.refusals();
    this.allow = new AllowList(settings.allow(), settings.groupsClaim(), refusals);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return settings.title();
  }

  /** At a sign-in always the same: what our own scopes allow is no business of the provider's. */
  @Override
  public Scopes scopesFor(Scopes scopes) {
    return authorization.scopesFor(scopes);
  }

  @Override
  public Result<URI, UpstreamRefusal> authorizationUri(UpstreamRequest request) {
    return provider.metadata().map(metadata -> authorization.of(metadata, request));
  }

  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> complete(UpstreamCallback callback) {
    return provider.metadata().then(metadata -> complete(metadata, callback));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> complete(
      ProviderMetadata metadata, UpstreamCallback callback) {
    Parameters parameters = callback.parameters();
    Optional<String> issuer = parameters.first("iss");
    boolean wrong =
        issuer.isPresent() ? !issuer.get().equals(metadata.issuer()) : metadata.namesIssuer();
    if (wrong) {
      return Result.refused(new UpstreamRefusal.WrongIssuer());
    }
    Optional<String> error = parameters.first("error");
    if (error.isPresent()) {
      return Result.refused(refusals.authorization(error.get(), callback.redirectUri()));
    }
    Optional<String> code = parameters.first("code");
    if (code.isEmpty()) {
      return Result.refused(new UpstreamRefusal.Rejected("code_missing"));
    }
    CodeVerifier verifier = callback.verifier();
    return tokenEndpoint
        .redeem(
            metadata,
            code.get(),
            verifier.value(),
            callback.redirectUri(),
            AuthorizationUri.known(metadata, callback.scopes()))
        .then(tokens -> identify(metadata, tokens, verifier.challenge()));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> identify(
      ProviderMetadata metadata, UpstreamTokenResponse tokens, CodeChallenge challenge) {
    Secret idToken = tokens.idToken();
    return idToken == null
        ? Result.refused(refusals.noIdToken())
        : idTokens
            .check(metadata, idToken, Nonce.of(challenge), tokens.accessToken())
            .then(claims -> users.signedIn(metadata, claims, tokens.accessToken()))
            .then(claims -> allow(claims, tokens));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> allow(
      UserClaims claims, UpstreamTokenResponse tokens) {
    return claims
        .userId(refusals)
        .then(
            id ->
                allow
                    .refusal(id, claims)
                    .<Result<UpstreamIdentity, UpstreamRefusal>>map(Result::refused)
                    .orElseGet(
                        () -> Result.ok(new UpstreamIdentity(id, claims.userName(), tokens))));
  }

  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> check(UpstreamTokenResponse tokens) {
    return users.now(tokens).then(claims -> allow(claims, tokens));
  }

  @Override
  public Result<UpstreamTokenResponse, UpstreamRefusal> refresh(UpstreamTokenResponse tokens) {
    Secret refreshToken = tokens.refreshToken();
    return refreshToken == null
        ? Result.refused(new UpstreamRefusal.Rejected("no_refresh_token"))
        : provider
            .metadata()
            .then(
                metadata ->
                    tokenEndpoint
                        .refresh(metadata, refreshToken, tokens.scopes())
                        .then(fresh -> checked(metadata, tokens, fresh)));
  }

  /** A refresh without an ID token leaves the one that is there; another is checked first. */
  private Result<UpstreamTokenResponse, UpstreamRefusal> checked(
      ProviderMetadata metadata, UpstreamTokenResponse before, UpstreamTokenResponse fresh) {
    Secret idToken = fresh.idToken();
    Secret old = before.idToken();
    if (idToken == null) {
      return Result.ok(with(fresh, old));
    }
    Optional<ObjectNode> known = old == null ? Optional.empty() : UserClaims.decode(old);
    return known.isEmpty()
        ? Result.refused(new UpstreamRefusal.Rejected("no_id_token"))
        : idTokens.checkAgain(metadata, idToken, known.get(), fresh.accessToken()).map(_ -> fresh);
  }

  private static UpstreamTokenResponse with(
      UpstreamTokenResponse tokens, @Nullable Secret idToken) {
    return new UpstreamTokenResponse(
        tokens.accessToken(), tokens.refreshToken(), tokens.expiresAt(), tokens.scopes(), idToken);
  }

  @Override
  public void revoke(UpstreamTokenResponse tokens) {
    if (provider.metadata() instanceof Result.Ok(ProviderMetadata metadata)) {
      tokenEndpoint.revoke(metadata, tokens);
    }
  }

  /**
   * Nothing: many providers end everything that a user has granted to a client when one refresh
   * token is revoked, and with it the tokens that were given a moment ago.
   */
  @Override
  public void discard(UpstreamTokenResponse tokens) {}

  @Override
  public Optional<URI> signOut(@Nullable Secret idToken, URI returnTo) {
    if (!(provider.metadata() instanceof Result.Ok(ProviderMetadata metadata))) {
      return Optional.empty();
    }
    Map<String, String> query = new LinkedHashMap<>();
    if (idToken != null) {
      query.put("id_token_hint", idToken.reveal());
    }
    query.put("client_id", settings.clientId());
    query.put("post_logout_redirect_uri", returnTo.toString());
    return metadata.endSessionEndpoint().map(endpoint -> AuthorizationUri.with(endpoint, query));
  }
}
