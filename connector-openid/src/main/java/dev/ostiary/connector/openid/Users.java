package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who the user of some tokens is, from the ID token and userinfo. */
final class Users {
  private final OpenIdSettings settings;
  private final Provider provider;
  private final @Nullable UserInfo userInfo;
  private final Set<String> wanted;

  /**
   * The users of a provider.
   *
   * @param userInfo null if access tokens are for other resources than userinfo, which would refuse
   *     them; then only refreshes show that a user may still come in
   * @param wanted the claims that some list needs
   */
  Users(
      OpenIdSettings settings, Provider provider, @Nullable UserInfo userInfo, Set<String> wanted) {
    this.settings = settings;
    this.provider = provider;
    this.userInfo = userInfo;
    this.wanted = Set.copyOf(wanted);
  }

  /** After a sign-in: userinfo is asked for what the ID token does not say. */
  Result<UserClaims, UpstreamRefusal> signedIn(
      ProviderMetadata metadata, ObjectNode idToken, Secret accessToken) {
    UserClaims claims = UserClaims.of(settings.providerType(), idToken);
    boolean complete = claims.hasName() && wanted.stream().allMatch(claims::has);
    return complete
        ? Result.ok(claims)
        : complete(
            metadata,
            claims,
            accessToken,
            new UpstreamRefusal.Unavailable("userinfo is about another user"));
  }

  /**
   * Later: userinfo is always asked, since it knows whether the token is still good. A provider
   * without one is not asked; there, what the last ID token said goes on until the next refresh.
   */
  Result<UserClaims, UpstreamRefusal> now(UpstreamTokenResponse tokens) {
    Secret idToken = tokens.idToken();
    Optional<ObjectNode> claims = idToken == null ? Optional.empty() : UserClaims.decode(idToken);
    return provider
        .metadata()
        .then(
            metadata ->
                claims.isPresent()
                    ? complete(
                        metadata,
                        UserClaims.of(settings.providerType(), claims.get()),
                        tokens.accessToken(),
                        new UpstreamRefusal.Rejected("token_of_another_user"))
                    : Result.refused(withoutIdToken(metadata, tokens.accessToken())));
  }

  /** Tokens without an ID token name no user; the provider may know that they are not its own. */
  private UpstreamRefusal withoutIdToken(ProviderMetadata metadata, Secret accessToken) {
    Optional<URI> endpoint = metadata.userInfoEndpoint();
    return endpoint.isPresent()
            && userInfo != null
            && userInfo.find(endpoint.get(), accessToken)
                instanceof Result.Refused<ObjectNode, UpstreamRefusal>(UpstreamRefusal refusal)
        ? refusal
        : new UpstreamRefusal.Rejected("no_id_token");
  }

  private Result<UserClaims, UpstreamRefusal> complete(
      ProviderMetadata metadata, UserClaims claims, Secret accessToken, UpstreamRefusal ofAnother) {
    Optional<URI> endpoint = metadata.userInfoEndpoint();
    return endpoint.isEmpty() || userInfo == null
        ? Result.ok(claims)
        : userInfo
            .find(endpoint.get(), accessToken)
            .then(
                answer ->
                    answer.path("sub").asString("").equals(claims.subject())
                        ? Result.ok(claims.with(answer))
                        : Result.refused(ofAnother));
  }
}
