package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Our own redirection endpoint at one upstream (RFC 6749 §3.1.2): the browser brings back a code or
 * an error. It counts only in the browser that the sign-in began in, and only once. A browser that
 * sends it again at once gets the same answer again; one that only looks ahead uses nothing up.
 */
final class CallbackEndpoint implements Endpoint {
  private final BrowserDependencies with;
  private final Upstream upstream;
  private final Upstreams upstreams;
  private final SignIns signIns;
  private final SignInCompletion completion;
  private final RepeatedCallbacks repeated;

  CallbackEndpoint(
      BrowserDependencies with,
      Upstream upstream,
      Upstreams upstreams,
      SignIns signIns,
      SignInCompletion completion) {
    this.with = with;
    this.upstream = upstream;
    this.upstreams = upstreams;
    this.signIns = signIns;
    this.completion = completion;
    this.repeated = new RepeatedCallbacks(with.time());
  }

  @Override
  public Route route() {
    return Route.get(upstreams.callbackPath(upstream));
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    if (isLookingAhead(request)) {
      return Reply.of(503).noStore();
    }
    Instant now = with.time().instant();
    return switch (Parameters.parse(request.query())) {
      case Result.Ok<Parameters, Parameters.Refusal>(Parameters parameters) ->
          parameters
              .first("state")
              .flatMap(state -> finish(request, parameters, state, now))
              .orElseGet(() -> foreign(request, now));
      case Result.Refused<Parameters, Parameters.Refusal> _ -> foreign(request, now);
    };
  }

  /** A HEAD, or a navigation that has not happened yet (W3C Fetch, {@code Sec-Purpose}). */
  private static boolean isLookingAhead(Request request) {
    return request.method().equals("HEAD")
        || Stream.of("Sec-Purpose", "Purpose", "X-Moz")
            .flatMap(name -> request.headers().all(name).stream())
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("prefetch"));
  }

  private Optional<Reply> finish(
      Request request, Parameters parameters, String state, Instant now) {
    return signIns
        .binding(request, state)
        .flatMap(
            binding ->
                repeated.once(
                    StateHash.of(state),
                    BindingHash.of(binding),
                    () ->
                        signIns
                            .take(state, binding, now)
                            .filter(taken -> taken.signIn().upstream().equals(upstream.name()))
                            .map(taken -> resume(request, parameters, taken))
                            .map(reply -> signIns.forget(reply, state, binding))));
  }

  private Reply foreign(Request request, Instant now) {
    with.audit().record(new AuditEvent.CallbackRefused(now, request.id()));
    return problem(request, new Problem.CallbackForeign(CookieFamily.MOST));
  }

  /** The client is looked up again: it may have gone while the user was away. */
  private Reply resume(Request request, Parameters parameters, SignIns.Taken taken) {
    SignIn signIn = taken.signIn();
    Optional<RegisteredClient> known = with.clients().find(signIn.client());
    known.ifPresent(client -> with.clients().used(client, with.time().instant()));
    if (known.filter(client -> isChanged(client, signIn)).isPresent()) {
      return problem(request, new Problem.ClientChanged());
    }
    return known
        .flatMap(
            client ->
                address(client, taken).map(to -> complete(request, parameters, taken, client, to)))
        .orElseGet(() -> problem(request, new Problem.ClientUnknown(signIn.client().value())));
  }

  /** Whether a document says something else than what the user agreed to. */
  private static boolean isChanged(RegisteredClient client, SignIn signIn) {
    return client.kind() == ClientKind.DOCUMENT
        && !DescriptionHash.of(client.metadata()).equals(signIn.description());
  }

  private static Optional<ResponseTarget> address(RegisteredClient client, SignIns.Taken taken) {
    return ValidatedRedirect.match(client.metadata(), taken.signIn().redirectUri().value())
        .map(
            redirect ->
                new ResponseTarget(redirect, taken.clientState(), client.metadata().name()));
  }

  /** The upstream may take its time: what follows counts from its answer. */
  private Reply complete(
      Request request,
      Parameters parameters,
      SignIns.Taken taken,
      RegisteredClient client,
      ResponseTarget to) {
    UpstreamCallback callback =
        new UpstreamCallback(
            parameters,
            taken.verifier(),
            upstreams.callbackUri(upstream),
            upstream.scopesFor(taken.signIn().scopes()));
    return switch (upstream.complete(callback)) {
      case Result.Ok<UpstreamIdentity, UpstreamRefusal>(UpstreamIdentity identity) ->
          completion.succeeded(
              new ReturnedSignIn(request, taken.signIn(), to, upstream, with.time().instant()),
              client,
              identity);
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal refusal) ->
          completion.failed(
              new ReturnedSignIn(request, taken.signIn(), to, upstream, with.time().instant()),
              refusal);
    };
  }

  private Reply problem(Request request, Problem problem) {
    return with.pages().problem(Language.of(request.headers()), problem, request.id());
  }
}
