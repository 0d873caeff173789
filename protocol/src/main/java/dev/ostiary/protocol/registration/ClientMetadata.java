package dev.ostiary.protocol.registration;

import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.RedirectUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client, as it is in force here (RFC 7591 §2): values a client left out are
 * already the defaults, and what we do not support is already gone.
 *
 * @param name to show, or null
 * @param redirectUris may be empty: such a client cannot use the authorization endpoint
 * @param tokenEndpointAuthMethod {@code none}, {@code client_secret_basic}, {@code
 *     client_secret_post} or {@code private_key_jwt}
 * @param scope what it may ask for, or null for anything
 * @param applicationType {@code native} or {@code web}, or null when it did not say
 * @param display further members, shown or returned but never acted on: {@code client_uri}, {@code
 *     logo_uri}, {@code tos_uri}, {@code policy_uri}, {@code software_id}, {@code
 *     software_version}; {@code contacts} joined by commas
 * @param keys of a client that proves itself with a key; else null
 */
public record ClientMetadata(
    @Nullable String name,
    List<RedirectUri> redirectUris,
    String tokenEndpointAuthMethod,
    List<String> grantTypes,
    List<String> responseTypes,
    @Nullable String scope,
    @Nullable String applicationType,
    Map<String, String> display,
    @Nullable ClientKeys keys) {
  public ClientMetadata {
    redirectUris = List.copyOf(redirectUris);
    grantTypes = List.copyOf(grantTypes);
    responseTypes = List.copyOf(responseTypes);
    display = Map.copyOf(new LinkedHashMap<>(display));
  }

  /** A client without keys. */
  public ClientMetadata(
      @Nullable String name,
      List<RedirectUri> redirectUris,
      String tokenEndpointAuthMethod,
      List<String> grantTypes,
      List<String> responseTypes,
      @Nullable String scope,
      @Nullable String applicationType,
      Map<String, String> display) {
    this(
        name,
        redirectUris,
        tokenEndpointAuthMethod,
        grantTypes,
        responseTypes,
        scope,
        applicationType,
        display,
        null);
  }

  /** The same with these keys. */
  public ClientMetadata with(ClientKeys other) {
    return new ClientMetadata(
        name,
        redirectUris,
        tokenEndpointAuthMethod,
        grantTypes,
        responseTypes,
        scope,
        applicationType,
        display,
        other);
  }

  /** The same with these redirect URIs. */
  public ClientMetadata withRedirectUris(List<RedirectUri> other) {
    return new ClientMetadata(
        name,
        other,
        tokenEndpointAuthMethod,
        grantTypes,
        responseTypes,
        scope,
        applicationType,
        display,
        keys);
  }

  /** Whether it has nothing to prove itself with (OAuth 2.1 §2.1). */
  public boolean isPublic() {
    return is(ClientAuthenticationMethod.NONE);
  }

  /** Whether it proves itself with a key, and with nothing else (RFC 7523 §2.2). */
  public boolean hasKey() {
    return is(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
  }

  /** Whether it proves itself with a secret. */
  public boolean hasSecret() {
    return !isPublic() && !hasKey();
  }

  private boolean is(ClientAuthenticationMethod method) {
    return tokenEndpointAuthMethod.equals(method.toWire());
  }
}
