package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A public server: {@code ostiary run} with a configuration file, TLS in nginx, a real browser. */
final class BehindNginxIT {
  private static final String PUBLIC = "https://mcp.example.com";
  private static final String REDIRECT = "https://client.example/callback";

  @Test
  @Requirement({"A-13", "A-56", "G-10", "R-49"})
  void aPersonSignsInAndAClientCallsATool(@TempDir Path folder)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SimulatedGitHub github = github();
    try (EventLoops loops = EventLoops.start();
        NettyServer simulator =
            NettyServer.start(Options.at(anyPort, InstantSource.system()), loops, github)) {
      URI base = URI.create("http://127.0.0.1:" + simulator.address().getPort());
      github.at(base);
      try (Program program = Program.run(configuration(folder, port, base), folder, port);
          Nginx nginx = Nginx.before(port, folder);
          Chromium chromium = Chromium.start(rules(nginx));
          BrowserContext context = browser(chromium)) {
        goThrough(program, context);
      }
    }
  }

  private static void goThrough(Program program, BrowserContext context) {
    Page client = context.newPage();
    client.navigate(PUBLIC + "/.well-known/oauth-authorization-server");
    assertThat(client.textContent("body")).contains("\"issuer\":\"" + PUBLIC + "\"");

    String id = (String) client.evaluate(REGISTER, Map.of("redirect", REDIRECT));
    Page page = context.newPage();
    page.navigate(authorizationUrl(id));
    assertThat(context.cookies(PUBLIC)).isNotEmpty().allSatisfy(BehindNginxIT::isHostCookie);
    page.click("button[value=approve]");
    page.waitForURL(url -> url.startsWith(REDIRECT));
    assertThat(parameter(page.url(), "iss")).isEqualTo(PUBLIC);

    Object result =
        client.evaluate(
            CALL,
            Map.of("client", id, "code", parameter(page.url(), "code"), "verifier", VERIFIER));
    assertThat(result.toString()).contains("octocat");
    assertThat(program.log()).doesNotContain(parameter(page.url(), "code"));
  }

  private static SimulatedGitHub github() {
    App app = App.oauth("Iv1.nginx", "secret-of-nginx", "Example", PUBLIC + "/callback");
    return new SimulatedGitHub(
        SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
  }

  private static Path configuration(Path folder, int port, URI github) throws IOException {
    Path secret = Files.writeString(folder.resolve("client-secret"), "secret-of-nginx\n");
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: %s
        listen: 127.0.0.1:%d
        data: %s
        sign-in:
          github:
            base-url: %s
            client-id: Iv1.nginx
            client-secret: "file:%s"
            allow: { users: [octocat] }
        """
            .formatted(PUBLIC, port, folder.resolve("data"), github, secret));
  }

  private static String rules(Nginx nginx) {
    return "--host-resolver-rules=MAP mcp.example.com:443 127.0.0.1:" + nginx.port();
  }

  private static BrowserContext browser(Chromium chromium) {
    BrowserContext context =
        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    context.route(
        url -> url.startsWith(REDIRECT),
        route -> route.fulfill(new Route.FulfillOptions().setBody("signed in")));
    return context;
  }

  private static void isHostCookie(Cookie cookie) {
    assertThat(cookie.name).startsWith("__Host-");
    assertThat(List.of(cookie.secure, cookie.httpOnly)).containsOnly(true);
  }

  private static String authorizationUrl(String client) {
    return PUBLIC
        + "/authorize?response_type=code&state=s&client_id="
        + client
        + "&redirect_uri=https%3A%2F%2Fclient.example%2Fcallback&resource=https%3A%2F%2Fmcp.example.com%2Fmcp"
        + "&scope=read%3Auser&code_challenge_method=S256&code_challenge="
        + Journey.challenge(VERIFIER);
  }

  private static String parameter(String url, String name) {
    for (String pair : URI.create(url).getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError(name + " is missing in the answer");
  }

  private static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-s256";

  private static final String REGISTER =
      """
      async ({redirect}) => {
        const reply = await fetch('/register', {
          method: 'POST',
          headers: {'Content-Type': 'application/json'},
          body: JSON.stringify({
            client_name: 'Browser', redirect_uris: [redirect], token_endpoint_auth_method: 'none'})
        });
        return (await reply.json()).client_id;
      }
      """;

  private static final String CALL =
      """
      async ({client, code, verifier}) => {
        const reply = await fetch('/token', {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'authorization_code', client_id: client, code, code_verifier: verifier})
        });
        const tokens = await reply.json();
        const call = await fetch('/mcp', {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${tokens.access_token}`,
            'Content-Type': 'application/json',
            Accept: 'application/json, text/event-stream',
            'MCP-Protocol-Version': '2026-07-28',
            'Mcp-Method': 'tools/call',
            'Mcp-Name': 'get_user_info'
          },
          body: JSON.stringify({
            jsonrpc: '2.0', id: 1, method: 'tools/call',
            params: {name: 'get_user_info', arguments: {}, _meta: {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientCapabilities': {}}}})
        });
        return await call.text();
      }
      """;
}
