package dev.ostiary.embed;

import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.gateway.foreign.ForeignServer;
import dev.ostiary.gateway.foreign.ForeignSettings;
import dev.ostiary.gateway.foreign.ScopeTable;
import dev.ostiary.gateway.token.TokenSource;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Resource;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The foreign authorization servers whose access tokens are taken, one for each MCP server. */
public final class ForeignServers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ostiary.class.getName());

  /** A call waits for a fetch. */
  private static final Duration WHOLE = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Introspection is asked for many tokens at once. */
  private static final int AT_ONCE = 64;

  private final OstiaryConfig config;
  private final Outbound outbound;
  private final InstantSource time;
  private final List<GuardedFetch> open = new ArrayList<>();

  ForeignServers(OstiaryConfig config, Outbound outbound, InstantSource time) {
    this.config = config;
    this.outbound = outbound;
    this.time = time;
  }

  /**
   * Looks at the authorization server of each MCP server that has a foreign one: its metadata, and
   * its keys or whether it answers introspection. Blocks.
   */
  public static Map<String, List<ForeignServer.Finding>> examine(
      OstiaryConfig config, Outbound outbound, InstantSource time) {
    Map<String, List<ForeignServer.Finding>> findings = new LinkedHashMap<>();
    try (var servers = new ForeignServers(config, outbound, time)) {
      config
          .servers()
          .forEach(
              (name, entry) ->
                  config
                      .foreign(entry)
                      .map(
                          foreign ->
                              servers.open(foreign, new Resource(config.url().at(entry.path()))))
                      .ifPresent(server -> findings.put(name, server.examine())));
    }
    return findings;
  }

  /**
   * Where the access tokens for a server come from, if not from here. Where Ostiary hands them out,
   * clients are sent here, and ask for scopes by their names in the policy.
   */
  Optional<TokenSource> source(ServerPlace place, ServerEntry entry) {
    return config
        .foreign(entry)
        .map(foreign -> open(foreign, place.resource()).source())
        .map(
            source ->
                config.handsOutForeignTokens(entry)
                    ? new TokenSource(
                        config.url().value(), source.verifier(), UnaryOperator.identity())
                    : source);
  }

  /** Opens one, without a call to it. */
  private ForeignServer open(ForeignAuthorization foreign, Resource resource) {
    GuardedFetch fetch = fetch(foreign);
    open.add(fetch);
    return new ForeignServer(settings(foreign, resource), fetch, time, LOG);
  }

  private GuardedFetch fetch(ForeignAuthorization foreign) {
    GuardedFetch.Builder builder =
        GuardedFetch.through(outbound)
            .limit(GuardedFetch.Builder.LARGEST)
            .patience(WHOLE, CONNECT)
            .atOnce(AT_ONCE, AT_ONCE)
            .configured(URI.create(foreign.issuer()));
    URI metadata = foreign.metadataUrl();
    return (metadata == null ? builder : builder.configured(metadata)).build();
  }

  private static ForeignSettings settings(ForeignAuthorization foreign, Resource resource) {
    String audience = foreign.audience();
    ForeignAuthorization.Introspection introspection = foreign.introspection();
    return new ForeignSettings(
        foreign.issuer(),
        audience == null ? resource.value() : audience,
        resource,
        foreign.metadataUrl(),
        foreign.typeless(),
        foreign.scopesClaim(),
        foreign.rolesClaim(),
        new ScopeTable(foreign.scopes()),
        introspection == null
            ? null
            : new ForeignSettings.IntrospectionClient(
                introspection.clientId(), introspection.clientSecret()));
  }

  @Override
  public void close() {
    open.forEach(GuardedFetch::close);
  }
}
