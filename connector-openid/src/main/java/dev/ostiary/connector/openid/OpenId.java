package dev.ostiary.connector.openid;

import dev.ostiary.config.Section;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.SharedClient;
import java.util.Optional;
import java.util.Set;

/** OpenID providers as connectors: {@code sign-in.openid.NAME}. */
public final class OpenId implements ConnectorType {
  static final OpenId TYPE = new OpenId();

  @Override
  public String name() {
    return "openid";
  }

  @Override
  public Section<?> keys() {
    return OpenIdKeys.SECTION;
  }

  @Override
  public Set<String> allowLists() {
    return Set.of("groups", "email-domains", "subjects");
  }

  @Override
  public boolean hasIdTokens() {
    return true;
  }

  @Override
  public boolean isNamed() {
    return true;
  }

  @Override
  public Optional<ConnectorSettings> sharing(SharedClient client) {
    return Optional.of(new SharedClientSettings(client));
  }
}
