package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ListedUsers;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.protocol.Result;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An OpenID provider as an upstream. */
final class OpenIdConnector implements Connector {
  private final Parts parts;
  private final OpenIdUpstream upstream;
  private final InstantSource time;

  /** What works together for one provider. */
  record Parts(
      String name,
      OpenIdSettings settings,
      Provider provider,
      ProviderTokens tokens,
      IdTokenCheck idTokens,
      Users users,
      Refusals refusals) {}

  /**
   * @param shared what the client is if it is not for signing in here; otherwise null
   */
  OpenIdConnector(
      OpenIdSettings settings, ConnectorDependencies with, @Nullable SharedClient shared) {
    this.time = with.time();
    String name = with.place().name();
    Refusals refusals =
        shared == null ? Refusals.ofSignIn(name, time) : Refusals.ofSharedClient(shared, time);
    ProviderHttp http = new ProviderHttp(with.outbound(), settings);
    Provider provider = new Provider(settings, http, refusals, time);
    List<AllowRule> lists =
        Stream.concat(Stream.of(settings.allow()), with.lists().stream()).toList();
    this.parts =
        new Parts(
            name,
            settings,
            provider,
            new ProviderTokens(http, new ClientAuthentication(settings, time), refusals, time),
            new IdTokenCheck(provider, settings.clientId(), refusals, time),
            new Users(
                settings,
                provider,
                shared == null ? new UserInfo(http, refusals) : null,
                wanted(settings, lists)),
            refusals);
    this.upstream =
        new OpenIdUpstream(
            parts,
            shared == null
                ? AuthorizationUri.signIn(
                    settings, lists.stream().anyMatch(list -> !list.groups().isEmpty()))
                : AuthorizationUri.sharing(settings, shared));
  }

  /** The claims without which some list says nothing. */
  private static Set<String> wanted(OpenIdSettings settings, List<AllowRule> lists) {
    Set<String> wanted = new HashSet<>();
    if (lists.stream().anyMatch(list -> !list.emailDomains().isEmpty())) {
      wanted.add("email");
      if (settings.providerType() != ProviderType.ENTRA) {
        wanted.add("email_verified");
      }
    }
    if (lists.stream().anyMatch(list -> !list.groups().isEmpty())) {
      wanted.add(settings.groupsClaim());
    }
    return wanted;
  }

  @Override
  public Upstream upstream() {
    return upstream;
  }

  @Override
  public AllowedUsers users(AllowRule list, UpstreamCredentials credentials) {
    AllowList members = new AllowList(list, parts.settings().groupsClaim(), parts.refusals());
    return new ListedUsers(
        parts.name(), (user, tokens) -> refusal(members, user, tokens), credentials, time);
  }

  private Optional<UpstreamRefusal> refusal(
      AllowList members, String userId, UpstreamTokenResponse tokens) {
    Result<UserClaims, UpstreamRefusal> now = parts.users().now(tokens);
    return switch (now) {
      case Result.Ok<UserClaims, UpstreamRefusal>(UserClaims claims) ->
          claims.userId(parts.refusals()).equals(Result.ok(userId))
              ? members.refusal(userId, claims)
              : Optional.of(new UpstreamRefusal.Rejected("token_of_another_user"));
      case Result.Refused<UserClaims, UpstreamRefusal>(UpstreamRefusal reason) ->
          Optional.of(reason);
    };
  }
}
