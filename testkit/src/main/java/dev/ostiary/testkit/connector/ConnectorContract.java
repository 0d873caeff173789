package dev.ostiary.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything a {@link Connector} promises about signing people in. A connector passes when a test
 * class of its own that extends this one does, with a place to sign in that runs in the process.
 */
public abstract class ConnectorContract {
  private static final CodeVerifier VERIFIER = new CodeVerifier("verifier-".repeat(6));
  private static final CodeVerifier OTHER_VERIFIER = new CodeVerifier("another-".repeat(6));
  private static final Secret STATE = new Secret("state-of-ours");

  /**
   * A new connector to a new place to sign in.
   *
   * @param network what stands between the two
   */
  protected abstract Connector open(UnaryOperator<Outbound> network, AllowRule allow);

  /** What the browser of a user brings back who approves. */
  protected abstract Parameters approve(URI authorizationUri);

  /** What the browser of a user brings back who says no. */
  protected abstract Parameters deny(URI authorizationUri);

  /** A list that this user is not on. */
  protected abstract AllowRule somebodyElse();

  /** What must be seen nowhere: the client's secret. */
  protected abstract Secret clientSecret();

  /** Whether users sign in somewhere else, which may not answer. */
  protected boolean asksAProvider() {
    return true;
  }

  /** Lets time pass, there and here. */
  protected abstract void pass(Duration time);

  @Test
  public void hasANameAndACallbackBelowTheCommonOne() {
    Upstream upstream = open(AllowRule.ANYBODY).upstream();

    assertThat(upstream.name()).matches("[a-z0-9][a-z0-9-]*");
    assertThat(upstream.title()).isNotBlank();
    assertThat(upstream.callbackPath()).matches("/callback(/[a-z0-9-]+)?");
  }

  @Test
  public void sendsStateAndChallengeAndTheCallback() {
    URI uri = authorizationUri(open(AllowRule.ANYBODY));

    assertThat(uri.isAbsolute()).isTrue();
    Parameters query = parameters(uri.getRawQuery());
    assertThat(query.first("state")).contains(STATE.reveal());
    assertThat(query.first("code_challenge")).contains(VERIFIER.challenge().value());
    assertThat(query.first("code_challenge_method")).contains("S256");
    assertThat(query.first("redirect_uri")).contains(callback(open(AllowRule.ANYBODY)).toString());
    assertThat(uri.toString())
        .doesNotContain(clientSecret().reveal())
        .doesNotContain(VERIFIER.value());
  }

  @Test
  public void knowsAUserAgain() {
    Connector connector = open(AllowRule.ANYBODY);
    UpstreamIdentity first = signedIn(connector);
    UpstreamIdentity second = signedIn(connector);

    assertThat(first.userId()).isNotBlank().isEqualTo(second.userId());
    assertThat(first.userName()).isNotBlank();
    assertThat(first.tokens().accessToken().reveal()).isNotBlank();
  }

  @Test
  public void refusesACodeWithoutItsVerifier() {
    Connector connector = open(AllowRule.ANYBODY);
    Parameters answer = approve(authorizationUri(connector));

    assertRefused(complete(connector, answer, OTHER_VERIFIER));
  }

