package dev.ostiary.checker.profile;

import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A real client: what it registers and asks for. The evidence: docs/reference/clients.md. */
public enum Profile {
  CLAUDE_AI(
      "claude.ai",
      "Claude",
      "https://claude.ai/oauth/mcp-oauth-client-metadata",
      "client_secret_post",
      Scopes.RESOURCE_AND_OFFLINE,
      Revision.V2025_11_25,
      Habits.HTTPX,
      "Claude-User",
      "https://claude.ai/api/mcp/auth_callback"),
  CLAUDE_CODE(
      "claude-code",
      "Claude Code",
      "https://claude.ai/oauth/claude-code-client-metadata",
      "none",
      Scopes.RESOURCE_AND_OFFLINE,
      Revision.V2026_07_28,
      Habits.NODE,
      "claude-code/2.1.330",
      "http://localhost:60724/callback"),
  CHATGPT(
      "chatgpt",
      "ChatGPT",
      "https://chatgpt.com/oauth/client.json",
      "none",
      Scopes.RESOURCE_AND_OFFLINE,
      Revision.V2025_11_25,
      Habits.HTTPX,
      "ChatGPT-User",
      "https://chatgpt.com/connector/oauth/OUbdUMlL15Ct"),
  CURSOR(
      "cursor",
      "Cursor",
      null,
      "none",
      Scopes.CHALLENGE,
      Revision.V2025_11_25,
      Habits.NODE,
      "",
      "http://localhost:8787/callback",
      "cursor://anysphere.cursor-mcp/oauth/callback",
      "https://www.cursor.com/agents/mcp/oauth/callback"),
  VSCODE(
      "vscode",
      "Visual Studio Code",
      "https://vscode.dev/oauth/client-metadata.json",
      "none",
      Scopes.CHALLENGE,
      Revision.V2025_11_25,
      Habits.NODE,
      "",
      "http://127.0.0.1:33418/",
      "https://insiders.vscode.dev/redirect",
      "https://vscode.dev/redirect",
      "http://127.0.0.1/"),
  CODEX(
      "codex",
      "Codex",
      "https://chatgpt.com/oauth/codex/client.json",
      "none",
      Scopes.CHALLENGE_AND_OFFLINE,
      Revision.V2025_06_18,
      Habits.BARE,
      "",
      "http://127.0.0.1:45701/callback"),
  GEMINI(
      "gemini",
      "Gemini CLI MCP Client",
      null,
      "none",
      Scopes.AUTHORIZATION_SERVER,
      Revision.V2025_06_18,
      Habits.NODE,
      "",
      "http://localhost:41087/oauth/callback"),
  INSPECTOR(
      "inspector",
      "MCP Inspector",
      null,
      "none",
      Scopes.RESOURCE_AND_OFFLINE,
      Revision.V2025_11_25,
      Habits.NODE,
      "",
      "http://127.0.0.1:6276/oauth/callback"),
  MCP_REMOTE(
      "mcp-remote",
      "MCP CLI Client",
      null,
      "none",
      Scopes.CHALLENGE_AND_OFFLINE,
      Revision.V2025_11_25,
      Habits.NODE,
      "",
      "http://localhost:3334/oauth/callback");

  /** Which scopes a client asks for. */
  public enum Scopes {
    CHALLENGE,
    CHALLENGE_AND_OFFLINE,
    RESOURCE_AND_OFFLINE,
    AUTHORIZATION_SERVER
  }

  private final String title;
  private final String clientName;
  private final @Nullable String document;
  private final String authentication;
  private final Scopes scopes;
  private final Revision revision;

  @SuppressWarnings("ImmutableEnumChecker") // a record of header fields, which never change
  private final Habits habits;

  /** Empty for that of its library. */
  private final String userAgent;

  /** Parted by spaces. */
  private final String redirectUris;

  Profile(
      String title,
      String clientName,
      @Nullable String document,
      String authentication,
      Scopes scopes,
      Revision revision,
      Habits habits,
      String userAgent,
      String... redirectUris) {
    this.title = title;
    this.clientName = clientName;
    this.document = document;
    this.authentication = authentication;
    this.scopes = scopes;
    this.revision = revision;
    this.habits = habits;
    this.userAgent = userAgent;
    this.redirectUris = String.join(" ", redirectUris);
  }

  /** The client of this name, as it is typed. */
  public static Optional<Profile> of(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(profile -> profile.title.equals(wanted)).findFirst();
  }

  /** As it is typed. */
  public String title() {
    return title;
  }

  /** Its client id where metadata documents work; null if it has none. */
  public @Nullable String document() {
    return document;
  }

  public String authentication() {
    return authentication;
  }

  public Scopes scopes() {
    return scopes;
  }

  /** What it speaks first. */
  public Revision revision() {
    return revision;
  }

  /** What it sends with every request. */
  public Headers habits() {
    Headers fields = habits.fields();
    return userAgent.isEmpty() ? fields : fields.replace("User-Agent", userAgent);
  }

  /** The redirect URI that it uses. */
  public String redirectUri() {
    return redirectUris().getFirst();
  }

  private List<String> redirectUris() {
    return List.of(redirectUris.split(" "));
  }

  /** What it registers. */
  public String registration(@Nullable String scope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("client_name", clientName);
    ArrayNode uris = json.putArray("redirect_uris");
    redirectUris().forEach(uris::add);
    json.put("token_endpoint_auth_method", authentication);
    json.putArray("grant_types").add("authorization_code").add("refresh_token");
    json.putArray("response_types").add("code");
    if (scope != null && scopes != Scopes.CHALLENGE) {
      json.put("scope", scope);
    }
    return json.toString();
  }
}
