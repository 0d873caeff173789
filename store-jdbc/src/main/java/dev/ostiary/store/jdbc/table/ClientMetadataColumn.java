package dev.ostiary.store.jdbc.table;

import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A client's metadata as JSON of our own, which may be read by hand but is not the wire's. */
final class ClientMetadataColumn {
  /** The members of the JSON; one that is added later must be nullable. */
  record Members(
      @Nullable String name,
      List<String> redirectUris,
      String tokenEndpointAuthMethod,
      List<String> grantTypes,
      List<String> responseTypes,
      @Nullable String scope,
      @Nullable String applicationType,
      Map<String, String> display,
      @Nullable String jwks,
      @Nullable String jwksUri,
      @Nullable String tokenEndpointAuthSigningAlg) {}

  private final JsonMapper json = JsonMapper.builder().build();

  String write(ClientMetadata metadata) {
    ClientKeys keys = metadata.keys();
    return json.writeValueAsString(
        new Members(
            metadata.name(),
            metadata.redirectUris().stream().map(RedirectUri::value).toList(),
            metadata.tokenEndpointAuthMethod(),
            metadata.grantTypes(),
            metadata.responseTypes(),
            metadata.scope(),
            metadata.applicationType(),
            metadata.display(),
            keys != null && keys.source() instanceof ClientKeys.Inline(String jwks) ? jwks : null,
            keys != null && keys.source() instanceof ClientKeys.At(URI uri) ? uri.toString() : null,
            keys == null ? null : keys.signingAlgorithm()));
  }

  ClientMetadata read(String column) {
    Members members = json.readValue(column, Members.class);
    return new ClientMetadata(
        members.name(),
        members.redirectUris().stream().map(RedirectUri::new).toList(),
        members.tokenEndpointAuthMethod(),
        members.grantTypes(),
        members.responseTypes(),
        members.scope(),
        members.applicationType(),
        members.display(),
        keys(members));
  }

  private static @Nullable ClientKeys keys(Members members) {
    String jwks = members.jwks();
    String jwksUri = members.jwksUri();
    if (jwks == null && jwksUri == null) {
      return null;
    }
    return new ClientKeys(
        jwks == null
            ? new ClientKeys.At(URI.create(Objects.requireNonNull(jwksUri)))
            : new ClientKeys.Inline(jwks),
        members.tokenEndpointAuthSigningAlg());
  }
}
