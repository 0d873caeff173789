package dev.ostiary.embed;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.TokenExpiry;
import dev.ostiary.testkit.ServiceOutbound;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole of Ostiary, with two servers, and the GitHub that it asks, in one process. */
final class AttackedOstiary implements AutoCloseable {
  static final String URL = "https://mcp.example.com";
  static final String HOST = "mcp.example.com";
  static final String GITHUB = "https://github.example";
  static final String SERVER = URL + "/mcp";
  static final String OTHER_SERVER = URL + "/docs/mcp";

  final SilentStore store = new SilentStore();
  final MasterKey key = MasterKey.parse(MasterKey.generate());
  final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  final SimulatedGitHub github;
  final FakeKeyHost keyHost;
  private final Outbound outbound;
  private final Ostiary ostiary;

  AttackedOstiary() throws GeneralSecurityException {
    this(Setting.USUAL);
  }

  /**
   * @param person who sits at GitHub's pages
   */
  AttackedOstiary(Person person) throws GeneralSecurityException {
    this(Setting.USUAL.with(person));
  }

  /**
   * @param more servers
   * @param backends how they are called
   */
  AttackedOstiary(Map<String, ServerEntry> more, Outbounds backends)
      throws GeneralSecurityException {
    this(Setting.USUAL.with(more, backends));
  }

  AttackedOstiary(InstantSource time, UnaryOperator<OstiaryConfig> change)
      throws GeneralSecurityException {
    this(Setting.USUAL.with(time).with(change));
  }

  /**
   * One that fetches documents.
   *
   * @param fetching how
   * @param strangers calls their hosts
   */
  AttackedOstiary(
      UnaryOperator<OstiaryConfig> change,
      UnaryOperator<GuardedFetch.Builder> fetching,
      Outbound strangers)
      throws GeneralSecurityException {
    this(Setting.USUAL.with(change).with(fetching, strangers));
  }

  /** With MCP servers on real sockets. */
  static AttackedOstiary withSockets(InstantSource time, UnaryOperator<OstiaryConfig> change)
      throws GeneralSecurityException {
    return new AttackedOstiary(Setting.USUAL.with(time).with(change).with(Map.of(), null));
  }

  /** With MCP servers on real sockets, and a GitHub of the same time whose tokens expire so. */
  static AttackedOstiary withTokens(
      TokenExpiry expiry, InstantSource time, UnaryOperator<OstiaryConfig> change)
      throws GeneralSecurityException {
    return new AttackedOstiary(
        Setting.USUAL.with(time).with(change).with(Map.of(), null).with(expiry, time));
  }

  /**
   * One that does without GitHub.
   *
   * @param network all calls go there, but those to MCP servers
   */
  static AttackedOstiary in(
      Outbound network, Outbounds backends, InstantSource time, UnaryOperator<OstiaryConfig> change)
      throws GeneralSecurityException {
    return new AttackedOstiary(
        Setting.USUAL.with(time).with(change).with(Map.of(), backends).with(network));
  }

  private AttackedOstiary(Setting setting) throws GeneralSecurityException {
    github =
        new SimulatedGitHub(
            SimulatorSettings.of(setting.app()).with(setting.person()), setting.timeAtGitHub());
    keyHost = new FakeKeyHost(new ServiceOutbound(github));
    github.at(URI.create(GITHUB));
    Map<String, ServerEntry> servers = new LinkedHashMap<>();
    servers.put("github", new ServerEntry(new ConnectorServer("github"), "/mcp"));
    servers.put("docs", new ServerEntry(new ConnectorServer("github"), "/docs/mcp"));
    servers.putAll(setting.more());
    GitHubSettings settings =
        new GitHubSettings(URI.create(GITHUB), "ostiary", new Secret("s3cr3t"), AllowRule.ANYBODY);
    outbound =
        setting.network() != null
            ? setting.network()
            : setting.strangers() == null
                ? keyHost
                : new MixedOutbound(new ServiceOutbound(github), setting.strangers());
    Ostiary.Builder builder =
        Ostiary.builder(
                setting
                    .change()
                    .apply(OstiaryConfig.at(new Issuer(URL), settings).servers(servers)),
                store,
                key)
            .outbound(outbound)
            .fetching(setting.fetching())
            .audit(audit::add)
            .time(setting.time());
    if (setting.backends() != null) {
      builder.backends(setting.backends());
    }
    ostiary = builder.build();
  }

