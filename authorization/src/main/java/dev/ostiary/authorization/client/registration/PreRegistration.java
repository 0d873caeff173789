package dev.ostiary.authorization.client.registration;

import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.util.List;
import java.util.Map;

/** What is in force for a client that an operator describes: all that there is to be had here. */
public final class PreRegistration {
  /** Every client with a code gets a refresh token, whether it asked for one or not. */
  static final List<String> GRANT_TYPES =
      List.of(GrantType.AUTHORIZATION_CODE.toWire(), GrantType.REFRESH_TOKEN.toWire());

  private static final String CODE = "code";

  private PreRegistration() {}

  /** The metadata that such a client would have registered (RFC 7591 §2). */
  public static ClientMetadata metadata(
      String name, List<RedirectUri> redirectUris, ClientAuthenticationMethod method) {
    return new ClientMetadata(
        name, redirectUris, method.toWire(), GRANT_TYPES, List.of(CODE), null, null, Map.of());
  }
}