  @Test
  public void refusesACodeThatIsNone() {
    assertThat(complete(open(AllowRule.ANYBODY), parameters("code=no-such-code"), VERIFIER))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(UpstreamRefusal.Rejected.class));
    assertRefused(complete(open(AllowRule.ANYBODY), parameters(""), VERIFIER));
  }

  @Test
  public void refusesACodeThatIsUsedTwice() {
    Connector connector = open(AllowRule.ANYBODY);
    Parameters answer = approve(authorizationUri(connector));
    complete(connector, answer, VERIFIER);

    assertRefused(complete(connector, answer, VERIFIER));
  }

  @Test
  public void refusesACodeThatHasExpired() {
    Connector connector = open(AllowRule.ANYBODY);
    Parameters answer = approve(authorizationUri(connector));
    pass(Duration.ofHours(1));

    assertRefused(complete(connector, answer, VERIFIER));
  }

  @Test
  public void tellsThatTheUserSaidNo() {
    Connector connector = open(AllowRule.ANYBODY);

    assertThat(complete(connector, deny(authorizationUri(connector)), VERIFIER))
        .isEqualTo(Result.refused(new UpstreamRefusal.Denied()));
  }

  /** RFC 9207 §2.4. */
  @Test
  public void refusesTheAnswerOfAnotherIssuer() {
    assertThat(
            complete(
                open(AllowRule.ANYBODY),
                parameters("code=c&iss=https%3A%2F%2Fevil.example"),
                VERIFIER))
        .isEqualTo(Result.refused(new UpstreamRefusal.WrongIssuer()));
  }

  @Test
  public void refusesAUserWhoIsNotOnTheList() {
    Connector connector = open(somebodyElse());

    assertThat(complete(connector, approve(authorizationUri(connector)), VERIFIER))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(UpstreamRefusal.NotAllowed.class));
  }

  @Test
  public void refreshesOnce() {
    Connector connector = open(AllowRule.ANYBODY);
    UpstreamTokenResponse tokens = signedIn(connector).tokens();
    Result<UpstreamTokenResponse, UpstreamRefusal> first = connector.upstream().refresh(tokens);

    if (tokens.refreshToken() == null) {
      assertRefused(first);
    } else {
      assertThat(first).isInstanceOf(Result.Ok.class).isNotEqualTo(Result.ok(tokens));
    }
    UpstreamTokenResponse unknown =
        new UpstreamTokenResponse(
            tokens.accessToken(), new Secret("no-such-token"), null, tokens.scopes());
    assertRefused(connector.upstream().refresh(unknown));
  }

  @Test
  public void tellsWhetherAUserMayStillSignIn() {
    Connector connector = open(AllowRule.ANYBODY);
    UpstreamIdentity user = signedIn(connector);

    assertThat(connector.upstream().check(user.tokens()))
        .isInstanceOfSatisfying(Result.Ok.class, ok -> assertThat(ok.value()).isEqualTo(user));
    UpstreamTokenResponse unknown =
        new UpstreamTokenResponse(new Secret("no-such-token"), null, null, Scopes.none());
    assertThat(connector.upstream().check(unknown))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(UpstreamRefusal.Rejected.class));
  }

  @Test
  public void doesWithoutAnAnswer() {
    assertAllRefused(FaultyNetwork::fail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | ''",
        "200 | {}",
        "200 | []",
        "200 | null",
        "200 | <html>",
        "200 | {\"access_token\":{}}",
        "200 | {\"error\":\"\"}",
        "204 | ''",
        "302 | ''",
        "400 | ''",
        "401 | {}",
        "403 | x",
        "404 | {}",
        "429 | {}",
        "500 | secret",
        "503 | {\"error\":[]}"
      })
  public void doesWithoutAUsefulAnswer(int status, String body) {
    assertAllRefused(
        network ->
            network.answer(Reply.json(status, body.replace("secret", clientSecret().reveal()))));
  }

  /** Whatever is asked: a refusal that says no secret, and no exception. */
  private void assertAllRefused(Consumer<FaultyNetwork> fault) {
    FaultyNetwork[] network = new FaultyNetwork[1];
    Connector connector =
        open(
            outbound -> {
              network[0] = new FaultyNetwork(outbound);
              return network[0];
            },
            AllowRule.ANYBODY);
    UpstreamTokenResponse tokens = signedIn(connector).tokens();
    UpstreamTokenResponse refreshable =
        new UpstreamTokenResponse(
            tokens.accessToken(), new Secret("refresh-token-of-ours"), null, tokens.scopes());
    Parameters answer = approve(authorizationUri(connector));
    fault.accept(network[0]);

    if (!asksAProvider()) {
      assertThat(complete(connector, answer, VERIFIER)).isInstanceOf(Result.Ok.class);
      return;
    }
    assertRefused(complete(connector, answer, VERIFIER));
    assertRefused(connector.upstream().check(refreshable));
    assertRefused(connector.upstream().refresh(refreshable));
    assertThatCode(() -> connector.upstream().revoke(refreshable)).doesNotThrowAnyException();
    assertThatCode(connector::checkNames).doesNotThrowAnyException();
  }

  private Connector open(AllowRule allow) {
    return open(UnaryOperator.identity(), allow);
  }

  private static URI callback(Connector connector) {
    return URI.create("https://mcp.example.com" + connector.upstream().callbackPath());
  }

  private static URI authorizationUri(Connector connector) {
    Upstream upstream = connector.upstream();
    UpstreamRequest request =
        new UpstreamRequest(
            STATE,
            VERIFIER.challenge(),
            callback(connector),
            upstream.scopesFor(Scopes.none()),
            false);
    return switch (upstream.authorizationUri(request)) {
      case Result.Ok(URI uri) -> uri;
      case Result.Refused(UpstreamRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  private static Result<UpstreamIdentity, UpstreamRefusal> complete(
      Connector connector, Parameters answer, CodeVerifier verifier) {
    return connector
        .upstream()
        .complete(
            new UpstreamCallback(
                answer,
                verifier,
                callback(connector),
                connector.upstream().scopesFor(Scopes.none())));
  }

  protected final UpstreamIdentity signedIn(Connector connector) {
    return switch (complete(connector, approve(authorizationUri(connector)), VERIFIER)) {
      case Result.Ok(UpstreamIdentity identity) -> identity;
      case Result.Refused(UpstreamRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  private void assertRefused(Result<?, UpstreamRefusal> result) {
    assertThat(result).isInstanceOf(Result.Refused.class);
    assertThat(result.toString())
        .doesNotContain(clientSecret().reveal())
        .doesNotContain("refresh-token-of-ours")
        .doesNotContain(VERIFIER.value());
  }

  /** What a query says. */
  protected static Parameters parameters(String query) {
    return switch (Parameters.parse(query)) {
      case Result.Ok(Parameters parameters) -> parameters;
      case Result.Refused(var refusal) -> throw new AssertionError(refusal);
    };
  }
}
