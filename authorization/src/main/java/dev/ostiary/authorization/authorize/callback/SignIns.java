package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.SignInStore;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that are under way at an upstream. Each has a {@code state} of its own, random and used
 * once, of which only the hash is stored; its PKCE verifier follows from the state by a key, so it
 * is stored nowhere; and a cookie of its own binds it to the browser (RFC 9700 §4.7).
 */
public final class SignIns {
  private final SignInStore store;
  private final Clients clients;
  private final Upstreams upstreams;
  private final CookieFamily bindings;
  private final Sealer sealer;
  private final DerivedKey verifiers;
  private final Duration patience;
  private final SignInCompletion completion;
  private final SecretSource secrets = new SecretSource();

  private SignIns(
      SignInStore store,
      Clients clients,
      Upstreams upstreams,
      CookieFamily bindings,
      Sealer sealer,
      DerivedKey verifiers,
      Duration patience,
      SignInCompletion completion) {
    this.store = store;
    this.clients = clients;
    this.upstreams = upstreams;
    this.bindings = bindings;
    this.sealer = sealer;
    this.verifiers = verifiers;
    this.patience = patience;
    this.completion = completion;
  }

  /**
   * @param verifiers the key that PKCE verifiers hang on, the same on every node
   * @param completion answers when an upstream cannot be visited at all
   */
  public static SignIns of(
      SignInStore store,
      Clients clients,
      Upstreams upstreams,
      CookieFamily bindings,
      Sealer sealer,
      DerivedKey verifiers,
      Duration patience,
      SignInCompletion completion) {
    return new SignIns(
        store, clients, upstreams, bindings, sealer, verifiers, patience, completion);
  }

  /**
   * Remembers the sign-in, binds it to this browser, and sends the browser to the upstream; or says
   * that it cannot be visited.
   */
  public Reply begin(Request request, ApprovedRequest approved, Instant now) {
    clients.agreed(approved.client(), request.id());
    String state = secrets.next("");
    String binding = bindings.newValue(now);
    Upstream upstream = upstreams.named(approved.upstream());
    SignIn signIn = signIn(approved, StateHash.of(state), BindingHash.of(binding), now);
    UpstreamRequest asked =
        new UpstreamRequest(
            new Secret(state),
            verifier(state).challenge(),
            upstreams.callbackUri(upstream),
            upstream.scopesFor(approved.scopes()),
            approved.selectAccount());
    return switch (upstream.authorizationUri(asked)) {
      case Result.Ok<URI, UpstreamRefusal>(URI location) -> {
        store.add(signIn);
        Reply reply =
            Reply.seeOther(location.toString()).noStore().with("Referrer-Policy", "no-referrer");
        yield bindings.add(reply, request, cookieId(state), binding);
      }
      case Result.Refused<URI, UpstreamRefusal>(UpstreamRefusal refusal) ->
          completion.failed(
              new ReturnedSignIn(request, signIn, approved.to(), upstream, now), refusal);
    };
  }

  private SignIn signIn(
      ApprovedRequest approved, StateHash state, BindingHash binding, Instant now) {
    String clientState = approved.to().state();
    return new SignIn(
        state,
        binding,
        approved.client().id(),
        approved.to().redirect().uri(),
        approved.scopes(),
        approved.server().resource(),
        approved.codeChallenge(),
        clientState == null ? null : sealer.seal(clientState, context(state)),
        approved.upstream(),
        DescriptionHash.of(approved.client().metadata()),
        approved.approvedBefore(),
        now.plus(patience));
  }

  /** A sign-in that this call has used up. */
  record Taken(SignIn signIn, CodeVerifier verifier, @Nullable String clientState) {}

  /** What ties this browser to the sign-in of a state, if it began it. */
  Optional<String> binding(Request request, String state) {
    return bindings.find(request, cookieId(state));
  }

  /** Uses up the sign-in of a state, if it is this browser's; no other browser can. */
  Optional<Taken> take(String state, String binding, Instant now) {
    return store
        .take(StateHash.of(state), BindingHash.of(binding), now)
        .map(signIn -> new Taken(signIn, verifier(state), open(signIn)));
  }

  /** The reply after which the browser forgets the sign-in, as soon as it need not repeat it. */
  Reply forget(Reply reply, String state, String binding) {
    return bindings.remove(reply, cookieId(state), binding, RepeatedCallbacks.WINDOW);
  }

  private @Nullable String open(SignIn signIn) {
    Sealed clientState = signIn.clientState();
    return clientState == null
        ? null
        : sealer
            .open(clientState, context(signIn.state()))
            .orElseThrow(
                () -> new IllegalStateException("a sign-in was sealed with another master key"));
  }

  private CodeVerifier verifier(String state) {
    return new CodeVerifier(verifiers.of(state));
  }

  private static String context(StateHash state) {
    return "client state of sign-in " + HexFormat.of().formatHex(state.hash().bytes());
  }

  /** Names the cookie: enough of the hash to keep a browser's sign-ins apart. */
  private static String cookieId(String state) {
    return StateHash.of(state).hash().toString();
  }
}
