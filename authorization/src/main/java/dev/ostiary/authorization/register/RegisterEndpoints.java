package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.PrivateUseSchemes;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;
import java.util.List;

/** How clients register themselves, and look after their registration. */
public final class RegisterEndpoints {
  private RegisterEndpoints() {}

  /**
   * Both endpoints, or none if nobody may register.
   *
   * @param methods how clients can authenticate
   * @param schemes that they can be redirected to
   */
  public static List<Endpoint> of(
      Issuer issuer,
      RegistrationPolicy policy,
      List<ClientAuthenticationMethod> methods,
      PrivateUseSchemes schemes,
      ClientStore clients,
      Grants grants,
      SecretSource source,
      AuditLog audit,
      InstantSource time) {
    if (!policy.enabled()) {
      return List.of();
    }
    Registration registration = new Registration(methods, schemes);
    ClientSecrets secrets = new ClientSecrets(source);
    return List.of(
        new RegisterEndpoint(issuer, policy, registration, clients, secrets, audit, time),
        new ClientConfigurationEndpoint(
            issuer,
            clients,
            new ClientUpdate(registration, secrets),
            ClientRemoval.of(clients, grants, audit),
            audit,
            time));
  }
}
