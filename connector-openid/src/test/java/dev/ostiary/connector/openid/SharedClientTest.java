package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.Finding;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.openid.OpenIdClient;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A client whose access tokens are handed out. */
final class SharedClientTest {
  private static final URI CALLBACK = URI.create("https://mcp.example.com/callback/as.docs");
  private static final ConnectorPlace PLACE =
      new ConnectorPlace("as.docs", new Issuer("https://mcp.example.com"));
  private static final Scopes OURS = Scopes.of("docs:read");

  private final Acme acme =
      new Acme(
          Acme.SETTINGS,
          OpenIdClient.confidential("ostiary", Acme.SECRET.reveal(), CALLBACK.toString()),
          UnaryOperator.identity());

  private static ConnectorSettings settings(Secret secret, Map<String, String> parameters) {
    return OpenId.TYPE
        .sharing(
            new SharedClient(
                Acme.ISSUER,
                null,
                "ostiary",
                secret,
                parameters,
                ours ->
                    ours.contains(OURS.stream().findFirst().orElseThrow())
                        ? Scopes.of("api://docs/Read")
                        : Scopes.none(),
                "servers.docs.authorization-server"))
        .orElseThrow();
  }

  private Upstream upstream(Map<String, String> parameters) {
    return settings(Acme.SECRET, parameters)
        .open(
            ConnectorSamples.dependencies(
                PLACE.name(),
                acme.outbound,
                new MemoryStore().upstreamNames(),
                _ -> {},
                () -> acme.now))
        .upstream();
  }

  private static URI request(Upstream upstream, boolean selectAccount) {
    return Acme.value(
        upstream.authorizationUri(
            new UpstreamRequest(
                new Secret("state-of-ours"),
                Acme.VERIFIER.challenge(),
                CALLBACK,
                upstream.scopesFor(OURS),
                selectAccount)));
  }

  private static String prompt(URI request) {
    return Acme.parameters(request.getRawQuery()).first("prompt").orElse("");
  }

  private Result<UpstreamIdentity, UpstreamRefusal> signIn(Upstream upstream) {
    return upstream.complete(
        new UpstreamCallback(
            acme.visit(request(upstream, false)),
            Acme.VERIFIER,
            CALLBACK,
            upstream.scopesFor(OURS)));
  }

  @Test
  void asksForWhatTheScopesNeedAndSendsFurtherParameters() {
    Upstream upstream = upstream(Map.of("audience", "api://docs"));

    assertThat(upstream.callbackPath()).isEqualTo("/callback/as.docs");
    assertThat(upstream.title()).isEqualTo("login.acme.example");
    assertThat(upstream.scopesFor(OURS))
        .isEqualTo(Scopes.of("openid", "profile", "offline_access", "api://docs/Read"));
    assertThat(upstream.scopesFor(Scopes.none()))
        .isEqualTo(Scopes.of("openid", "profile", "offline_access"));
    assertThat(Acme.parameters(request(upstream, false).getRawQuery()).first("audience"))
        .contains("api://docs");
    assertThat(Acme.value(signIn(upstream)).tokens().scopes()).isEqualTo(upstream.scopesFor(OURS));
  }

  @Test
  void consentIsAskedForUnlessAnotherPromptIsConfigured() {
    assertThat(prompt(request(upstream(Map.of()), false))).isEqualTo("consent");
    assertThat(prompt(request(upstream(Map.of("prompt", "select_account")), false)))
        .isEqualTo("select_account");
    assertThat(prompt(request(upstream(Map.of("prompt", "login")), true))).isEqualTo("login");
  }

  @Test
  void whatWasAskedForIsGrantedWhereTheAnswerDoesNotSay() {
    acme.faults()
        .tokenResponse(
            answer -> {
              answer.remove("scope");
              return answer;
            });

    assertThat(Acme.value(signIn(upstream(Map.of()))).tokens().scopes())
        .isEqualTo(upstream(Map.of()).scopesFor(OURS));
  }

  /** Its access tokens are for an MCP server, and userinfo may refuse them. */
  @Test
  void userinfoIsNeverAsked() {
    acme.faults().answer("/userinfo", Reply.of(401));
    Upstream upstream = upstream(Map.of());

    UpstreamIdentity mona = Acme.value(signIn(upstream));

    assertThat(mona.userName()).isEqualTo("mona");
    assertThat(Acme.value(upstream.check(mona.tokens())).userId()).isEqualTo(mona.userId());
    assertThat(acme.provider.journal().requests("GET", "/userinfo")).isEmpty();
  }

  @Test
  void theDoctorSeesTheClientAndItsRedirectUri() {
    acme.provider.person(null);

    assertThat(examine(Acme.SECRET))
        .noneMatch(Finding.Wrong.class::isInstance)
        .contains(new Finding.Good("The provider knows the client id with its secret or key."));
  }

  @Test
  void theDoctorNamesTheKeysOfTheAuthorizationServer() {
    assertThat(examine(new Secret("old")))
        .filteredOn(Finding.Wrong.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Wrong.class,
            wrong ->
                assertThat(wrong.remedy())
                    .contains("servers.docs.authorization-server.registration.client-secret"));

    acme.faults().metadata(metadata -> metadata.put("issuer", "https://other.example"));
    assertThat(examine(Acme.SECRET))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Wrong.class,
            wrong ->
                assertThat(wrong.remedy()).contains("servers.docs.authorization-server.issuer is"));
  }

  private List<Finding> examine(Secret secret) {
    return settings(secret, Map.of()).examine(PLACE, List.of(), acme.outbound, () -> acme.now);
  }
}
