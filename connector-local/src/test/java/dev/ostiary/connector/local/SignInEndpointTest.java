package dev.ostiary.connector.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.connector.Connector;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInEndpointTest {
  private static final String HASH = PasswordHash.of(new Secret("alice's"));
  private static final CodeVerifier VERIFIER = new CodeVerifier("verifier-".repeat(6));
  private static final URI CALLBACK = URI.create("https://mcp.example.com/callback/local");

  private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Connector connector = open(Map.of("alice", HASH, "bob", HASH));

  private Connector open(Map<String, String> hashes) {
    return new LocalSettings(
            hashes.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, user -> new LocalUser(new Secret(user.getValue())))))
        .open(
            ConnectorSamples.dependencies(
                "local",
                new NoNetwork(),
                new MemoryStore().upstreamNames(),
                audit::add,
                () -> now));
  }

  private URI page() {
    return ((Result.Ok<URI, UpstreamRefusal>)
            connector
                .upstream()
                .authorizationUri(
                    new UpstreamRequest(
                        new Secret("state-of-ours"),
                        VERIFIER.challenge(),
                        CALLBACK,
                        Scopes.none(),
                        false)))
        .value();
  }

  private Reply signIn(LocalBrowser browser, String user, String password) {
    return browser.post(browser.get(page()), user, password, "sign-in");
  }

  private Reply signIn(String user, String password) {
    return signIn(new LocalBrowser(connector), user, password);
  }

  private Result<UpstreamIdentity, UpstreamRefusal> complete(Connector at, Reply reply) {
    String location = reply.headers().first("Location").orElseThrow();
    Parameters answer =
        ((Result.Ok<Parameters, ?>) Parameters.parse(location.substring(location.indexOf('?') + 1)))
            .value();
    return at.upstream().complete(new UpstreamCallback(answer, VERIFIER, CALLBACK, Scopes.none()));
  }

  private static Map<String, String> form(String user, String password) {
    return Map.of(
        "state",
        "state-of-ours",
        "code_challenge",
        VERIFIER.challenge().value(),
        "user",
        user,
        "password",
        password,
        "decision",
        "sign-in");
  }

  @Test
  void showsAFormThatPasswordManagersKnow() {
    Reply page = new LocalBrowser(connector).get(page());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().first("Cache-Control")).contains("no-store");
    assertThat(page.headers().first("X-Frame-Options")).contains("DENY");
    assertThat(LocalBrowser.html(page))
        .contains(
            "Sign in to mcp.example.com",
            "autocomplete=\"username\"",
            "autocomplete=\"current-password\"");
  }

  @Test
  void sendsTheRightUserBackToTheCallback() {
    Reply reply = signIn("alice", "alice's");

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.headers().first("Location").orElseThrow())
        .startsWith(CALLBACK + "?code=")
        .contains("&state=state-of-ours&iss=https%3A%2F%2Fmcp.example.com");
    assertThat(complete(connector, reply))
        .isInstanceOfSatisfying(
            Result.Ok.class,
            ok -> assertThat(((UpstreamIdentity) ok.value()).userId()).isEqualTo("alice"));
    assertThat(audit).isEmpty();
  }

  @Test
  void refusesAWrongPasswordAndAnUnknownUserInTheSameWords() {
    Reply wrong = signIn("alice", "bob's");
    Reply unknown = signIn("hunter2", "alice's");

    assertThat(List.of(wrong, unknown))
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(403);
              assertThat(LocalBrowser.html(reply))
                  .contains("The user name or the password is wrong.");
            });
    assertThat(audit)
        .containsExactly(
            new AuditEvent.PasswordRefused(now, "request-1", "alice", "wrong_password"),
            new AuditEvent.PasswordRefused(now, "request-1", "", "unknown_user"));
  }

  @Test
  void slowsDownGuessesAndLetsTheOwnerIn() {
    LocalBrowser thief = new LocalBrowser(connector, Headers.none(), "192.0.2.7");
    for (int i = 0; i < 10; i++) {
      assertThat(signIn(thief, "alice", "guess " + i).status()).isEqualTo(403);
    }

    Reply more = signIn(thief, "alice", "alice's");
    assertThat(more.status()).isEqualTo(429);
    assertThat(more.headers().first("Retry-After")).isPresent();
    assertThat(signIn("alice", "alice's").status()).isEqualTo(303);
    now = now.plus(Duration.ofMinutes(2));
    assertThat(signIn(thief, "alice", "alice's").status()).isEqualTo(303);
  }

  @Test
  void countsGuessesThatAreMadeAtTheSameTime() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> guesses =
          Stream.<Callable<Integer>>generate(() -> () -> signIn("alice", "guess").status())
              .limit(24)
              .toList();
      List<Integer> statuses = threads.invokeAll(guesses).stream().map(Future::resultNow).toList();

      assertThat(statuses).containsOnly(403, 429);
      assertThat(statuses.stream().filter(status -> status == 403)).hasSizeLessThanOrEqualTo(11);
    }
  }

  @Test
  void takesNoFormOfAnotherSite() {
    LocalBrowser foreign =
        new LocalBrowser(connector, Headers.of("Origin", "https://evil.example"), "127.0.0.1");

    assertThat(foreign.post(form("alice", "alice's")).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "state=s",
        "state=s&code_challenge=short&code_challenge_method=S256",
        "state=s&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            + "&code_challenge_method=plain&redirect_uri=https://mcp.example.com/callback/local",
        "state=s&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            + "&code_challenge_method=S256&redirect_uri=https://evil.example/callback",
        "state=a%0Ab&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            + "&code_challenge_method=S256&redirect_uri=https://mcp.example.com/callback/local",
        "state=s&state=t",
        "state=%zz"
      })
  void showsNoFormForWhatItWasNotAsked(String query) {
    Reply page =
        new LocalBrowser(connector)
            .get(URI.create("https://mcp.example.com/sign-in?" + query.replace("%zz", "%FF")));

    assertThat(page.status()).isEqualTo(400);
    assertThat(LocalBrowser.html(page)).doesNotContain("type=\"password\"");
  }

  @Test
  void takesPasswordsOfAnyWritingAndNoEndlessOnes() {
    assertThat(signIn("alice", "パスワード").status()).isEqualTo(403);
    assertThat(signIn("alice", "x".repeat(10_000)).status()).isEqualTo(403);
    assertThat(signIn("x".repeat(10_000), "x").status()).isEqualTo(403);
  }

  @Test
  void anotherPasswordOrNoPlaceInTheConfigurationEndsWhatWas() {
    UpstreamIdentity alice =
        ((Result.Ok<UpstreamIdentity, UpstreamRefusal>)
                complete(connector, signIn("alice", "alice's")))
            .value();
    String other = PasswordHash.of(new Secret("another"));

    assertThat(connector.upstream().check(alice.tokens())).isEqualTo(Result.ok(alice));
    assertThat(open(Map.of("alice", other)).upstream().check(alice.tokens()))
        .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("password_changed")));
    assertThat(open(Map.of("bob", HASH)).upstream().check(alice.tokens()))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(UpstreamRefusal.NotAllowed.class));
  }

  @Test
  void hashesDifferForTheSamePasswordAndAreBounded() {
    assertThat(HASH).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.of(new Secret("alice's"))).isNotEqualTo(HASH);
    assertThat(PasswordHash.parse(HASH)).isPresent();
    assertThat(
            List.of(
                "",
                "alice's",
                HASH.replace("argon2id", "argon2i"),
                HASH.replace("m=19456", "m=999999"),
                HASH.replace("t=2", "t=99"),
                HASH.replace("p=1", "p=0"),
                HASH + "$"))
        .allSatisfy(text -> assertThat(PasswordHash.parse(text)).isEmpty());
  }
}
