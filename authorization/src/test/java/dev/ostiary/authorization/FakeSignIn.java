package dev.ostiary.authorization;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.callback.CallbackEndpoints;
import dev.ostiary.authorization.authorize.callback.SignInCompletion;
import dev.ostiary.authorization.authorize.callback.SignIns;
import dev.ostiary.authorization.authorize.consent.ConsentEndpoints;
import dev.ostiary.authorization.authorize.consent.ConsentForm;
import dev.ostiary.authorization.authorize.request.AuthorizeEndpoints;
import dev.ostiary.authorization.authorize.response.Approvals;
import dev.ostiary.authorization.authorize.response.AuthorizationResponses;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.session.CanonicalHost;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.CookieRules;
import dev.ostiary.authorization.authorize.session.LastUpstream;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.authorize.signout.SignOutEndpoint;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.document.ClientDocuments;
import dev.ostiary.authorization.client.document.DocumentFetch;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.DocumentRegistration;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The sign-in of an authorization server, wired as the real one, over fakes. */
public final class FakeSignIn {
  public static final String LOOPBACK = "http://127.0.0.1:43999/callback";
  public static final String SITE = "https://app.example.net/callback";
  public static final String PROGRAM = "com.example.app:/callback";
  public static final String STATE = "the client's state/+=&%";
  public static final CodeVerifier VERIFIER =
      new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  private static final Map<String, List<String>> ONE = Map.of("github", List.of("github"));

  public final FakeTime time = new FakeTime();
  public final MemoryStore store = new MemoryStore();
  public final FakeUpstream github = new FakeUpstream("github");
  public final FakeUpstream corporate = new FakeUpstream("corporate");
  public final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  public final MasterKey key;
  public final Issuer issuer;
  public final Upstreams upstreams;
  public final UpstreamTokens tokens;
  public final List<ProtectedServer> servers;
  public final List<Endpoint> endpoints = new ArrayList<>();

  private final @Nullable Duration approvalAge;
  private final @Nullable DocumentFetch documents;

  private FakeSignIn(String issuer, Map<String, List<String>> servers) {
    this(issuer, servers, null, null);
  }

  private FakeSignIn(
      String issuer,
      Map<String, List<String>> servers,
      @Nullable Duration approvalAge,
      @Nullable DocumentFetch documents) {
    this.approvalAge = approvalAge;
    this.documents = documents;
    this.issuer = new Issuer(issuer);
    this.key = key();
    this.servers =
        servers.entrySet().stream()
            .map(server -> server(server.getKey(), server.getValue()))
            .toList();
    this.upstreams = Upstreams.of(this.issuer, List.of(github, corporate));
    this.tokens = UpstreamTokens.of(store.upstreamTokens(), upstreams, key.sealer(), Runnable::run);
    store.clients().add(SampleClient.of("local", LOOPBACK));
    store.clients().add(SampleClient.of("site", SITE));
    store.clients().add(SampleClient.of("program", PROGRAM));
    wire();
  }

  /** One server behind GitHub, on http loopback. */
  public static FakeSignIn local() {
    return new FakeSignIn("http://127.0.0.1:8080", ONE);
  }

  /** One server behind GitHub, in public. */
  public static FakeSignIn secure() {
    return new FakeSignIn("https://mcp.example.com", ONE);
  }

  /** Two servers behind GitHub. */
  public static FakeSignIn withTwoServers() {
    return new FakeSignIn(
        "http://127.0.0.1:8080",
        new TreeMap<>(Map.of("github", List.of("github"), "other", List.of("github"))));
  }

  /**
   * A server that takes users of both upstreams, and one that takes those of one; approvals are
   * remembered for thirty days.
   */
  public static FakeSignIn withTwoUpstreams() {
    return new FakeSignIn(
        "https://mcp.example.com",
        new TreeMap<>(
            Map.of("both", List.of("github", "corporate"), "staff", List.of("corporate"))),
        Duration.ofDays(30),
        null);
  }

  /** As {@link #secure}, where approvals are remembered for thirty days. */
  public static FakeSignIn remembering() {
    return new FakeSignIn("https://mcp.example.com", ONE, Duration.ofDays(30), null);
  }

  /** As {@link #remembering}, where clients may be named by URLs. */
  public static FakeSignIn withDocuments(DocumentFetch documents) {
    return new FakeSignIn("https://mcp.example.com", ONE, Duration.ofDays(30), documents);
  }

