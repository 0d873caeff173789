package dev.ostiary.authorization.client;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientCredentials;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
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

  private ClientAuthenticator(Clients clients) {
    this.clients = clients;
  }

  public static ClientAuthenticator of(Clients clients) {
    return new ClientAuthenticator(clients);
  }

  /** The methods that work here. */
  public static List<ClientAuthenticationMethod> methods() {
    return List.of(ClientAuthenticationMethod.values());
  }

  /**
   * Authenticates. Blocks.
   *
   * @param authorization the values of every {@code Authorization} header
   */
  public Result<RegisteredClient, ClientRefusal> authenticate(
      List<String> authorization, Parameters parameters) {
    boolean byHeader = !authorization.isEmpty();
    return switch (ClientCredentials.parse(authorization, parameters)) {
      case Result.Ok(ClientCredentials credentials) -> {
        Optional<RegisteredClient> client = clients.find(credentials.client());
        yield client.isEmpty()
            ? refused(ClientRefusal.Reason.UNKNOWN, byHeader)
            : decide(client.get(), credentials);
      }
      case Result.Refused(ClientCredentials.Refusal refusal) -> refused(reason(refusal), byHeader);
    };
  }

  static Result<RegisteredClient, ClientRefusal> decide(
      RegisteredClient client, ClientCredentials credentials) {
    return switch (credentials) {
      case ClientCredentials.Named _ ->
          client.metadata().isPublic()
              ? Result.ok(client)
              : refused(ClientRefusal.Reason.WRONG_METHOD, false);
      case ClientCredentials.Basic(_, Secret secret) -> compare(client, secret, true);
      case ClientCredentials.Posted(_, Secret secret) -> compare(client, secret, false);
    };
  }

  private static Result<RegisteredClient, ClientRefusal> compare(
      RegisteredClient client, Secret presented, boolean byHeader) {
    SecretHash secret = client.secret();
    if (client.metadata().isPublic() || secret == null) {
      return refused(ClientRefusal.Reason.WRONG_METHOD, byHeader);
    }
    return secret.equals(SecretHash.of(presented.reveal()))
        ? Result.ok(client)
        : refused(ClientRefusal.Reason.WRONG_SECRET, byHeader);
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
