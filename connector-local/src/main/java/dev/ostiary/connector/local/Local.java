package dev.ostiary.connector.local;

import dev.ostiary.config.Section;
import dev.ostiary.connector.ConnectorType;
import java.util.Set;

/** Users of this server itself as a connector: {@code sign-in.local}. */
public final class Local implements ConnectorType {
  static final Local TYPE = new Local();

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Section<?> keys() {
    return LocalKeys.SECTION;
  }

  @Override
  public Set<String> allowLists() {
    return Set.of("users");
  }

  @Override
  public boolean hasUserTokens() {
    return false;
  }
}
