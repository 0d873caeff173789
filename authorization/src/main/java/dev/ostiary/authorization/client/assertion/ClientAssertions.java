package dev.ostiary.authorization.client.assertion;

import dev.ostiary.authorization.client.assertion.AssertionRefusal.Flaw;
import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.store.AssertionStore;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientKeys;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether an assertion proves that a client is who it says (RFC 7523 §3): what it says
 * first, then the signature, and last, once it is known to be the client's, that it comes for the
 * first time.
 */
public final class ClientAssertions {
  private final Issuer issuer;
  private final AssertionPolicy policy;
  private final AssertionStore used;
  private final RemoteKeys remote;

  private ClientAssertions(
      Issuer issuer, AssertionPolicy policy, AssertionStore used, RemoteKeys remote) {
    this.issuer = issuer;
    this.policy = policy;
    this.used = used;
    this.remote = remote;
  }

  /**
   * Wires it.
   *
   * @param used remembers what came before
   * @param fetch reads keys at the addresses that clients name
   */
  public static ClientAssertions of(
      Issuer issuer,
      AssertionPolicy policy,
      AssertionStore used,
      GuardedFetch fetch,
      InstantSource time) {
    return new ClientAssertions(issuer, policy, used, new RemoteKeys(fetch::get, time));
  }

  /** What clients may sign with. */
  public static List<String> algorithms() {
    return AssertionAlgorithm.allNames();
  }

  /** Whether clients may prove themselves with a key at all. */
  public boolean isOn() {
    return policy.enabled();
  }

  /**
   * Why it proves nothing, if it does not. One that does is used up. Blocks.
   *
   * @param registered the keys of the client that it names
   * @param path of the endpoint that it was sent to
   */
  public Optional<AssertionRefusal> refusal(
      ClientAssertion assertion, ClientKeys registered, String path, Instant now) {
    Result<AssertionClaims, AssertionRefusal> proven =
        invalid(ReadAssertion.read(assertion, registered))
            .then(
                read ->
                    invalid(
                            AssertionClaims.decide(
                                read.claims(), assertion.client(), audience(path), now))
                        .then(claims -> signature(read, registered).map(_ -> claims)));
    return switch (proven) {
      case Result.Refused(AssertionRefusal refusal) -> Optional.of(refusal);
      case Result.Ok(AssertionClaims claims) ->
          use(assertion.client(), claims, now)
              ? Optional.empty()
              : Optional.of(new AssertionRefusal.Invalid(Flaw.REPLAYED));
    };
  }

  private boolean use(ClientId client, AssertionClaims claims, Instant now) {
    return used.use(AssertionHash.of(client, claims.id()), claims.refusedFrom(), now);
  }

  private AssertionClaims.Audience audience(String path) {
    return new AssertionClaims.Audience(
        issuer.value(),
        policy.endpointAudience() ? List.of(issuer.at("/token"), origin() + path) : List.of());
  }

  private String origin() {
    return issuer.value().substring(0, issuer.value().length() - issuer.path().length());
  }

  private Result<ReadAssertion, AssertionRefusal> signature(
      ReadAssertion read, ClientKeys registered) {
    return switch (registered.source()) {
      case ClientKeys.Inline(String jwks) ->
          switch (ClientKeySet.parse(jwks)) {
            case Result.Ok(ClientKeySet keys) -> verify(read, keys);
            case Result.Refused(KeyRefusal _) -> invalid(Flaw.KEYS_UNUSABLE);
          };
      case ClientKeys.At(URI uri) -> signature(read, remote.at(uri));
    };
  }

  private static Result<ReadAssertion, AssertionRefusal> signature(
      ReadAssertion read, RemoteKeySet set) {
    return keys(set.keys())
        .then(
            keys ->
                read.isSignedBy(keys)
                    ? Result.ok(read)
                    : keys(set.newerThan(keys)).then(newer -> verify(read, newer)));
  }

  private static Result<ClientKeySet, AssertionRefusal> keys(KeyAnswer answer) {
    return switch (answer) {
      case KeyAnswer.Known(ClientKeySet keys) -> Result.ok(keys);
      case KeyAnswer.Unavailable(int retryAfter) ->
          Result.refused(new AssertionRefusal.KeysUnavailable(retryAfter));
      case KeyAnswer.Unusable() -> invalid(Flaw.KEYS_UNUSABLE);
    };
  }

  private static Result<ReadAssertion, AssertionRefusal> verify(
      ReadAssertion read, ClientKeySet keys) {
    if (read.verifiers(keys).isEmpty()) {
      return invalid(Flaw.KEY_UNKNOWN);
    }
    return read.isSignedBy(keys) ? Result.ok(read) : invalid(Flaw.SIGNATURE);
  }

  private static <T> Result<T, AssertionRefusal> invalid(Flaw flaw) {
    return Result.refused(new AssertionRefusal.Invalid(flaw));
  }

  private static <T> Result<T, AssertionRefusal> invalid(Result<T, Flaw> result) {
    return switch (result) {
      case Result.Ok(T value) -> Result.ok(value);
      case Result.Refused(Flaw flaw) -> invalid(flaw);
    };
  }
}
