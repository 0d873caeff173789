package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Clients that cannot register at a foreign authorization server register with Ostiary, and get the
 * foreign access tokens.
 */
final class HandedOutTokensTest extends BeforeForeignLogin {
  HandedOutTokensTest() throws GeneralSecurityException {}

  @Test
  void metadataSendsClientsToUs() {
    JsonNode resource =
        AttackedOstiary.json(
            ostiary.send("GET", "/.well-known/oauth-protected-resource/docs/mcp", ""));
    JsonNode server =
        AttackedOstiary.json(ostiary.send("GET", "/.well-known/oauth-authorization-server", ""));
    Reply without =
        ostiary.send(
            "POST",
            "/docs/mcp",
            "{}",
            Headers.of("Content-Type", "application/json", "Accept", "application/json"));

    assertThat(resource.path("authorization_servers").toString())
        .isEqualTo("[\"" + AttackedOstiary.URL + "\"]");
    assertThat(resource.path("scopes_supported").toString()).isEqualTo("[\"docs:read\"]");
    assertThat(server.path("issuer").asString()).isEqualTo(AttackedOstiary.URL);
    assertThat(server.path("registration_endpoint").asString())
        .isEqualTo(AttackedOstiary.URL + "/register");
    assertThat(server.path("scopes_supported").toString()).contains("docs:read");
    assertThat(without.headers().first("WWW-Authenticate").orElseThrow())
        .contains("scope=\"docs:read\"");
  }

  @Test
  void aClientGetsTheForeignTokenAfterOurConsentPage() {
    FakeBrowser browser = ostiary.browser();
    Map<String, String> request = client.request();
    request.put("resource", DOCS);
    request.put("scope", "docs:read docs:write");
    Reply page = browser.open(FakeClient.url(request));
    assertThat(page.status()).isEqualTo(200);
    assertThat(FakeExchange.text(page)).contains("Change documents", "login.acme.example");

    String authorize = FakeBrowser.location(browser.decide(page, "approve"));
    Map<String, String> asked = FakeClient.answer(authorize);
    assertThat(authorize).startsWith(LOGIN + "/authorize?");
    assertThat(asked)
        .containsEntry("client_id", "shared")
        .containsEntry("redirect_uri", CALLBACK)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("audience", "api://docs")
        .doesNotContainEntry("code_challenge", client.verifier.challenge().value())
        .doesNotContainEntry("state", FakeClient.STATE);
    assertThat(words(asked.getOrDefault("scope", "")))
        .containsExactlyInAnyOrder("openid", "profile", "offline_access", READ, WRITE);

    Map<String, String> answer =
        FakeClient.answer(FakeBrowser.location(browser.open(visitLogin(authorize))));
    assertThat(answer)
        .containsEntry("state", FakeClient.STATE)
        .containsEntry("iss", AttackedOstiary.URL);
    Reply reply = ostiary.token(client.exchange(answer.getOrDefault("code", "")));
    FakeClient.Tokens tokens = FakeClient.tokens(reply);

    assertThat(AttackedOstiary.json(reply).path("expires_in").asLong()).isEqualTo(3600);
    assertThat(words(tokens.scope())).containsExactlyInAnyOrder("docs:read", "docs:write");
    assertThat(claims(tokens.access()).path("iss").asString()).isEqualTo(LOGIN);
    assertThat(claims(tokens.access()).path("client_id").asString()).isEqualTo("shared");
    assertThat(call(tokens.access(), "write").status()).isEqualTo(200);
    assertThat(heard.getLast().headers().first("X-Ostiary-Subject"))
        .contains(claims(tokens.access()).path("sub").asString());
    assertThat(heard.getLast().headers().has("Authorization")).isFalse();
  }

  @Test
  void aCallbackCountsInItsOwnBrowserAlone() {
    String back = visitLogin(approve(ostiary.browser(), "docs:read"));
    long before = tokenRequests();

    assertThat(ostiary.browser().open(back).status()).isEqualTo(400);
    assertThat(tokenRequests()).isEqualTo(before);
  }

