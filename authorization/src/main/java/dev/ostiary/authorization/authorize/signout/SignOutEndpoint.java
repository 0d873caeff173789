package dev.ostiary.authorization.authorize.signout;

import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.SameOrigin;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.page.SignOutPage;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a person signs out in this browser. The session ends here, and at the upstream where it has
 * a place for that. Apps keep the access that they were given: grants are ended elsewhere.
 */
public final class SignOutEndpoint implements Endpoint {
  /** Under the path of the issuer. */
  public static final String PATH = "/sign-out";

  private final BrowserDependencies with;
  private final Upstreams upstreams;
  private final GrantStore grants;
  private final UpstreamTokens tokens;
  private final SameOrigin sameOrigin;

  public SignOutEndpoint(
      BrowserDependencies with, Upstreams upstreams, GrantStore grants, UpstreamTokens tokens) {
    this.with = with;
    this.upstreams = upstreams;
    this.grants = grants;
    this.tokens = tokens;
    this.sameOrigin = new SameOrigin(with.issuer());
  }

  @Override
  public Route route() {
    return Route.getOrPost(with.issuer().path() + PATH);
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    Instant now = with.time().instant();
    Optional<BrowserSession> session = with.sessions().find(request, now);
    if (!request.method().equals("POST")) {
      return show(request, session);
    }
    if (!sameOrigin.allows(request.headers())) {
      return with.pages()
          .problem(
              Language.of(request.headers()),
              new Problem.FormForeign(CookieFamily.MOST),
              request.id());
    }
    URI here = URI.create(with.issuer().at(PATH));
    URI next = session.flatMap(known -> upstream(known, here, now)).orElse(here);
    Reply reply = Reply.seeOther(next.toString()).noStore().with("Referrer-Policy", "no-referrer");
    return with.sessions().end(reply, request);
  }

  private Reply show(Request request, Optional<BrowserSession> session) {
    return with.pages()
        .signOut(
            Language.of(request.headers()),
            new SignOutPage(
                with.issuer().path() + PATH, session.map(BrowserSession::userName).orElse(null)));
  }

  /** Where the session at the upstream ends. */
  private Optional<URI> upstream(BrowserSession session, URI returnTo, Instant now) {
    String name = session.subject().upstream();
    return upstreams.has(name)
        ? upstreams.named(name).signOut(idToken(session, now), returnTo)
        : Optional.empty();
  }

  /** The ID token of the user's newest grant: it tells the upstream whose session is meant. */
  private @Nullable Secret idToken(BrowserSession session, Instant now) {
    UpstreamTokenId id =
        grants.list(GrantFilter.of(session.subject()), null, 1, now).stream()
            .findFirst()
            .map(listed -> listed.grant().upstreamToken())
            .orElse(null);
    return id == null ? null : tokens.find(id).map(UpstreamTokenResponse::idToken).orElse(null);
  }
}
