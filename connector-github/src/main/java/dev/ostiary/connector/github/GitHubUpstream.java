package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Signing in at GitHub: the web flow with PKCE and state, and who the user is afterwards. */
final class GitHubUpstream implements Upstream {
  static final String CALLBACK = "/callback";

  private final GitHubAddresses addresses;
  private final String clientId;
  private final GitHubOAuth oauth;
  private final GitHubApi api;
  private final AllowList allowList;
  private final boolean asksForOrganizations;
  private final TokenRevocation revocation;

  GitHubUpstream(
      GitHubAddresses addresses,
      String clientId,
      GitHubOAuth oauth,
      GitHubApi api,
      AllowList allowList,
      boolean asksForOrganizations,
      TokenRevocation revocation) {
    this.addresses = addresses;
    this.clientId = clientId;
    this.oauth = oauth;
    this.api = api;
    this.allowList = allowList;
    this.asksForOrganizations = asksForOrganizations || allowList.needsOrganizations();
    this.revocation = revocation;
  }

  @Override
  public String name() {
    return "github";
  }

  /** As short as people have registered it at GitHub. */
  @Override
  public String callbackPath() {
    return "/callback";
  }

  @Override
  public String title() {
    return "GitHub";
  }

  /**
   * What is not GitHub's is ours alone, such as the scopes of other servers. So is {@code
   * offline_access} here: GitHub would change what kind of token it gives.
   */
  @Override
  public Scopes scopesFor(Scopes scopes) {
    Scopes wanted = GitHubScopes.known(scopes);
    return asksForOrganizations ? wanted.union(Scopes.of(List.of(GitHubScopes.READ_ORG))) : wanted;
  }

  /** The scope is always sent: without one GitHub would give whatever it gave before. */
  @Override
  public Result<URI, UpstreamRefusal> authorizationUri(UpstreamRequest request) {
    return Result.ok(
        URI.create(
            addresses.authorize()
                + ("?client_id=" + GitHubOAuth.encode(clientId))
                + ("&redirect_uri=" + GitHubOAuth.encode(request.redirectUri().toString()))
                + ("&scope=" + GitHubOAuth.encode(request.scopes().toWire()))
                + ("&state=" + GitHubOAuth.encode(request.state().reveal()))
                + ("&code_challenge=" + request.codeChallenge().value())
                + "&code_challenge_method=S256"
                + (request.selectAccount() ? "&prompt=select_account" : "")));
  }

  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> complete(UpstreamCallback callback) {
    Parameters parameters = callback.parameters();
    Optional<String> issuer = parameters.first("iss");
    if (issuer.isPresent() && !issuer.get().equals(addresses.issuer())) {
      return Result.refused(new UpstreamRefusal.WrongIssuer());
    }
    Optional<String> error = parameters.first("error");
    if (error.isPresent()) {
      return Result.refused(refusal(error.get(), callback.redirectUri()));
    }
    return parameters
        .first("code")
        .<Result<UpstreamTokenResponse, UpstreamRefusal>>map(
            code -> oauth.redeem(code, callback.verifier().value(), callback.redirectUri()))
        .orElseGet(() -> Result.refused(new UpstreamRefusal.Rejected("code_missing")))
        .then(this::identify);
  }

  private static UpstreamRefusal refusal(String error, URI callback) {
    if (Registration.isMeantBy(error)) {
      return Registration.refusal(error, callback);
    }
    return error.equals("access_denied")
        ? new UpstreamRefusal.Denied()
        : new UpstreamRefusal.Rejected("authorization_refused");
  }

  private Result<UpstreamIdentity, UpstreamRefusal> identify(UpstreamTokenResponse tokens) {
    return Account.of(api.find("/user", tokens.accessToken())).then(user -> allow(user, tokens));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> allow(
      Account user, UpstreamTokenResponse tokens) {
    return allowList
        .refusal(user, tokens.accessToken())
        .<Result<UpstreamIdentity, UpstreamRefusal>>map(Result::refused)
        .orElseGet(
            () -> Result.ok(new UpstreamIdentity(Long.toString(user.id()), user.login(), tokens)));
  }

  /** The same questions as after a sign-in: who is it, and are they on the list. */
  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> check(UpstreamTokenResponse tokens) {
    return identify(tokens);
  }

  @Override
  public Result<UpstreamTokenResponse, UpstreamRefusal> refresh(UpstreamTokenResponse tokens) {
    return tokens.refreshToken() == null
        ? Result.refused(new UpstreamRefusal.Rejected("no_refresh_token"))
        : oauth.refresh(tokens, tokens.refreshToken());
  }

  @Override
  public void revoke(UpstreamTokenResponse tokens) {
    revocation.revoke(tokens.accessToken());
  }
}
