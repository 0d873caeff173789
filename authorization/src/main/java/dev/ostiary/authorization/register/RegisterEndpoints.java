package dev.ostiary.authorization.register;

import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.util.List;

/** How clients register themselves, and look after their registration. */
public final class RegisterEndpoints {
  private RegisterEndpoints() {}

  /** Both endpoints, or none if registration is off. */
  public static List<Endpoint> of(Issuer issuer, RegisterDependencies with) {
    return with.policy().enabled()
        ? List.of(new RegisterEndpoint(issuer, with), new ClientConfigurationEndpoint(issuer, with))
        : List.of();
  }
}
