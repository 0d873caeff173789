package dev.ostiary.connector;

import dev.ostiary.config.Problems;
import dev.ostiary.http.Outbound;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** The configuration of one connector: a record that the keys of its type make. */
public interface ConnectorSettings {
  ConnectorType type();

  /** What people call the place where they sign in, such as {@code GitHub}. */
  String title();

  /** Where they sign in; relative if that is this Ostiary itself. */
  URI address();

  /** Who may sign in. */
  AllowRule allow();

  /** Notes everything that is wrong. */
  void check(ConnectorPlace place, Problems problems);

  /** Notes what is wrong with the names on a list of those who may use a server. */
  void check(AllowRule rule, Problems problems);

  /** Builds the connector, without a call to the provider. */
  Connector open(ConnectorDependencies with);

  /**
   * Looks at what is registered at the place where people sign in, before anybody does. Changes
   * nothing there; blocks.
   *
   * @param lists of those who may use single servers
   */
  default List<Finding> examine(
      ConnectorPlace place, List<AllowRule> lists, Outbound outbound, InstantSource time) {
    return List.of();
  }
}
