package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Secret;

/**
 * What a client is given when it is registered. Each begins so that scanners for lost secrets know.
 */
public final class ClientSecrets {
  /** No identifier of ours begins with https://, so that one that does is a document's address. */
  private static final String CLIENT_ID = "oc_";

  private static final String CLIENT_SECRET = "ocs_";
  private static final String REGISTRATION_ACCESS_TOKEN = "ora_";

  private final SecretSource source;

  public ClientSecrets(SecretSource source) {
    this.source = source;
  }

  public ClientId clientId() {
    return new ClientId(CLIENT_ID + source.id());
  }

  public Secret clientSecret() {
    return new Secret(source.next(CLIENT_SECRET));
  }

  public Secret registrationAccessToken() {
    return new Secret(source.next(REGISTRATION_ACCESS_TOKEN));
  }
}
