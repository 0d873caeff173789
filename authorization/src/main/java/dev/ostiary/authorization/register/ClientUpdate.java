package dev.ostiary.authorization.register;

import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.protocol.registration.RegistrationUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is after it was replaced (RFC 7592 §2.2). All of its metadata is as in a first
 * registration. Its secret stays while it has use for one; a client that comes to need one gets it,
 * and a client that becomes public, or proves itself with a key from now on, loses it.
 */
final class ClientUpdate {
  private final Registration registration;
  private final ClientSecrets secrets;

  ClientUpdate(Registration registration, ClientSecrets secrets) {
    this.registration = registration;
    this.secrets = secrets;
  }

  /**
   * The client as it is from now on.
   *
   * @param told a new secret, or the one that the client has just shown to know; else null
   * @param dropped what is wrong with each of its redirect URIs that it does not get
   */
  record Replaced(RegisteredClient client, @Nullable Secret told, List<String> dropped) {}

  Result<Replaced, RegistrationRefusal> decide(RegisteredClient before, RegistrationUpdate update) {
    if (!update.client().equals(before.id())) {
      return Result.refused(new RegistrationRefusal.OtherClient());
    }
    Secret shown = update.clientSecret();
    if (shown != null && !SecretHash.of(shown.reveal()).equals(before.secret())) {
      return Result.refused(new RegistrationRefusal.OtherSecret());
    }
    return registration.decide(update.metadata()).map(after -> replace(before, after, shown));
  }

  private Replaced replace(
      RegisteredClient before, Registration.Decided decided, @Nullable Secret shown) {
    ClientMetadata after = decided.metadata();
    List<String> dropped = decided.dropped();
    if (!after.hasSecret()) {
      return new Replaced(with(before, null, after), null, dropped);
    }
    if (before.secret() != null) {
      return new Replaced(with(before, before.secret(), after), shown, dropped);
    }
    Secret fresh = secrets.clientSecret();
    return new Replaced(with(before, SecretHash.of(fresh.reveal()), after), fresh, dropped);
  }

  private static RegisteredClient with(
      RegisteredClient client, @Nullable SecretHash secret, ClientMetadata metadata) {
    return new RegisteredClient(
        client.id(),
        client.kind(),
        secret,
        client.registrationToken(),
        metadata,
        client.registeredAt());
  }
}
