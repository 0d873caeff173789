package dev.ostiary.authorization.register;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.protocol.ClientMetadata;
import dev.ostiary.protocol.RegistrationUpdate;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a client is after it was replaced (RFC 7592 §2.2). All of its metadata is as in a first
 * registration. Its secret stays while it has use for one; a client that comes to need one gets it,
 * and a client that becomes public, or proves itself with a key from now on, loses it.
 */
final class Replacement {
  private final Registration registration;
  private final ClientSecrets secrets;

  Replacement(Registration registration, ClientSecrets secrets) {
    this.registration = registration;
    this.secrets = secrets;
  }

  /**
   * The client as it is from now on.
   *
   * @param told a new secret, or the one that the client has just shown to know; else null
   */
  record Replaced(RegisteredClient client, @Nullable Secret told) {}

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

  private Replaced replace(RegisteredClient before, ClientMetadata after, @Nullable Secret shown) {
    if (!after.hasSecret()) {
      return new Replaced(with(before, null, after), null);
    }
    if (before.secret() != null) {
      return new Replaced(with(before, before.secret(), after), shown);
    }
    Secret fresh = secrets.clientSecret();
    return new Replaced(with(before, SecretHash.of(fresh.reveal()), after), fresh);
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
