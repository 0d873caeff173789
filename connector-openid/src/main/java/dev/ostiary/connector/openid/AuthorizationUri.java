package dev.ostiary.connector.openid;

import com.nimbusds.openid.connect.sdk.Prompt;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Authentication requests (OpenID Connect Core §3.1.2.1) with PKCE and nonce. */
final class AuthorizationUri {
  private static final Scopes ALWAYS = Scopes.of("openid", "profile", "email");
  private static final Scopes SHARED = Scopes.of("openid", "profile");
  private static final String PROMPT = "prompt";
  private static final Scopes GROUPS = Scopes.of("groups");

  private final OpenIdSettings settings;
  private final ProviderType type;
  private final Scopes always;
  private final UnaryOperator<Scopes> further;
  private final Map<String, String> parameters;

  private AuthorizationUri(
      OpenIdSettings settings,
      Scopes always,
      UnaryOperator<Scopes> further,
      Map<String, String> parameters) {
    this.settings = settings;
    this.type = settings.providerType();
    this.always = always;
    this.further = further;
    this.parameters = parameters;
  }

  /**
   * The requests of a client for signing in.
   *
   * @param asksForGroups whether some list has groups
   */
  static AuthorizationUri signIn(OpenIdSettings settings, boolean asksForGroups) {
    ProviderType type = settings.providerType();
    Scopes extra = Scopes.of(settings.scopes().stream().map(Scope::new).toList());
    Scopes always =
        ALWAYS
            .union(type.offlineAccess() ? Scopes.OFFLINE_ACCESS : Scopes.none())
            .union(asksForGroups && type.groupsScope() ? GROUPS : Scopes.none())
            .union(extra);
    return new AuthorizationUri(settings, always, _ -> Scopes.none(), type.parameters());
  }

  /** The requests of a client whose access tokens are handed out. */
  static AuthorizationUri sharing(OpenIdSettings settings, SharedClient client) {
    return new AuthorizationUri(
        settings, SHARED.union(Scopes.OFFLINE_ACCESS), client.scopes(), client.parameters());
  }

  /** What is asked for to get these scopes of ours. */
  Scopes scopesFor(Scopes ours) {
    return always.union(further.apply(ours));
  }

  /** What of these is asked for at a provider that may not know offline_access. */
  static Scopes known(ProviderMetadata metadata, Scopes scopes) {
    return metadata.knows(Scope.OFFLINE_ACCESS) ? scopes : scopes.minus(Scopes.OFFLINE_ACCESS);
  }

  URI of(ProviderMetadata metadata, UpstreamRequest request) {
    Scopes asked = known(metadata, request.scopes());
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", request.redirectUri().toString());
    query.put("scope", asked.toWire());
    query.put("state", request.state().reveal());
    query.put("nonce", Nonce.of(request.codeChallenge()));
    query.put("code_challenge", request.codeChallenge().value());
    query.put("code_challenge_method", "S256");
    query.putAll(parameters);
    Set<String> prompts = prompts(metadata, asked, request.selectAccount());
    if (!prompts.isEmpty()) {
      query.put(PROMPT, String.join(" ", prompts));
    }
    return with(metadata.authorizationEndpoint(), query);
  }

  /** Consent is asked for where offline access needs it (OpenID Connect Core §11). */
  private Set<String> prompts(ProviderMetadata metadata, Scopes asked, boolean selectAccount) {
    Set<String> prompts = new LinkedHashSet<>();
    if (selectAccount && !type.chooser().isEmpty()) {
      List<Prompt.Type> known = metadata.prompts();
      boolean unknown = type == ProviderType.NONE && !known.contains(Prompt.Type.SELECT_ACCOUNT);
      prompts.add(unknown ? "login" : type.chooser());
    }
    String configured = parameters.get(PROMPT);
    if (configured != null) {
      prompts.addAll(List.of(configured.split(" ", -1)));
      return prompts;
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
