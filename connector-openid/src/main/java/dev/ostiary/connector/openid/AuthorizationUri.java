package dev.ostiary.connector.openid;

import com.nimbusds.openid.connect.sdk.Prompt;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Authentication requests (OpenID Connect Core §3.1.2.1) with PKCE and nonce. */
final class AuthorizationUri {
  private static final Scopes ALWAYS = Scopes.of("openid", "profile", "email");
  private static final Scopes GROUPS = Scopes.of("groups");

  private final OpenIdSettings settings;
  private final ProviderType type;
  private final Scopes scopes;

  /**
   * The requests of a client.
   *
   * @param asksForGroups whether some list has groups
   */
  AuthorizationUri(OpenIdSettings settings, boolean asksForGroups) {
    this.settings = settings;
    this.type = settings.providerType();
    Scopes extra = Scopes.of(settings.scopes().stream().map(Scope::new).toList());
    this.scopes =
        ALWAYS
            .union(type.offlineAccess() ? Scopes.OFFLINE_ACCESS : Scopes.none())
            .union(asksForGroups && type.groupsScope() ? GROUPS : Scopes.none())
            .union(extra);
  }

  /** What is asked for. */
  Scopes scopes() {
    return scopes;
  }

  /** What is asked for at a provider that may not know offline_access. */
  Scopes scopes(ProviderMetadata metadata) {
    return metadata.knows(Scope.OFFLINE_ACCESS) ? scopes : scopes.minus(Scopes.OFFLINE_ACCESS);
  }

  URI of(ProviderMetadata metadata, UpstreamRequest request) {
    Scopes asked = scopes(metadata);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", request.redirectUri().toString());
    query.put("scope", asked.toWire());
    query.put("state", request.state().reveal());
    query.put("nonce", Nonce.of(request.codeChallenge()));
    query.put("code_challenge", request.codeChallenge().value());
    query.put("code_challenge_method", "S256");
    query.putAll(type.parameters());
    List<String> prompts = prompts(metadata, asked, request.selectAccount());
    if (!prompts.isEmpty()) {
      query.put("prompt", String.join(" ", prompts));
    }
    return with(metadata.authorizationEndpoint(), query);
  }

  /** Consent is asked for where offline access needs it (OpenID Connect Core §11). */
  private List<String> prompts(ProviderMetadata metadata, Scopes asked, boolean selectAccount) {
    List<String> prompts = new ArrayList<>();
    if (selectAccount && !type.chooser().isEmpty()) {
      List<Prompt.Type> known = metadata.prompts();
      boolean unknown = type == ProviderType.NONE && !known.contains(Prompt.Type.SELECT_ACCOUNT);
      prompts.add(unknown ? "login" : type.chooser());
    }
    boolean consent = type != ProviderType.NONE || asked.contains(Scope.OFFLINE_ACCESS);
    if (consent && !type.prompt().isEmpty()) {
      prompts.add(type.prompt());
    }
    return prompts;
  }

  /** An endpoint with a query, which may have one already. */
  static URI with(URI endpoint, Map<String, String> query) {
    return URI.create(
        endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + ProviderHttp.encode(query));
  }
}