  /** What may differ from one test to the next. */
  private record Setting(
      Person person,
      InstantSource time,
      UnaryOperator<OstiaryConfig> change,
      Map<String, ServerEntry> more,
      @Nullable Outbounds backends,
      UnaryOperator<GuardedFetch.Builder> fetching,
      @Nullable Outbound strangers,
      App app,
      InstantSource timeAtGitHub,
      @Nullable Outbound network) {
    static final Setting USUAL =
        new Setting(
            Person.approving("octocat"),
            InstantSource.system(),
            UnaryOperator.identity(),
            Map.of(),
            _ -> new ServiceOutbound(FakeExchange.nobody()),
            fetch -> fetch.resolver(_ -> FakeKeyHost.ADDRESS),
            null,
            App.oauth("ostiary", "s3cr3t", "Ostiary", URL + "/callback"),
            InstantSource.system(),
            null);

    Setting with(Person other) {
      return new Setting(
          other, time, change, more, backends, fetching, strangers, app, timeAtGitHub, network);
    }

    Setting with(InstantSource other) {
      return new Setting(
          person, other, change, more, backends, fetching, strangers, app, timeAtGitHub, network);
    }

    Setting with(UnaryOperator<OstiaryConfig> other) {
      return new Setting(
          person, time, other, more, backends, fetching, strangers, app, timeAtGitHub, network);
    }

    Setting with(Map<String, ServerEntry> servers, @Nullable Outbounds calls) {
      return new Setting(
          person, time, change, servers, calls, fetching, strangers, app, timeAtGitHub, network);
    }

    Setting with(TokenExpiry expiry, InstantSource there) {
      return new Setting(
          person,
          time,
          change,
          more,
          backends,
          fetching,
          strangers,
          app.with(expiry),
          there,
          network);
    }

    Setting with(Outbound all) {
      return new Setting(
          person, time, change, more, backends, fetching, strangers, app, timeAtGitHub, all);
    }

    Setting with(UnaryOperator<GuardedFetch.Builder> how, Outbound others) {
      return new Setting(
          person, time, change, more, backends, how, others, app, timeAtGitHub, network);
    }
  }

  Service service() {
    return ostiary.service();
  }

  /** After time has passed, the feed of ended grants has to be read again. */
  void awaitReady() {
    while (send("GET", "/ready", "").status() != 200) {
      Thread.onSpinWait();
    }
  }

  FakeBrowser browser() {
    return new FakeBrowser(this);
  }

  /** A public client with these redirect URIs; it uses the first. */
  FakeClient register(String... redirectUris) {
    String metadata =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "redirect_uris",
                    redirectUris,
                    "token_endpoint_auth_method",
                    "none",
                    "grant_types",
                    List.of("authorization_code", "refresh_token")));
    return new FakeClient(this, json(registration(metadata)), redirectUris[0]);
  }

  /** The raw answer to a registration. */
  Reply registration(String metadata) {
    return send("POST", "/register", metadata, "Content-Type", "application/json");
  }

  /** The raw answer of the token endpoint. */
  Reply token(Map<String, String> form, String... headers) {
    return send("POST", "/token", FakeClient.encode(form), asForm(headers));
  }

  /** Lists the tools of a server, as a client of the newest revision does. */
  Reply call(String path, String... headers) {
    Headers all =
        Headers.of(headers)
            .with("Content-Type", "application/json")
            .with("Accept", "application/json, text/event-stream")
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Method", "tools/list");
    return send(
        "POST",
        path,
        """
        {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}}}
        """,
        all);
  }

  Reply send(String method, String target, String body, String... headers) {
    return send(method, target, body, Headers.of(headers));
  }

  static Headers asForm(String... headers) {
    return Headers.of(headers).with("Content-Type", "application/x-www-form-urlencoded");
  }

  /** Sends what is said, with our host name unless there is another. */
  Reply send(String method, String target, String body, Headers headers) {
    return serve(ostiary.service(), HOST, method, target, body, headers);
  }

  Reply askGitHub(String target) {
    return serve(github, URI.create(GITHUB).getHost(), "GET", target, "", Headers.none());
  }

  private static Reply serve(
      Service service, String host, String method, String target, String body, Headers headers) {
    String[] parts = target.split("\\?", 2);
    return FakeExchange.serve(
        service,
        new Request(
            "r1",
            method,
            parts[0],
            parts.length > 1 ? parts[1] : "",
            headers.has("Host") ? headers : headers.with("Host", host),
            Body.utf8(body),
            InetAddress.getLoopbackAddress()));
  }

  static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(FakeExchange.text(reply));
  }

  @Override
  public void close() {
    ostiary.close();
    outbound.close();
    store.close();
  }
}
