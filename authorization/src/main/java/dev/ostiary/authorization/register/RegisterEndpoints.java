package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** How clients register themselves, and look after their registration. */
public final class RegisterEndpoints {
  private RegisterEndpoints() {}

  /** Both endpoints, or none if nobody may register. */
  public static List<Endpoint> of(
      Issuer issuer,
      RegistrationPolicy policy,
      ClientStore clients,
      Grants grants,
      SecretSource source,
      AuditLog audit,
      InstantSource time) {
    if (!policy.isOn()) {
      return List.of();
    }
    ClientSecrets secrets = new ClientSecrets(source);
    return List.of(
        new RegisterEndpoint(issuer, policy, clients, secrets, audit, time),
        new RegistrationEndpoint(
            issuer,
            clients,
            new Replacement(secrets),
            Removal.of(clients, grants, audit),
            audit,
            time));
  }
}
