package dev.ostiary.authorization.callback;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.ValidatedRedirect;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.response.ReturnAddress;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.DescriptionHash;
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
import java.time.InstantSource;
import java.util.Optional;

/**
 * Our own redirection endpoint at one upstream (RFC 6749 §3.1.2): the browser brings back a code or
 * an error. It counts only in the browser that the sign-in began in, and only once.
 */
final class CallbackEndpoint implements Endpoint {
  private final Upstream upstream;
  private final Upstreams upstreams;
  private final SignIns signIns;
  private final Clients clients;
  private final SignInCompletion completion;
  private final Pages pages;
  private final AuditLog audit;
  private final InstantSource time;

  CallbackEndpoint(
      Upstream upstream,
      Upstreams upstreams,
      SignIns signIns,
      Clients clients,
      SignInCompletion completion,
      Pages pages,
      AuditLog audit,
      InstantSource time) {
    this.upstream = upstream;
    this.upstreams = upstreams;
    this.signIns = signIns;
    this.clients = clients;
    this.completion = completion;
    this.pages = pages;
    this.audit = audit;
    this.time = time;
  }

  @Override
  public Route route() {
    return Route.get(upstreams.callbackPath(upstream.name()));
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    Instant now = time.instant();
    return switch (Parameters.parse(request.query())) {
      case Result.Ok<Parameters, Parameters.Refusal>(Parameters parameters) -> {
        Optional<String> state = parameters.first("state");
        Optional<SignIns.Taken> taken = state.flatMap(value -> signIns.take(request, value, now));
        yield taken.isEmpty() || !taken.get().signIn().upstream().equals(upstream.name())
            ? foreign(request, now)
            : signIns.forget(resume(request, parameters, taken.get()), state.orElseThrow());
      }
      case Result.Refused<Parameters, Parameters.Refusal> _ -> foreign(request, now);
    };
  }

  private Reply foreign(Request request, Instant now) {
    audit.record(new AuditEvent.CallbackRefused(now, request.id()));
    return problem(request, new Problem.CallbackForeign());
  }

  /** The client is looked up again: it may have gone while the user was away. */
  private Reply resume(Request request, Parameters parameters, SignIns.Taken taken) {
    SignIn signIn = taken.signIn();
    Optional<RegisteredClient> known = clients.find(signIn.client());
    known.ifPresent(client -> clients.used(client, time.instant()));
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

  private static Optional<ReturnAddress> address(RegisteredClient client, SignIns.Taken taken) {
    return ValidatedRedirect.match(client.metadata(), taken.signIn().redirectUri().value())
        .map(redirect -> new ReturnAddress(redirect, taken.clientState()));
  }

  /** The upstream may take its time: what follows counts from its answer. */
  private Reply complete(
      Request request,
      Parameters parameters,
      SignIns.Taken taken,
      RegisteredClient client,
      ReturnAddress to) {
    UpstreamCallback callback =
        new UpstreamCallback(parameters, taken.verifier(), upstreams.callbackUri(upstream.name()));
    return switch (upstream.complete(callback)) {
      case Result.Ok<UpstreamIdentity, UpstreamRefusal>(UpstreamIdentity identity) ->
          completion.succeeded(
              request, taken.signIn(), client, to, upstream, identity, time.instant());
      case Result.Refused<UpstreamIdentity, UpstreamRefusal>(UpstreamRefusal refusal) ->
          completion.failed(request, taken.signIn(), to, upstream, refusal, time.instant());
    };
  }

  private Reply problem(Request request, Problem problem) {
    return pages.problem(Language.of(request.headers()), problem, request.id());
  }
}
