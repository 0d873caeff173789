package dev.ostiary.authorization.client.document;

import dev.ostiary.protocol.registration.ClientMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is different in a document that people have agreed to, as far as it matters to them.
 *
 * @param members by their names on the wire
 */
record DocumentChange(List<String> members) {
  DocumentChange {
    members = List.copyOf(members);
  }

  static DocumentChange between(ClientMetadata before, ClientMetadata after) {
    List<String> members = new ArrayList<>();
    if (!Objects.equals(before.name(), after.name())) {
      members.add("client_name");
    }
    if (!before.redirectUris().equals(after.redirectUris())) {
      members.add("redirect_uris");
    }
    if (!before.tokenEndpointAuthMethod().equals(after.tokenEndpointAuthMethod())) {
      members.add("token_endpoint_auth_method");
    }
    if (!Objects.equals(before.keys(), after.keys())) {
      members.add("jwks");
    }
    return new DocumentChange(members);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }
}
