package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientMetadata;
import dev.ostiary.protocol.RedirectUri;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hash of what a person was told about a client: its name and its redirect URIs. When it
 * differs, they agreed to somebody else.
 */
public record DescriptionHash(Sha256 hash) {
  public static DescriptionHash of(ClientMetadata client) {
    String name = client.name() == null ? "" : client.name();
    Stream<String> redirectUris = client.redirectUris().stream().map(RedirectUri::value).sorted();
    return new DescriptionHash(
        Sha256.of(
            Stream.concat(Stream.of(name), redirectUris)
                .map(text -> text.length() + ":" + text)
                .collect(Collectors.joining())));
  }
}
