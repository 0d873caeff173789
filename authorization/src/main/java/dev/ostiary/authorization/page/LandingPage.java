package dev.ostiary.authorization.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads who opens the server, or an MCP server of it, in a browser.
 *
 * @param servers at least one
 * @param reachable whether apps that run in the cloud can reach them
 * @param signOut the path of the page where people sign out; null if users do not sign in here
 */
public record LandingPage(List<Server> servers, boolean reachable, @Nullable String signOut) {
  public LandingPage {
    servers = List.copyOf(servers);
  }

  /**
   * An MCP server, and how clients take its URL. Neither name nor URL has a character that JSON, a
   * shell or a terminal takes for anything else: the configuration sees to that.
   *
   * @param name its key in the configuration
   * @param title what people call it
   * @param url what people type into their client
   */
  public record Server(String name, String title, String url) {
    public String claudeCode() {
      return "claude mcp add --transport http " + name + " " + url;
    }

    public String codex() {
      return "codex mcp add " + name + " --url " + url;
    }

    public String gemini() {
      return "gemini mcp add --transport http " + name + " " + url;
    }

    public String vsCode() {
      return "code --add-mcp '" + named() + "'";
    }

    /** Opens VS Code, which asks before it adds the server. */
    public String vsCodeLink() {
      return "vscode:mcp/install?" + encode(named());
    }

    public String cursor() {
      return """
      {
        "mcpServers": {
          "%s": {
            "url": "%s"
          }
        }
      }
      """
          .formatted(name, url)
          .strip();
    }

    /** Opens Cursor, which asks before it adds the server. */
    public String cursorLink() {
      String config = "{\"url\":\"" + url + "\"}";
      return "cursor://anysphere.cursor-deeplink/mcp/install?name="
          + encode(name)
          + "&config="
          + encode(Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)));
    }

    private String named() {
      return "{\"name\":\"" + name + "\",\"type\":\"http\",\"url\":\"" + url + "\"}";
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }
}
