package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.requirements.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real clients that are named by the URLs of their metadata documents. */
@ExtendWith(WithProgram.class)
final class MetadataDocumentIT {
  static final URI CLAUDE_CODE = URI.create("https://claude.ai/oauth/claude-code-client-metadata");
  static final URI CODEX = URI.create("https://chatgpt.com/oauth/codex/client.json");

  @TempDir private Path folder;
  private DocumentServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new DocumentServer(
            folder,
            Map.of(
                CLAUDE_CODE,
                document(CLAUDE_CODE, "Claude Code"),
                CODEX,
                document(CODEX, "Codex")));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  static String document(URI url, String name) {
    return """
    {"client_id": "%s", "client_name": "%s",
     "redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"],
     "grant_types": ["authorization_code", "refresh_token"],
     "response_types": ["code"], "token_endpoint_auth_method": "none"}
    """
        .formatted(url, name);
  }

  @Test
  @Requirement({"A-38", "A-39"})
  void signsClaudeCodeIn(Npm npm) throws Exception {
    assertThat(npm.run("claude-code.mjs", server.url()).get("connected").asBoolean()).isTrue();
    hasSignedIn(CLAUDE_CODE);
  }

  @Test
  @Requirement({"A-38", "A-39"})
  void signsCodexIn(Npm npm) throws Exception {
    assertThat(npm.run("codex.mjs", server.url()).get("signedIn").asBoolean()).isTrue();
    hasSignedIn(CODEX);
  }

  private void hasSignedIn(URI client) {
    assertThat(server.host.asked()).containsExactly(client.getPath());
    assertThat(server.audit).noneMatch(AuditEvent.ClientRegistered.class::isInstance);
    assertThat(server.audit)
        .filteredOn(AuditEvent.CodeRedeemed.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            AuditEvent.CodeRedeemed.class,
            event -> assertThat(event.client()).isEqualTo(new ClientId(client.toString())));
  }
}
