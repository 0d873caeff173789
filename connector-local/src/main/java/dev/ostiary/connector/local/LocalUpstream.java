package dev.ostiary.connector.local;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This server as its own upstream. A user's token is the hash of their password hash: it shows that
 * they signed in with the password that they have now, and is good for nothing else.
 */
final class LocalUpstream implements Upstream {
  private final ConnectorPlace place;
  private final Map<String, LocalUser> users;
  private final SignInCodes codes;

  LocalUpstream(ConnectorPlace place, Map<String, LocalUser> users, SignInCodes codes) {
    this.place = place;
    this.users = users;
    this.codes = codes;
  }

  @Override
  public String name() {
    return place.name();
  }

  @Override
  public String title() {
    return place.url().uri().getRawAuthority();
  }

  @Override
  public Scopes scopesFor(Scopes scopes) {
    return Scopes.none();
  }

  @Override
  public Result<URI, UpstreamRefusal> authorizationUri(UpstreamRequest request) {
    return Result.ok(
        URI.create(
            place.url().at(SignInEndpoint.PATH)
                + ("?state=" + encode(request.state().reveal()))
                + ("&code_challenge=" + request.codeChallenge().value())
                + "&code_challenge_method=S256"
                + ("&redirect_uri=" + encode(request.redirectUri().toString()))));
  }

  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> complete(UpstreamCallback callback) {
    Parameters parameters = callback.parameters();
    if (!parameters.first("iss").orElse(place.url().value()).equals(place.url().value())) {
      return Result.refused(new UpstreamRefusal.WrongIssuer());
    }
    if (parameters.first("error").isPresent()) {
      return Result.refused(new UpstreamRefusal.Denied());
    }
    return parameters
        .first("code")
        .flatMap(code -> codes.redeem(code, callback.verifier()))
        .map(this::identify)
        .orElseGet(() -> Result.refused(new UpstreamRefusal.Rejected("code_refused")));
  }

  private Result<UpstreamIdentity, UpstreamRefusal> identify(String user) {
    return Optional.ofNullable(users.get(user))
        .<Result<UpstreamIdentity, UpstreamRefusal>>map(
            known ->
                Result.ok(
                    new UpstreamIdentity(
                        user,
                        user,
                        new UpstreamTokenResponse(
                            new Secret(user + " " + mark(known)), null, null, Scopes.none()))))
        .orElseGet(
            () ->
                Result.refused(
                    new UpstreamRefusal.NotAllowed(
                        user, user, List.of("is not one of the users of sign-in.local"))));
  }

  /** What changes with the password. */
  private static String mark(LocalUser user) {
    return Sha256.of(user.passwordHash().reveal()).toString();
  }

  /** A user who is no longer configured may not go on, nor may one whose password has changed. */
  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> check(UpstreamTokenResponse tokens) {
    String token = tokens.accessToken().reveal();
    int space = token.indexOf(' ');
    if (space < 0) {
      return Result.refused(new UpstreamRefusal.Rejected("token_unknown"));
    }
    return identify(token.substring(0, space))
        .then(
            identity ->
                identity.tokens().accessToken().equals(tokens.accessToken())
                    ? Result.ok(identity)
                    : Result.refused(new UpstreamRefusal.Rejected("password_changed")));
  }

  @Override
  public Result<UpstreamTokenResponse, UpstreamRefusal> refresh(UpstreamTokenResponse tokens) {
    return Result.refused(new UpstreamRefusal.Rejected("no_refresh_token"));
  }

  @Override
  public void revoke(UpstreamTokenResponse tokens) {
    // There is nothing to tell: the token is good for nothing.
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