  private void wire() {
    Lifetimes lifetimes = Lifetimes.DEFAULTS;
    CookieRules cookies = CookieRules.of(issuer);
    Pages pages = Pages.of(issuer);
    Clients clients = clients();
    Sessions sessions = Sessions.of(store.sessions(), cookies, lifetimes.session());
    Approvals approvals = Approvals.of(store.approvals(), approvalAge);
    BrowserDependencies with =
        new BrowserDependencies(
            issuer,
            pages,
            clients,
            sessions,
            approvals,
            AuthorizationResponses.of(issuer, pages, sessions, approvals, audit::add, time),
            audit::add,
            time);
    SignInCompletion completion = SignInCompletion.of(with, store.grants(), tokens, lifetimes);
    SignIns signIns =
        SignIns.of(
            store.signIns(),
            clients,
            upstreams,
            CookieFamily.binding(cookies, lifetimes.signIn()),
            key.sealer(),
            key.derive("upstream verifier"),
            lifetimes.signIn(),
            completion);
    ConsentForm form =
        ConsentEndpoints.form(
            pages,
            key.sealer(),
            CookieFamily.csrf(cookies, lifetimes.consent()),
            key.derive("consent form"),
            upstreams,
            store.grants(),
            lifetimes.consent());
    LastUpstream last = new LastUpstream(cookies);
    List<Endpoint> bare = new ArrayList<>();
    bare.add(
        AuthorizeEndpoints.of(
            with,
            servers,
            new ResourceAliases(issuer, servers),
            ConsentEndpoints.earlier(with, signIns),
            ConsentEndpoints.upstreams(last),
            form));
    bare.add(ConsentEndpoints.of(with, form, last, servers, signIns));
    bare.add(new SignOutEndpoint(with, upstreams, store.grants(), tokens));
    bare.addAll(CallbackEndpoints.of(with, signIns, upstreams, completion));
    bare.forEach(endpoint -> endpoints.add(CanonicalHost.of(issuer, pages, endpoint)));
    endpoints.add(pages.stylesheet());
  }

  private Clients clients() {
    return documents == null
        ? Clients.of(store.clients())
        : Clients.of(
            List.of(),
            store.clients(),
            ClientDocuments.of(
                DocumentPolicy.DEFAULTS,
                documents,
                new DocumentRegistration(true, PrivateUseSchemes.DEFAULTS),
                store.clients(),
                audit::add,
                Runnable::run,
                time),
            PrivateUseSchemes.DEFAULTS);
  }

  public FakeBrowser browser() {
    return new FakeBrowser(endpoints, issuer.uri().getRawAuthority());
  }

  public void register(RegisteredClient client) {
    store.clients().add(client);
  }

  /** A request with nothing wrong, for a test to change. */
  public static Map<String, String> request(String client, String redirectUri) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("response_type", "code");
    request.put("client_id", client);
    request.put("redirect_uri", redirectUri);
    request.put("code_challenge", VERIFIER.challenge().value());
    request.put("code_challenge_method", "S256");
    request.put("scope", "read:user");
    request.put("state", STATE);
    return request;
  }

  public static String authorize(Map<String, String> request) {
    return "/authorize?" + FakeBrowser.encode(request);
  }

  /** As far as the consent page. */
  public Reply ask(FakeBrowser browser) {
    return browser.get(authorize(request("local", LOOPBACK)));
  }

  /** As far as the redirect to the upstream; the state it was given. */
  public String approve(FakeBrowser browser, Reply page) {
    Reply reply = decide(browser, page, "approve");
    return FakeBrowser.answer(reply).getOrDefault("state", "");
  }

  public Reply decide(FakeBrowser browser, Reply page, String decision) {
    Map<String, String> form = FakeBrowser.form(page);
    form.put("decision", decision);
    return browser.post("/consent", form);
  }

  public static String callback(String state) {
    return "/callback?" + FakeBrowser.encode(Map.of("code", "upstream-code", "state", state));
  }

  /** The whole journey; the answer to the client. */
  public Reply signIn(FakeBrowser browser) {
    return browser.get(callback(approve(browser, ask(browser))));
  }

  public <E extends AuditEvent> List<E> audited(Class<E> type) {
    return audit.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private ProtectedServer server(String name, List<String> upstreams) {
    return new ProtectedServer(
        name,
        "The " + name + " server",
        new Resource(issuer.at("/" + name + "/mcp")),
        Scopes.of("read:user"),
        Scopes.of("read:user", "user:email", "repo"),
        upstreams,
        Map.of());
  }

  private static MasterKey key() {
    try {
      return MasterKey.parse(MasterKey.generate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
