package dev.ostiary.connector.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider says about itself (OpenID Connect Discovery §3), with all endpoints that are
 * needed.
 *
 * @param issuer as the metadata has it; may have a place for the tenant
 */
record ProviderMetadata(String issuer, OIDCProviderMetadata document) {
  /** Signatures by keys that the provider publishes; never {@code none}, never a shared secret. */
  private static final Set<JWSAlgorithm> ASYMMETRIC =
      Stream.concat(JWSAlgorithm.Family.RSA.stream(), JWSAlgorithm.Family.EC.stream())
          .filter(algorithm -> !algorithm.equals(JWSAlgorithm.ES256K))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Reads the metadata.
   *
   * @param expected the issuer that is configured
   * @param callable whether an endpoint can be called
   */
  static Result<ProviderMetadata, UpstreamRefusal> parse(
      byte[] json, String expected, Predicate<URI> callable, Refusals refusals) {
    Optional<ObjectNode> object = Json.readObject(json);
    if (object.isEmpty()) {
      return Result.refused(refusals.metadata("is not a JSON object"));
    }
    String issuer = object.get().path("issuer").asString("");
    if (!issuer.equals(expected)) {
      return Result.refused(refusals.issuer(expected, issuer));
    }
    if (!object.get().path("jwks_uri").isString()) {
      return Result.refused(refusals.metadata("has no jwks_uri"));
    }
    try {
      return check(
          new ProviderMetadata(issuer, OIDCProviderMetadata.parse(completed(object.get()))),
          callable,
          refusals);
    } catch (ParseException | RuntimeException malformed) { // the library throws others, too
      return Result.refused(refusals.metadata("cannot be used: " + malformed.getMessage()));
    }
  }

  /** With what the library wants and signing in does not; without the place in the issuer. */
  private static String completed(ObjectNode metadata) {
    ObjectNode completed = metadata.deepCopy();
    completed.put(
        "issuer",
        metadata.path("issuer").asString("").replace(ProviderType.TENANT_PLACE, "tenantid"));
    if (!completed.has("subject_types_supported")) {
      completed.putArray("subject_types_supported").add("public");
    }
    if (!completed.has("id_token_signing_alg_values_supported")) {
      completed.putArray("id_token_signing_alg_values_supported").add("RS256");
    }
    return completed.toString();
  }

  private static Result<ProviderMetadata, UpstreamRefusal> check(
      ProviderMetadata metadata, Predicate<URI> callable, Refusals refusals) {
    OIDCProviderMetadata document = metadata.document();
    Optional<String> fault =
        fault("authorization_endpoint", document.getAuthorizationEndpointURI(), callable)
            .or(() -> fault("token_endpoint", document.getTokenEndpointURI(), callable))
            .or(() -> fault("jwks_uri", document.getJWKSetURI(), callable))
            .or(
                () ->
                    metadata
                        .userInfoEndpoint()
                        .flatMap(uri -> fault("userinfo_endpoint", uri, callable)))
            .or(
                () ->
                    metadata
                        .revocationEndpoint()
                        .flatMap(uri -> fault("revocation_endpoint", uri, callable)));
    return fault
        .<Result<ProviderMetadata, UpstreamRefusal>>map(
            what -> Result.refused(refusals.metadata(what)))
        .orElseGet(() -> Result.ok(metadata));
  }

  private static Optional<String> fault(String name, @Nullable URI uri, Predicate<URI> callable) {
    if (uri == null) {
      return Optional.of("has no " + name);
    }
    return callable.test(uri)
        ? Optional.empty()
        : Optional.of("has a " + name + " that is not an https address: " + uri);
  }

  URI authorizationEndpoint() {
    return document.getAuthorizationEndpointURI();
  }

  URI tokenEndpoint() {
    return document.getTokenEndpointURI();
  }

  URI keys() {
    return document.getJWKSetURI();
  }

  Optional<URI> userInfoEndpoint() {
    return Optional.ofNullable(document.getUserInfoEndpointURI());
  }

  Optional<URI> revocationEndpoint() {
    return Optional.ofNullable(document.getRevocationEndpointURI());
  }

  /** Where browsers end their session; one that is not https is left out. */
  Optional<URI> endSessionEndpoint() {
    return Optional.ofNullable(document.getEndSessionEndpointURI())
        .filter(uri -> uri.getHost() != null && uri.getRawFragment() == null)
        .filter(OpenIdRules::isSafe);
  }

  /** Whether every callback names the issuer (RFC 9207 §3). */
  boolean namesIssuer() {
    return document.supportsAuthorizationResponseIssuerParam();
  }

  /** The algorithms that ID tokens may be signed with. */
  Set<JWSAlgorithm> algorithms() {
    return document.getIDTokenJWSAlgs().stream()
        .filter(ASYMMETRIC::contains)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a client may authenticate so at the token endpoint; basic is what is usual. */
  boolean accepts(ClientAuthenticationMethod method) {
    List<ClientAuthenticationMethod> methods = document.getTokenEndpointAuthMethods();
    return methods == null
        ? method.equals(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        : methods.contains(method);
  }

  /** Whether clients may use S256; providers that do not say so may. */
  boolean knowsS256() {
    List<CodeChallengeMethod> methods = document.getCodeChallengeMethods();
    return methods == null || methods.contains(CodeChallengeMethod.S256);
  }

  /** Whether it says which challenges it knows. */
  boolean namesChallenges() {
    return document.getCodeChallengeMethods() != null;
  }

  /** Whether a scope can be asked for; a provider that lists none may know it. */
  boolean knows(Scope scope) {
    return document.getScopes() == null || document.getScopes().contains(scope.value());
  }

  /** The prompts that it says it knows; empty if it does not say. */
  List<Prompt.Type> prompts() {
    return document.getPromptTypes() == null ? List.of() : document.getPromptTypes();
  }
}
