package dev.ostiary.authorization.client;

import dev.ostiary.authorization.client.assertion.AssertionRefusal;
import dev.ostiary.authorization.client.assertion.ClientAssertions;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.limit.SecretThrottle;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientCredentials;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client sends a request, and whether it is (OAuth 2.1 §2.4). A client that has a
 * secret must bring it, and one that has none must not bring any. Header and form are as good as
 * each other for a secret: it proves the same, and many clients take the form although the default
 * they registered with is the header. A client that registered a key proves itself with that and
 * nothing else.
 */
public final class ClientAuthenticator {
  private static final System.Logger LOG = System.getLogger(ClientAuthenticator.class.getName());

  private final Clients clients;
  private final SecretThrottle<ClientId> guesses;
  private final @Nullable ClientAssertions assertions;

  private ClientAuthenticator(
      Clients clients, SecretThrottle<ClientId> guesses, @Nullable ClientAssertions assertions) {
    this.clients = clients;
    this.guesses = guesses;
    this.assertions = assertions;
  }

  /** Without assertions: they prove nothing, and no client can register for them. */
  public static ClientAuthenticator of(Clients clients, SecretThrottle<ClientId> guesses) {
    return new ClientAuthenticator(clients, guesses, null);
  }

  public static ClientAuthenticator of(
      Clients clients, SecretThrottle<ClientId> guesses, ClientAssertions assertions) {
    return new ClientAuthenticator(clients, guesses, assertions.isOn() ? assertions : null);
  }

  /** The methods that work here. */
  public List<ClientAuthenticationMethod> methods() {
    return Stream.of(ClientAuthenticationMethod.values())
        .filter(
            method -> assertions != null || method != ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .toList();
  }

  /** Those of them that prove more than a name. */
  public List<ClientAuthenticationMethod> confidentialMethods() {
    return methods().stream().filter(method -> method != ClientAuthenticationMethod.NONE).toList();
  }

  /**
   * Authenticates. A client that is told apart here counts as used. Blocks.
   *
   * @param parameters of the request
   */
  public Result<RegisteredClient, ClientRefusal> authenticate(
      Request request, Parameters parameters, Instant now) {
    return tellApart(request, parameters, now)
        .map(
            client -> {
              clients.used(client, now);
              return client;
            });
  }

  private Result<RegisteredClient, ClientRefusal> tellApart(
      Request request, Parameters parameters, Instant now) {
    List<String> authorization = request.headers().all("Authorization");
    boolean byHeader = !authorization.isEmpty();
    return switch (ClientCredentials.parse(authorization, parameters)) {
      case Result.Ok(ClientCredentials credentials) -> {
        Optional<RegisteredClient> client = clients.find(credentials.client());
        yield client.isEmpty()
            ? refused(ClientRefusal.Reason.UNKNOWN, byHeader)
            : decide(request, client.get(), credentials, now);
      }
      case Result.Refused(ClientCredentials.Refusal refusal) -> refused(reason(refusal), byHeader);
    };
  }

  private Result<RegisteredClient, ClientRefusal> decide(
      Request request, RegisteredClient client, ClientCredentials credentials, Instant now) {
    return switch (credentials) {
      case ClientCredentials.Named _ ->
          client.metadata().isPublic()
              ? Result.ok(client)
              : refused(ClientRefusal.Reason.WRONG_METHOD, false);
      case ClientCredentials.Basic(_, Secret secret) -> compare(request, client, secret, true);
      case ClientCredentials.Posted(_, Secret secret) -> compare(request, client, secret, false);
      case ClientCredentials.Asserted(ClientAssertion assertion) ->
          verify(request, client, assertion, now);
    };
  }

  /** Takes longer than a comparison, and may wait for the client's keys: others go on meanwhile. */
  private Result<RegisteredClient, ClientRefusal> verify(
      Request request, RegisteredClient client, ClientAssertion assertion, Instant now) {
    ClientKeys keys = client.metadata().keys();
    if (assertions == null || keys == null || !client.metadata().hasKey()) {
      return refused(ClientRefusal.Reason.WRONG_METHOD, false);
    }
    Optional<RateLimited> tooMany = guesses.tooMany(request, client.id());
    if (tooMany.isPresent()) {
      return Result.refused(ClientRefusal.of(tooMany.get(), false));
    }
    Optional<AssertionRefusal> refusal = assertions.refusal(assertion, keys, request.path(), now);
    if (refusal.isEmpty()) {
      return Result.ok(client);
    }
    if (refusal.get() instanceof AssertionRefusal.Invalid) {
      guesses.wrong(request, client.id());
    }
    ClientRefusal reason = ClientRefusal.of(refusal.get());
    LOG.log(
        System.Logger.Level.DEBUG,
        "request {0}: client {1} is refused: {2}",
        request.id(),
        client.id(),
        reason.name());
    return Result.refused(reason);
  }

  private Result<RegisteredClient, ClientRefusal> compare(
      Request request, RegisteredClient client, Secret presented, boolean byHeader) {
    SecretHash secret = client.secret();
    if (!client.metadata().hasSecret() || secret == null) {
      return refused(ClientRefusal.Reason.WRONG_METHOD, byHeader);
    }
    SecretHash hash = SecretHash.of(presented.reveal());
    return switch (guesses.guess(request, client.id(), () -> secret.equals(hash))) {
      case SecretThrottle.Guess.Compared(boolean right) ->
          right ? Result.ok(client) : refused(ClientRefusal.Reason.WRONG_SECRET, byHeader);
      case SecretThrottle.Guess.Refused(RateLimited tooMany) ->
          Result.refused(ClientRefusal.of(tooMany, byHeader));
    };
  }

  private static ClientRefusal.Reason reason(ClientCredentials.Refusal refusal) {
    return switch (refusal) {
      case ABSENT -> ClientRefusal.Reason.ABSENT;
      case SEVERAL -> ClientRefusal.Reason.SEVERAL_METHODS;
      case MALFORMED_HEADER -> ClientRefusal.Reason.MALFORMED_HEADER;
      case HALF_AN_ASSERTION -> ClientRefusal.Reason.HALF_AN_ASSERTION;
      case OTHER_ASSERTION -> ClientRefusal.Reason.OTHER_ASSERTION;
      case UNREADABLE_ASSERTION -> ClientRefusal.Reason.UNREADABLE_ASSERTION;
    };
  }

  private static Result<RegisteredClient, ClientRefusal> refused(
      ClientRefusal.Reason reason, boolean byHeader) {
    return Result.refused(new ClientRefusal(reason, byHeader));
  }
}
