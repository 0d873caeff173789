package dev.ostiary.connector.openid;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.Finding;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.http.Outbound;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** A shared client at an OpenID provider: whom it lets in, the MCP server says at each call. */
record SharedClientSettings(SharedClient client) implements ConnectorSettings {
  @Override
  public ConnectorType type() {
    return OpenId.TYPE;
  }

  @Override
  public String title() {
    return client.title();
  }

  @Override
  public URI address() {
    return provider().address();
  }

  @Override
  public AllowRule allow() {
    return AllowRule.ANYBODY;
  }

  /** The keys are those of the authorization server, which is checked where it is written. */
  @Override
  public void check(ConnectorPlace place, Problems problems) {}

  @Override
  public void check(AllowRule rule, Problems problems) {}

  @Override
  public Connector open(ConnectorDependencies with) {
    return new OpenIdConnector(provider(), with, client);
  }

  @Override
  public List<Finding> examine(
      ConnectorPlace place, List<AllowRule> lists, Outbound outbound, InstantSource time) {
    return new OpenIdVisit(
            provider(),
            place,
            outbound,
            AuthorizationUri.sharing(provider(), client),
            Refusals.ofSharedClient(client, time),
            time)
        .run();
  }

  private OpenIdSettings provider() {
    OpenIdSettings settings =
        OpenIdSettings.at(
            client.title(), client.issuer(), client.clientId(), client.clientSecret());
    URI metadata = client.metadataUrl();
    return metadata == null ? settings : settings.metadataUrl(metadata.toString());
  }
}
