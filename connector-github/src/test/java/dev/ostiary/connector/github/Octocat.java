package dev.ostiary.connector.github;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.world.SampleWorld;
import dev.ostiary.testkit.ServiceOutbound;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connector in front of a simulated GitHub, and somebody at the browser. */
final class Octocat {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final URI CALLBACK = URI.create("https://mcp.example.com/callback");
  static final CodeVerifier VERIFIER =
      new CodeVerifier("a-verifier-of-sufficient-length-for-everybody-0");
  static final App APP =
      App.oauth("Iv1.sample", "sample-secret", "Sample MCP server", CALLBACK.toString());

  final SimulatedGitHub github;
  final ServiceOutbound outbound;
  final GitHubConnector connector;
  final List<AuditEvent> audit = new CopyOnWriteArrayList<>();

  Octocat(App app, Person person, AllowRule allow) {
    this(app, person, allow, new MemoryStore().upstreamNames());
  }

  /** A connector that remembers what names mean. */
  Octocat(App app, Person person, AllowRule allow, UpstreamNameStore names) {
    InstantSource time = InstantSource.fixed(NOW);
    SimulatorSettings world = SimulatorSettings.of(app).with(SampleWorld.world()).with(person);
    github = new SimulatedGitHub(world, time);
    github.at(URI.create("https://github.example"));
    outbound = new ServiceOutbound(github);
    connector =
        new GitHubConnector(
            new GitHubSettings(
                URI.create("https://github.example"),
                app.clientId(),
                new Secret(app.clientSecret()),
                allow),
            ConnectorSamples.dependencies("github", outbound, names, audit::add, time));
  }

  static Octocat atTheBrowser() {
    return new Octocat(APP, Person.approving("octocat"), AllowRule.ANYBODY);
  }

  static Octocat allowing(Person person, List<String> users, List<String> organizations) {
    return new Octocat(APP, person, new AllowRule(users, organizations));
  }

  Upstream upstream() {
    return connector.upstream();
  }

  URI authorizationUri(String... scopes) {
    return authorizationUri(
        new UpstreamRequest(
            new Secret("state-of-ours"),
            VERIFIER.challenge(),
            CALLBACK,
            upstream().scopesFor(Scopes.of(scopes)),
            false));
  }

  URI authorizationUri(UpstreamRequest request) {
    return switch (upstream().authorizationUri(request)) {
      case Result.Ok(URI uri) -> uri;
      case Result.Refused(UpstreamRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  /** What the browser brings back, after GitHub's page. */
  Parameters callback(String... scopes) {
    Reply redirect =
        outbound.send(OutboundRequest.get(authorizationUri(scopes), Headers.none())).join();
    String location = redirect.headers().first("Location").orElseThrow();
    return parameters(location.substring(location.indexOf('?') + 1));
  }

  Result<UpstreamIdentity, UpstreamRefusal> signIn(String... scopes) {
    return complete(callback(scopes));
  }

  Result<UpstreamIdentity, UpstreamRefusal> complete(Parameters parameters) {
    return upstream().complete(new UpstreamCallback(parameters, VERIFIER, CALLBACK, Scopes.none()));
  }

  UpstreamIdentity signedIn(String... scopes) {
    return switch (signIn(scopes)) {
      case Result.Ok(UpstreamIdentity identity) -> identity;
      case Result.Refused(UpstreamRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  static Parameters parameters(String query) {
    return switch (Parameters.parse(query)) {
      case Result.Ok(Parameters parameters) -> parameters;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }
}
