package dev.ostiary.connector.github;

import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.TokenExpiry;
import dev.ostiary.simulator.world.SampleWorld;
import dev.ostiary.testkit.ServiceOutbound;
import dev.ostiary.testkit.connector.ConnectorContract;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The contract of connectors, kept with a simulated GitHub whose tokens expire. */
final class GitHubContractTest extends ConnectorContract {
  private static final App APP = Octocat.APP.with(TokenExpiry.ALWAYS);

  private Instant now = Octocat.NOW;
  private ServiceOutbound approving = at(Person.approving("octocat"));

  private ServiceOutbound at(Person person) {
    SimulatedGitHub github =
        new SimulatedGitHub(
            SimulatorSettings.of(APP).with(SampleWorld.world()).with(person), () -> now);
    github.at(URI.create("https://github.example"));
    return new ServiceOutbound(github);
  }

  @Override
  protected Connector open(UnaryOperator<Outbound> network, AllowRule allow) {
    approving = at(Person.approving("octocat"));
    return new GitHubSettings(
            URI.create("https://github.example"), APP.clientId(), clientSecret(), allow)
        .open(
            ConnectorSamples.dependencies(
                "github",
                network.apply(approving),
                new MemoryStore().upstreamNames(),
                _ -> {},
                () -> now));
  }

  @Override
  protected Parameters approve(URI authorizationUri) {
    return visit(approving, authorizationUri);
  }

  @Override
  protected Parameters deny(URI authorizationUri) {
    return visit(at(Person.refusing("octocat")), authorizationUri);
  }

  private static Parameters visit(ServiceOutbound browser, URI uri) {
    String location =
        browser
            .send(OutboundRequest.get(uri, Headers.none()))
            .join()
            .headers()
            .first("Location")
            .orElseThrow();
    return parameters(location.substring(location.indexOf('?') + 1));
  }

  @Override
  protected AllowRule somebodyElse() {
    return new AllowRule(List.of("hubot"), List.of());
  }

  @Override
  protected Secret clientSecret() {
    return new Secret(APP.clientSecret());
  }

  @Override
  protected void pass(Duration time) {
    now = now.plus(time);
  }
}
