package dev.ostiary.connector.openid;

import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.openid.OpenIdClient;
import dev.ostiary.simulator.openid.OpenIdFaults;
import dev.ostiary.simulator.openid.OpenIdProviderSettings;
import dev.ostiary.simulator.openid.SimulatedOpenIdProvider;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.testkit.ServiceOutbound;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** A connector in front of a simulated OpenID provider, and mona at the browser. */
final class Acme {
  static final String ISSUER = "https://login.acme.example";
  static final URI CALLBACK = URI.create("https://mcp.example.com/callback/acme");
  static final ConnectorPlace PLACE =
      new ConnectorPlace("acme", new Issuer("https://mcp.example.com"));
  static final CodeVerifier VERIFIER =
      new CodeVerifier("a-verifier-of-sufficient-length-for-everybody-0");
  static final Secret SECRET = new Secret("s3cr3t-of+acme");
  static final OpenIdSettings SETTINGS = OpenIdSettings.at("Acme", ISSUER, "ostiary", SECRET);
  static final OpenIdClient CLIENT =
      OpenIdClient.confidential("ostiary", SECRET.reveal(), CALLBACK.toString());

  final SimulatedOpenIdProvider provider;
  final ServiceOutbound outbound;
  final Connector connector;
  Instant now = Instant.parse("2026-11-21T12:00:00Z");

  Acme(OpenIdSettings settings) {
    this(settings, CLIENT, UnaryOperator.identity());
  }

  Acme(OpenIdSettings settings, OpenIdClient client, UnaryOperator<Outbound> network) {
    provider =
        new SimulatedOpenIdProvider(
            OpenIdProviderSettings.of(client).with(Person.approving("mona")), () -> now);
    provider.at(URI.create(ISSUER));
    outbound = new ServiceOutbound(provider);
    connector = open(settings, network.apply(outbound));
  }

  static Acme usual() {
    return new Acme(SETTINGS);
  }

  static Acme allowing(AllowRule allow) {
    return new Acme(SETTINGS.allowing(allow));
  }

  private Connector open(OpenIdSettings settings, Outbound network) {
    return settings.open(
        ConnectorSamples.dependencies(
            PLACE.name(), network, new MemoryStore().upstreamNames(), _ -> {}, () -> now));
  }

  static AllowRule domains(String... domains) {
    return new AllowRule(List.of(), List.of(), List.of(), List.of(), List.of(domains), List.of());
  }

  static AllowRule groups(String... groups) {
    return new AllowRule(List.of(), List.of(), List.of(), List.of(groups), List.of(), List.of());
  }

  static AllowRule subjects(String... subjects) {
    return new AllowRule(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(subjects));
  }

  OpenIdFaults faults() {
    return provider.faults();
  }

  Upstream upstream() {
    return connector.upstream();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Result<URI, UpstreamRefusal> request(boolean selectAccount) {
    return upstream()
        .authorizationUri(
            new UpstreamRequest(
                new Secret("state-of-ours"),
                VERIFIER.challenge(),
                CALLBACK,
                upstream().scopesFor(Scopes.none()),
                selectAccount));
  }

  URI authorizationUri() {
    return value(request(false));
  }

  /** What the browser brings back from the provider. */
  Parameters visit(URI uri) {
    Reply reply = outbound.send(OutboundRequest.get(uri, Headers.none())).join();
    String location = reply.headers().first("Location").orElseThrow();
    return parameters(location.substring(location.indexOf('?') + 1));
  }

  Result<UpstreamIdentity, UpstreamRefusal> signIn() {
    return complete(visit(authorizationUri()));
  }

  UpstreamIdentity signedIn() {
    return value(signIn());
  }

  Result<UpstreamIdentity, UpstreamRefusal> complete(Parameters parameters) {
    return upstream()
        .complete(
            new UpstreamCallback(
                parameters, VERIFIER, CALLBACK, upstream().scopesFor(Scopes.none())));
  }

  static Parameters parameters(String query) {
    return switch (Parameters.parse(query)) {
      case Result.Ok(Parameters parameters) -> parameters;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }

  static <T> T value(Result<T, UpstreamRefusal> result) {
    return switch (result) {
      case Result.Ok<T, UpstreamRefusal>(T value) -> value;
      case Result.Refused<T, UpstreamRefusal>(UpstreamRefusal refusal) ->
          throw new AssertionError(refusal);
    };
  }

  static UpstreamRefusal refusal(Result<?, UpstreamRefusal> result) {
    if (result instanceof Result.Refused(UpstreamRefusal refusal)) {
      return refusal;
    }
    throw new AssertionError(result);
  }
}
