package dev.ostiary.authorization.client;

import dev.ostiary.authorization.limit.SecretGuesses;
import dev.ostiary.authorization.limit.TooMany;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientCredentials;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which client sends a request, and whether it is (OAuth 2.1 §2.4). A client that has a
 * secret must bring it, and one that has none must not bring any. Header and form are as good as
 * each other for a secret: it proves the same, and many clients take the form although the default
 * they registered with is the header.
 */
public final class ClientAuthenticator {
  private final Clients clients;
  private final SecretGuesses guesses;

  private ClientAuthenticator(Clients clients, SecretGuesses guesses) {
    this.clients = clients;
    this.guesses = guesses;
  }

  public static ClientAuthenticator of(Clients clients, SecretGuesses guesses) {
    return new ClientAuthenticator(clients, guesses);
  }

  /** The methods that work here. */
  public static List<ClientAuthenticationMethod> methods() {
    return List.of(ClientAuthenticationMethod.values());
  }

  /** Those of them that prove more than a name. */
  public static List<ClientAuthenticationMethod> confidentialMethods() {
    return methods().stream().filter(method -> method != ClientAuthenticationMethod.NONE).toList();
  }

  /**
   * Authenticates. A client that is told apart here counts as used. Blocks.
   *
   * @param parameters of the request
   */
  public Result<RegisteredClient, ClientRefusal> authenticate(
      Request request, Parameters parameters, Instant now) {
    return authenticate(request, parameters)
        .map(
            client -> {
              clients.used(client, now);
              return client;
            });
  }

  private Result<RegisteredClient, ClientRefusal> authenticate(
      Request request, Parameters parameters) {
    List<String> authorization = request.headers().all("Authorization");
    boolean byHeader = !authorization.isEmpty();
    return switch (ClientCredentials.parse(authorization, parameters)) {
      case Result.Ok(ClientCredentials credentials) -> {
        Optional<RegisteredClient> client = clients.find(credentials.client());
        yield client.isEmpty()
            ? refused(ClientRefusal.Reason.UNKNOWN, byHeader)
            : decide(request, client.get(), credentials);
      }
      case Result.Refused(ClientCredentials.Refusal refusal) -> refused(reason(refusal), byHeader);
    };
  }

  private Result<RegisteredClient, ClientRefusal> decide(
      Request request, RegisteredClient client, ClientCredentials credentials) {
    return switch (credentials) {
      case ClientCredentials.Named _ ->
          client.metadata().isPublic()
              ? Result.ok(client)
              : refused(ClientRefusal.Reason.WRONG_METHOD, false);
      case ClientCredentials.Basic(_, Secret secret) -> compare(request, client, secret, true);
      case ClientCredentials.Posted(_, Secret secret) -> compare(request, client, secret, false);
    };
  }

  private Result<RegisteredClient, ClientRefusal> compare(
      Request request, RegisteredClient client, Secret presented, boolean byHeader) {
    SecretHash secret = client.secret();
    if (client.metadata().isPublic() || secret == null) {
      return refused(ClientRefusal.Reason.WRONG_METHOD, byHeader);
    }
    SecretHash hash = SecretHash.of(presented.reveal());
    return switch (guesses.guess(request, client.id(), () -> secret.equals(hash))) {
      case SecretGuesses.Guess.Compared(boolean right) ->
          right ? Result.ok(client) : refused(ClientRefusal.Reason.WRONG_SECRET, byHeader);
      case SecretGuesses.Guess.Refused(TooMany tooMany) ->
          Result.refused(
              new ClientRefusal(ClientRefusal.Reason.TOO_MANY_WRONG_SECRETS, byHeader, tooMany));
    };
  }

  private static ClientRefusal.Reason reason(ClientCredentials.Refusal refusal) {
    return switch (refusal) {
      case ABSENT -> ClientRefusal.Reason.ABSENT;
      case SEVERAL -> ClientRefusal.Reason.SEVERAL_METHODS;
      case MALFORMED_HEADER -> ClientRefusal.Reason.MALFORMED_HEADER;
      case ASSERTION -> ClientRefusal.Reason.ASSERTION;
    };
  }

  private static Result<RegisteredClient, ClientRefusal> refused(
      ClientRefusal.Reason reason, boolean byHeader) {
    return Result.refused(new ClientRefusal(reason, byHeader));
  }
}
