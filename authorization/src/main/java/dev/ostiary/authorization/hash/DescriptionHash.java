package dev.ostiary.authorization.hash;

import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what makes a client the one that a person agreed to: its name, its redirect URIs, and
 * how it proves who it is. When it differs, they agreed to another client.
 */
public record DescriptionHash(Sha256 hash) {
  public static DescriptionHash of(ClientMetadata client) {
    String name = client.name() == null ? "" : client.name();
    Stream<String> redirectUris = client.redirectUris().stream().map(RedirectUri::value).sorted();
    return new DescriptionHash(
        Sha256.of(
            Stream.concat(
                    Stream.of(name, client.tokenEndpointAuthMethod(), keys(client.keys())),
                    redirectUris)
                .map(text -> text.length() + ":" + text)
                .collect(Collectors.joining())));
  }

  /** Keys at an address may change there without notice, as that is what the address is for. */
  private static String keys(@Nullable ClientKeys keys) {
    return switch (keys == null ? null : keys.source()) {
      case ClientKeys.Inline(String jwks) -> jwks;
      case ClientKeys.At(URI uri) -> uri.toString();
      case null -> "";
    };
  }
}
