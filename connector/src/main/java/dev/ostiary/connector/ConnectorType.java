package dev.ostiary.connector;

import dev.ostiary.config.Section;
import dev.ostiary.gateway.policy.Policy;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of connector, as a configuration names it below {@code sign-in}. Implementations have a
 * public constructor without parameters and are listed in {@code META-INF/services}.
 */
public interface ConnectorType {
  /** In a configuration, such as {@code github}; lower-case letters, digits and hyphens. */
  String name();

  /** The keys of an entry, with their defaults; the record is a {@link ConnectorSettings}. */
  Section<?> keys();

  /** The lists of an {@link AllowRule} that it knows, by their keys in a configuration. */
  Set<String> allowLists();

  /**
   * Whether there can be several of this kind, each under a name: {@code sign-in.TYPE.NAME}.
   * Otherwise there is one, and the type is its name.
   */
  default boolean isNamed() {
    return false;
  }

  /** Ready-made rules, which the configuration of a server calls by the name of this type. */
  default Optional<Policy> policy() {
    return Optional.empty();
  }

  /** Whether sign-ins there give ID tokens: {@code credential: upstream-id-token}. */
  default boolean hasIdTokens() {
    return false;
  }

  /**
   * Whether users get tokens there that a backend could take: {@code credential: upstream-token}.
   */
  default boolean hasUserTokens() {
    return true;
  }

  /** Whether a server can be made of its tools: {@code servers.NAME.connector}. */
  default boolean hasTools() {
    return false;
  }

  /**
   * Signs users in at a foreign authorization server, with a client that others share; empty if
   * this kind of connector is for other servers.
   */
  default Optional<ConnectorSettings> sharing(SharedClient client) {
    return Optional.empty();
  }

  /** Whether it is meant where a configuration has no {@code sign-in}; at most one type is. */
  default boolean isUsual() {
    return false;
  }
}
