package dev.ostiary.connector;

import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client at a foreign authorization server that the clients of an MCP server share, because they
 * cannot register there. They register with Ostiary, and get the foreign access tokens.
 *
 * @param issuer of the foreign authorization server, byte for byte as its metadata has it
 * @param metadataUrl where its metadata is; null for the usual place
 * @param parameters of authorization requests, beside those that the protocol has
 * @param scopes what is asked for there to get scopes of ours
 * @param key where the foreign authorization server stands in the configuration
 */
public record SharedClient(
    String issuer,
    @Nullable URI metadataUrl,
    String clientId,
    Secret clientSecret,
    Map<String, String> parameters,
    UnaryOperator<Scopes> scopes,
    String key) {
  public SharedClient {
    parameters = Map.copyOf(parameters);
  }

  /** Where client id and secret stand in the configuration. */
  public String registrationKey() {
    return key + ".registration";
  }

  /** What people call the foreign authorization server: its host. */
  public String title() {
    return URI.create(issuer).getRawAuthority();
  }
}
