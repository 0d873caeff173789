package dev.ostiary.authorization.register;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Secret;

/** What a client is given when it registers. Each begins so that scanners for lost secrets know. */
final class ClientSecrets {
  /** No identifier of ours begins with https://, so that one that does is a document's address. */
  private static final String CLIENT_ID = "oc_";

  private static final String CLIENT_SECRET = "ocs_";
  private static final String REGISTRATION_ACCESS_TOKEN = "ora_";

  private final SecretSource source;

  ClientSecrets(SecretSource source) {
    this.source = source;
  }

  ClientId clientId() {
    return new ClientId(CLIENT_ID + source.id());
  }

  Secret clientSecret() {
    return new Secret(source.next(CLIENT_SECRET));
  }

  Secret registrationAccessToken() {
    return new Secret(source.next(REGISTRATION_ACCESS_TOKEN));
  }
}
