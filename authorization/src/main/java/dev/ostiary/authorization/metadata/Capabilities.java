package dev.ostiary.authorization.metadata;

import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.GrantType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is switched on, and so what is advertised; nothing else is.
 *
 * @param clientAuthentication how clients authenticate when they get tokens or give them up
 * @param introspectionAuthentication how they do when they ask about tokens
 * @param registration whether clients can register themselves
 * @param clientIdMetadataDocuments whether a client may be named by a URL
 * @param serviceDocumentation a page for developers, or null
 * @param assertionAlgorithms what clients may sign with that prove themselves with a key
 */
public record Capabilities(
    List<GrantType> grantTypes,
    List<ClientAuthenticationMethod> clientAuthentication,
    List<ClientAuthenticationMethod> introspectionAuthentication,
    boolean registration,
    boolean clientIdMetadataDocuments,
    @Nullable String serviceDocumentation,
    List<String> assertionAlgorithms) {
  public Capabilities {
    grantTypes = List.copyOf(grantTypes);
    clientAuthentication = List.copyOf(clientAuthentication);
    introspectionAuthentication = List.copyOf(introspectionAuthentication);
    assertionAlgorithms = List.copyOf(assertionAlgorithms);
  }
}
