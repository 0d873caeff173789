package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.client.assertion.ClientKeyRules;
import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that is registered for a client's request (RFC 7591 §2, §3.2.1). What it left out
 * gets the RFC's default. What does not exist here is dropped as long as something is left that it
 * can work with, since clients ask for all that they know; how it authenticates is different,
 * because a client that believes in another method than we do never gets a token.
 */
public final class Registration {
  private static final String CODE = "code";

  private static final Set<String> APPLICATION_TYPES = Set.of("native", "web");

  private final List<ClientAuthenticationMethod> methods;
  private final PrivateUseSchemes schemes;

  /**
   * @param methods how clients can authenticate
   * @param schemes that they can be redirected to
   */
  public Registration(List<ClientAuthenticationMethod> methods, PrivateUseSchemes schemes) {
    this.methods = List.copyOf(methods);
    this.schemes = schemes;
  }

  /**
   * What a client gets.
   *
   * @param dropped what is wrong with each of its redirect URIs that it does not get
   */
  public record Decided(ClientMetadata metadata, List<String> dropped) {}

  public Result<Decided, RegistrationRefusal> decide(RegistrationRequest request) {
    return redirectUris(request.redirectUris())
        .then(
            uris ->
                method(request)
                    .then(method -> metadata(request, uris.usable(), method))
                    .then(metadata -> withKeys(metadata, request.keys()))
                    .map(metadata -> new Decided(metadata, uris.dropped())));
  }

  /** Keys of a client that proves itself in another way are dropped like all that has no use. */
  private static Result<ClientMetadata, RegistrationRefusal> withKeys(
      ClientMetadata metadata, RegistrationRequest.Keys keys) {
    Optional<KeyRefusal> contradiction = ClientKeyRules.contradiction(keys);
    if (contradiction.isPresent()) {
      return Result.refused(new RegistrationRefusal.BadKeys(contradiction.get()));
    }
    if (!metadata.hasKey()) {
      return Result.ok(metadata);
    }
    return switch (ClientKeyRules.decide(keys)) {
      case Result.Ok(ClientKeys good) -> Result.ok(metadata.with(good));
      case Result.Refused(KeyRefusal refusal) ->
          Result.refused(new RegistrationRefusal.BadKeys(refusal));
    };
  }

  private static Result<ClientMetadata, RegistrationRefusal> metadata(
      RegistrationRequest request, List<RedirectUri> uris, ClientAuthenticationMethod method) {
    List<String> grantTypes = request.grantTypes();
    if (grantTypes != null && !grantTypes.contains(GrantType.AUTHORIZATION_CODE.toWire())) {
      return Result.refused(new RegistrationRefusal.GrantTypesUnsupported());
    }
    List<String> responseTypes = request.responseTypes();
    if (responseTypes != null && !responseTypes.contains(CODE)) {
      return Result.refused(new RegistrationRefusal.ResponseTypesUnsupported());
    }
    @Nullable String scope = request.scope();
    if (scope != null && Scopes.parse(scope).isEmpty()) {
      return Result.refused(new RegistrationRefusal.ScopeMalformed());
    }
    @Nullable String type = request.applicationType();
    return Result.ok(
        new ClientMetadata(
            request.clientName(),
            uris,
            method.toWire(),
            PreRegistration.GRANT_TYPES,
            List.of(CODE),
            scope,
            type != null && APPLICATION_TYPES.contains(type) ? type : null,
            display(request.display())));
  }

  private record Redirects(List<RedirectUri> usable, List<String> dropped) {}

  /** A client that has one for each way it may be running is not refused for a way it is not. */
  private Result<Redirects, RegistrationRefusal> redirectUris(List<String> texts) {
    List<RedirectUri> uris = new ArrayList<>(texts.size());
    List<RegistrationRefusal.BadRedirectUri> bad = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      switch (schemes.check(texts.get(i))) {
        case Result.Ok(RedirectUri uri) -> uris.add(uri);
        case Result.Refused(RedirectRules.Refusal refusal) ->
            bad.add(new RegistrationRefusal.BadRedirectUri(i, refusal));
      }
    }
    return uris.isEmpty() && !bad.isEmpty()
        ? Result.refused(bad.getFirst())
        : Result.ok(
            new Redirects(
                uris.stream().distinct().toList(),
                bad.stream().map(each -> each.wire().description()).toList()));
  }

  private Result<ClientAuthenticationMethod, RegistrationRefusal> method(
      RegistrationRequest request) {
    @Nullable String asked = request.tokenEndpointAuthMethod();
    if (asked == null) {
      return Result.ok(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }
    Optional<ClientAuthenticationMethod> method =
        ClientAuthenticationMethod.parse(asked).filter(methods::contains);
    return method
        .map(Result::<ClientAuthenticationMethod, RegistrationRefusal>ok)
        .orElseGet(() -> Result.refused(new RegistrationRefusal.MethodUnsupported(methods)));
  }

  /** Addresses that could do something else than show a page are dropped. */
  private static Map<String, String> display(Map<String, String> display) {
    return display.entrySet().stream()
        .filter(member -> !member.getKey().endsWith("_uri") || isHttps(member.getValue()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isHttps(String text) {
    try {
      URI uri = URI.create(text);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
