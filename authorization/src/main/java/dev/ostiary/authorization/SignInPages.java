package dev.ostiary.authorization;

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
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Issuer;
import java.util.List;
import java.util.stream.Stream;

/** What a person's browser goes through, wired: authorize, consent, the upstream, callback. */
final class SignInPages {
  private final AuthorizationSettings settings;
  private final Upstreams upstreams;
  private final BrowserDependencies browser;
  private final ConsentForm form;
  private final LastUpstream last;
  private final SignInCompletion completion;
  private final SignIns signIns;
  private final Endpoint signOut;

  SignInPages(
      AuthorizationSettings settings,
      Dependencies with,
      Pages pages,
      Clients clients,
      Upstreams upstreams,
      UpstreamTokens upstreamTokens,
      Sealer sealer) {
    this.settings = settings;
    this.upstreams = upstreams;
    Issuer issuer = settings.issuer();
    Lifetimes lifetimes = settings.lifetimes();
    CookieRules cookies = CookieRules.of(issuer);
    Sessions sessions = Sessions.of(with.store().sessions(), cookies, lifetimes.session());
    Approvals approvals = Approvals.of(with.store().approvals(), settings.approvalAge());
    this.browser =
        new BrowserDependencies(
            issuer,
            pages,
            clients,
            sessions,
            approvals,
            AuthorizationResponses.of(
                issuer, pages, sessions, approvals, with.audit(), with.time()),
            with.audit(),
            with.time());
    this.form =
        ConsentEndpoints.form(
            pages,
            with.masterKey().sealer(),
            CookieFamily.csrf(cookies, lifetimes.consent()),
            with.masterKey().derive("consent-form"),
            upstreams,
            with.store().grants(),
            lifetimes.consent());
    this.last = new LastUpstream(cookies);
    this.completion =
        SignInCompletion.of(browser, with.store().grants(), upstreamTokens, lifetimes);
    this.signIns =
        SignIns.of(
            with.store().signIns(),
            clients,
            upstreams,
            CookieFamily.binding(cookies, lifetimes.signIn()),
            sealer,
            with.masterKey().derive("upstream-code-verifier"),
            lifetimes.signIn(),
            completion);
    this.signOut = new SignOutEndpoint(browser, upstreams, with.store().grants(), upstreamTokens);
  }

  /** All of them, at the one host name that their cookies belong to. */
  List<Endpoint> endpoints(ResourceAliases aliases, RateLimits limits) {
    Stream<Endpoint> visited =
        Stream.concat(
            Stream.of(
                limits.authorization(authorize(aliases), this::tooMany),
                ConsentEndpoints.of(browser, form, last, settings.servers(), signIns)),
            Stream.concat(Stream.of(signOut), callbacks().stream()));
    return Stream.concat(
            visited.map(endpoint -> CanonicalHost.of(settings.issuer(), browser.pages(), endpoint)),
            Stream.of(browser.pages().stylesheet()))
        .toList();
  }

  /** The person is told; a redirect would only come back. */
  private Reply tooMany(Request request, RateLimited tooMany) {
    return browser
        .pages()
        .problem(
            Language.of(request.headers()),
            new Problem.TooManyRequests(tooMany.retryAfter()),
            request.id());
  }

  private Endpoint authorize(ResourceAliases aliases) {
    return AuthorizeEndpoints.of(
        browser,
        settings.servers(),
        aliases,
        ConsentEndpoints.earlier(browser, signIns),
        ConsentEndpoints.upstreams(last),
        form);
  }

  private List<Endpoint> callbacks() {
    return CallbackEndpoints.of(browser, signIns, upstreams, completion);
  }
}
