package dev.ostiary.testkit.connector;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Issuer;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/** What connectors work with, for tests. */
public final class ConnectorSamples {
  /** The Ostiary that connectors under test belong to. */
  public static final Issuer URL = new Issuer("https://mcp.example.com");

  private ConnectorSamples() {}

  /**
   * The dependencies of a connector, with a key of their own.
   *
   * @param name of the connector in the configuration
   */
  public static ConnectorDependencies dependencies(
      String name, Outbound outbound, UpstreamNameStore names, AuditLog audit, InstantSource time) {
    try {
      return new ConnectorDependencies(
          new ConnectorPlace(name, URL),
          List.of(),
          outbound,
          names,
          MasterKey.parse(MasterKey.generate()).sealer("connector " + name),
          Pages.of(URL),
          audit,
          time);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
