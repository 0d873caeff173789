package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** How clients register themselves. Whoever does not want that leaves these endpoints out. */
public final class RegisterEndpoints {
  private RegisterEndpoints() {}

  public static List<Endpoint> of(
      Issuer issuer,
      ClientStore clients,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    return List.of(new RegisterEndpoint(issuer.path(), clients, secrets, audit, time));
  }
}
