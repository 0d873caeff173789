package dev.ostiary.embed.config.foreign;

import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server other than Ostiary, whose access tokens a server takes.
 *
 * @param issuer byte for byte as its metadata and its tokens have it
 * @param audience what the {@code aud} of access tokens has to contain; null for the server's URL
 * @param introspection as whom tokens are introspected; null if they are JWTs
 * @param metadataUrl where its metadata is; null for the usual places
 * @param scopesClaim null for the usual ones
 * @param typeless whether JWTs need not be of the type {@code at+jwt}
 * @param scopes of the policy by the names that they have there; empty if these are the same
 * @param rolesClaim with roles that count as scopes; null for none
 * @param registration what Ostiary's clients share there, since they cannot register themselves;
 *     null if they can, or are registered by hand
 */
public record ForeignAuthorization(
    String issuer,
    @Nullable String audience,
    @Nullable Introspection introspection,
    @Nullable URI metadataUrl,
    @Nullable String scopesClaim,
    boolean typeless,
    Map<String, Scopes> scopes,
    @Nullable String rolesClaim,
    @Nullable Registration registration) {
  public ForeignAuthorization {
    scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
  }

  /** The defaults. */
  public static ForeignAuthorization at(String issuer) {
    return new ForeignAuthorization(issuer, null, null, null, null, false, Map.of(), null, null);
  }

  /** The same authorization server, with a client that Ostiary's clients share. */
  public ForeignAuthorization registration(Registration other) {
    return ForeignKeys.FOREIGN.with(this, "registration", other);
  }

  /**
   * A client there, with whose tokens Ostiary answers clients that are registered with itself.
   *
   * @param parameters of authorization requests, beside those that the protocol has
   */
  public record Registration(String clientId, Secret clientSecret, Map<String, String> parameters) {
    public Registration {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /** Who introspects tokens there (RFC 7662 §2.1). */
  public record Introspection(String clientId, Secret clientSecret) {}
}
