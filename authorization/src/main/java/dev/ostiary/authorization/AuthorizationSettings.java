package dev.ostiary.authorization;

import dev.ostiary.authorization.assertion.AssertionPolicy;
import dev.ostiary.authorization.client.ConfiguredClient;
import dev.ostiary.authorization.document.DocumentPolicy;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.register.RegistrationPolicy;
import dev.ostiary.protocol.Issuer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server is like.
 *
 * @param servers those it issues tokens for, at least one
 * @param registration who may register a client
 * @param clients those that are known beforehand, each by another id
 * @param assertions whether and how clients may prove themselves with a key
 * @param documents whose metadata documents are read; null if clients cannot be named by URLs
 * @param approvalAge how long a person who approved is not asked again; null to ask each time
 * @param serviceDocumentation a page for the developers of clients, or null
 */
public record AuthorizationSettings(
    Issuer issuer,
    List<ProtectedServer> servers,
    Lifetimes lifetimes,
    SigningAlgorithm signing,
    RegistrationPolicy registration,
    List<ConfiguredClient> clients,
    AssertionPolicy assertions,
    @Nullable DocumentPolicy documents,
    @Nullable Duration approvalAge,
    Limits limits,
    @Nullable String serviceDocumentation) {
  public AuthorizationSettings {
    servers = List.copyOf(servers);
    clients = List.copyOf(clients);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("an authorization server without servers");
    }
  }
}
