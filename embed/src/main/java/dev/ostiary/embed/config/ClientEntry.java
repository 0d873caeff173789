package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.ConfiguredClient;
import dev.ostiary.authorization.client.PreRegistration;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that is registered beforehand (MCP authorization, "Preregistration").
 *
 * @param name what people read on the consent page
 * @param redirectUris by the rules for those that register themselves
 * @param secret null for a public client
 * @param method how it authenticates at the token endpoint
 */
public record ClientEntry(
    String name,
    List<String> redirectUris,
    @Nullable Secret secret,
    ClientAuthenticationMethod method) {
  public ClientEntry {
    redirectUris = List.copyOf(redirectUris);
  }

  /** A client without a secret. */
  public static ClientEntry open(String name, String... redirectUris) {
    return new ClientEntry(name, List.of(redirectUris), null, methodOf(null));
  }

  /** A client with a secret. */
  public static ClientEntry confidential(String name, Secret secret, String... redirectUris) {
    return new ClientEntry(name, List.of(redirectUris), secret, methodOf(secret));
  }

  /** The method of a client that names none. */
  public static ClientAuthenticationMethod methodOf(@Nullable Secret secret) {
    return secret == null
        ? ClientAuthenticationMethod.NONE
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  /** As the authorization server knows it. */
  public ConfiguredClient configured(String id) {
    return new ConfiguredClient(
        new ClientId(id),
        secret,
        PreRegistration.metadata(
            name, redirectUris.stream().map(RedirectUri::new).distinct().toList(), method));
  }
}
