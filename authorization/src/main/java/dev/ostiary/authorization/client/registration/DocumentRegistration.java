package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientDocument;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.List;

/** What a metadata document comes to: a client that publishes what others register. */
public final class DocumentRegistration {
  private final List<ClientAuthenticationMethod> methods;
  private final Registration registration;

  /**
   * @param keys whether a client may prove itself with a key
   * @param schemes that a client can be redirected to
   */
  public DocumentRegistration(boolean keys, PrivateUseSchemes schemes) {
    methods =
        keys
            ? List.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.PRIVATE_KEY_JWT)
            : List.of(ClientAuthenticationMethod.NONE);
    registration = new Registration(methods, schemes);
  }

  /**
   * The client, as one that registers the same. Of the ways to authenticate that it names, it uses
   * the first that exists here.
   */
  public Result<ClientMetadata, RegistrationRefusal> decide(ClientDocument document) {
    return switch (registration.decide(request(document))) {
      case Result.Ok(Registration.Decided decided) -> Result.ok(decided.metadata());
      case Result.Refused(RegistrationRefusal refusal) -> Result.refused(refusal);
    };
  }

  private RegistrationRequest request(ClientDocument document) {
    String method =
        document.methods().stream()
            .filter(this::exists)
            .findFirst()
            .or(() -> document.methods().stream().findFirst())
            .orElse(ClientAuthenticationMethod.NONE.toWire());
    return document.metadata().withMethod(method);
  }

  private boolean exists(String method) {
    return ClientAuthenticationMethod.parse(method).filter(methods::contains).isPresent();
  }
}
