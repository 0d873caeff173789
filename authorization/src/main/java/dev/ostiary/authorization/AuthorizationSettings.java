package dev.ostiary.authorization;

import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.PageSettings;
import dev.ostiary.protocol.Issuer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server is like.
 *
 * @param servers those it issues tokens for; none where its keys alone are used
 * @param clients those it knows
 * @param approvalAge how long a person who approved is not asked again; null to ask each time
 * @param pages what the operator chooses about them
 * @param serviceDocumentation a page for the developers of clients, or null
 */
public record AuthorizationSettings(
    Issuer issuer,
    List<ProtectedServer> servers,
    Lifetimes lifetimes,
    SigningAlgorithm signing,
    ClientSettings clients,
    @Nullable Duration approvalAge,
    Limits limits,
    PageSettings pages,
    @Nullable String serviceDocumentation) {
  public AuthorizationSettings {
    servers = List.copyOf(servers);
  }
}
