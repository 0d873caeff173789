package dev.ostiary.embed.clients;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.MixedOutbound;
import dev.ostiary.embed.Ostiary;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ostiary on the web as anybody runs it, beside a GitHub where octocat agrees to everything. */
final class Site implements AutoCloseable {
  static final URI SERVER = URI.create("https://mcp.example.com/mcp");

  private static final Issuer ISSUER = new Issuer("https://mcp.example.com");
  private static final URI GITHUB = URI.create("https://github.example");
  private static final App APP =
      App.oauth("Iv1.clients", "sample-secret", "Ostiary", ISSUER.at("/callback"));

  private final MemoryStore store = new MemoryStore();
  private final Ostiary ostiary;
  private final Network network;

  /** Without metadata documents: clients register. */
  Site() throws GeneralSecurityException {
    this(MetadataDocuments.OFF, known -> known, fetch -> fetch);
  }

  /**
   * With metadata documents.
   *
   * @param strangers calls the hosts that these are on
   */
  Site(MetadataDocuments documents, Outbound strangers, UnaryOperator<GuardedFetch.Builder> fetch)
      throws GeneralSecurityException {
    this(documents, known -> new MixedOutbound(known, strangers), fetch);
  }

  private Site(
      MetadataDocuments documents,
      UnaryOperator<Outbound> outbound,
      UnaryOperator<GuardedFetch.Builder> fetch)
      throws GeneralSecurityException {
    SimulatedGitHub gitHub =
        new SimulatedGitHub(
            SimulatorSettings.of(APP).with(Person.approving("octocat")), InstantSource.system());
    gitHub.at(GITHUB);
    GitHubSettings settings =
        new GitHubSettings(
            GITHUB, APP.clientId(), new Secret(APP.clientSecret()), AllowRule.ANYBODY);
    ostiary =
        Ostiary.builder(
                OstiaryConfig.at(ISSUER, settings).metadataDocuments(documents),
                store,
                MasterKey.parse(MasterKey.generate()))
            .outbound(outbound.apply(new ServiceOutbound(gitHub)))
            .fetching(fetch)
            .build();
    network = new Network(Map.of(SERVER.getHost(), ostiary.service(), GITHUB.getHost(), gitHub));
  }

  Network network() {
    return network;
  }

  @Override
  public void close() {
    ostiary.close();
    store.close();
  }
}
