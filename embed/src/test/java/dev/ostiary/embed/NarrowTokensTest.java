package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.simulator.settings.Person;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens with fewer scopes than were asked for, and scopes that are not enough. */
final class NarrowTokensTest {
  private static final String LOOPBACK = "http://127.0.0.1:43999/callback";

  /** The client asks for less itself (RFC 6749 §6). */
  @Test
  @Requirement("A-75")
  void workForWhatTheyAreFor() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = new AttackedOstiary()) {
      FakeClient app = ostiary.register(LOOPBACK);
      FakeClient.Tokens wide = signIn(ostiary, app);
      Map<String, String> refresh = app.refresh(wide);
      refresh.put("scope", "repo");
      FakeClient.Tokens narrow = FakeClient.tokens(ostiary.token(refresh));

      assertThat(narrow.scope()).isEqualTo("repo");
      assertThat(use(ostiary, narrow, "calculate", "{\"operation\":\"add\",\"a\":1,\"b\":2}"))
          .extracting(Reply::status)
          .isEqualTo(200);
      Reply refused = use(ostiary, narrow, "get_user_info", "{}");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.headers().first("WWW-Authenticate").orElseThrow())
          .contains("insufficient_scope", "scope=\"read:user\"");
      assertThat(use(ostiary, wide, "get_user_info", "{}").status()).isEqualTo(200);
    }
  }

  /** GitHub gives less than it was asked for. */
  @Test
  @Requirement("A-75")
  void areIssuedAndWorkWhereTheUpstreamGaveLess() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = new AttackedOstiary(Person.granting("octocat", "read:user"))) {
      FakeClient.Tokens tokens = signIn(ostiary, ostiary.register(LOOPBACK));

      assertThat(tokens.scope()).isEqualTo("read:user");
      assertThat(use(ostiary, tokens, "get_user_info", "{}").status()).isEqualTo(200);
    }
  }

  /** The token has the scope; whoever it is for has lost the right. */
  @Test
  @Requirement("A-77")
  void areNotEnoughWhereTheUserMayNot() throws GeneralSecurityException {
    try (AttackedOstiary ostiary = new AttackedOstiary()) {
      FakeClient.Tokens tokens = signIn(ostiary, ostiary.register(LOOPBACK));
      ostiary
          .github
          .faults()
          .nextApiReply(Reply.json(403, "{\"message\":\"Resource not accessible\"}"));

      Reply reply = use(ostiary, tokens, "get_user_info", "{}");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(FakeExchange.text(reply)).contains("\"isError\":true").doesNotContain("octocat");
      assertThat(FakeExchange.text(use(ostiary, tokens, "get_user_info", "{}")))
          .contains("octocat");
    }
  }

  private static FakeClient.Tokens signIn(AttackedOstiary ostiary, FakeClient app) {
    Map<String, String> request = app.request();
    request.put("scope", "read:user repo");
    FakeBrowser browser = ostiary.browser();
    String callback = browser.approve(browser.open(FakeClient.url(request)));
    String answer = FakeBrowser.location(browser.open(callback));
    String code = FakeClient.answer(answer).getOrDefault("code", "");
    return FakeClient.tokens(ostiary.token(app.exchange(code)));
  }

  private static Reply use(
      AttackedOstiary ostiary, FakeClient.Tokens tokens, String tool, String arguments) {
    String message =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
          "name": "%s", "arguments": %s, "_meta": {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}}}
        """
            .formatted(tool, arguments);
    Headers headers =
        Headers.of(
            "Authorization", "Bearer " + tokens.access(),
            "Content-Type", "application/json",
            "Accept", "application/json, text/event-stream",
            "MCP-Protocol-Version", "2026-07-28",
            "Mcp-Method", "tools/call",
            "Mcp-Name", tool);
    return ostiary.send("POST", "/mcp", message, headers);
  }
}