  @Test
  void aNarrowerConsentAsksForLess() {
    FakeBrowser browser = ostiary.browser();
    String authorize = approve(browser, "docs:read");
    assertThat(words(FakeClient.answer(authorize).getOrDefault("scope", "")))
        .contains(READ)
        .doesNotContain(WRITE);

    String code =
        FakeClient.answer(FakeBrowser.location(browser.open(visitLogin(authorize))))
            .getOrDefault("code", "");
    FakeClient.Tokens tokens = FakeClient.tokens(ostiary.token(client.exchange(code)));

    assertThat(tokens.scope()).isEqualTo("docs:read");
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
    Reply more = call(tokens.access(), "write");
    assertThat(more.status()).isEqualTo(403);
    assertThat(more.headers().first("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope", "docs:write");
  }

  @Test
  void whatTheForeignServerDoesNotGrantIsNotSaidToBeGranted() {
    login.faults().tokenResponse(answer -> answer.put("scope", "openid " + READ));

    assertThat(signIn("docs:read docs:write").scope()).isEqualTo("docs:read");
  }

  @Test
  void aTokenResponseWithoutScopesGrantsWhatWasAskedFor() {
    login
        .faults()
        .tokenResponse(
            answer -> {
              answer.remove("scope");
              return answer;
            });

    assertThat(signIn("docs:read").scope()).isEqualTo("docs:read");
  }

  @Test
  void aCodeThatManySendGetsOneAnswer() throws Exception {
    String code = code("docs:read");
    List<Callable<Integer>> exchanges =
        Collections.nCopies(32, () -> ostiary.token(client.exchange(code)).status());
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(exchanges)) {
        statuses.add(each.get());
      }
    }

    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    assertThat(audited(AuditEvent.CodeRedeemed.class)).hasSize(1);
    assertThat(audited(AuditEvent.CodeReplayed.class)).isNotEmpty();
    assertThat(audited(AuditEvent.GrantEnded.class)).hasSize(1);
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    login.faults().accessClaims(claims -> claims.put("aud", AttackedOstiary.URL + "/other/mcp"));

    Reply reply = call(signIn("docs:read").access(), "read");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(heard).isEmpty();
  }

  @Test
  void aTokenFromTheForeignServerItselfIsTakenToo() {
    String back =
        visitLogin(
            LOGIN
                + "/authorize?"
                + FakeClient.encode(
                    Map.of(
                        "response_type", "code",
                        "client_id", "direct",
                        "redirect_uri", "http://127.0.0.1:1/direct",
                        "state", "s",
                        "scope", "openid " + READ)));
    Reply reply =
        new ServiceOutbound(login)
            .send(
                OutboundRequest.post(
                    URI.create(LOGIN + "/token"),
                    Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                    Body.utf8(
                        FakeClient.encode(
                            Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "direct",
                                "redirect_uri", "http://127.0.0.1:1/direct",
                                "code", FakeClient.answer(back).getOrDefault("code", ""))))))
            .join();

    assertThat(call(FakeClient.tokens(reply).access(), "read").status()).isEqualTo(200);
  }

  @Test
  void aForeignAccessTokenIsUnknownToRevocationAndIntrospection() {
    FakeClient.Tokens tokens = signIn("docs:read");
    String form = FakeClient.encode(Map.of("token", tokens.access(), "client_id", client.id));

    Reply introspected = ostiary.send("POST", "/introspect", form, AttackedOstiary.asForm());
    Reply revoked = ostiary.send("POST", "/revoke", form, AttackedOstiary.asForm());

    assertThat(FakeExchange.text(introspected)).doesNotContain("\"active\":true");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(call(tokens.access(), "read").status()).isEqualTo(200);
    FakeClient.tokens(ostiary.token(client.refresh(tokens)));
  }

  @Test
  void foreignTokensAreInNoAuditEvent() {
    FakeClient.Tokens tokens = signIn("docs:read");
    FakeClient.tokens(ostiary.token(client.refresh(tokens)));

    assertThat(ostiary.audit.stream().map(Object::toString).collect(Collectors.joining()))
        .isNotEmpty()
        .doesNotContain(tokens.access())
        .doesNotContain(tokens.access().substring(tokens.access().lastIndexOf('.') + 1));
  }
}
