package dev.ostiary.authorization;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.token.Introspectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clients an authorization server has, and how they come to be known.
 *
 * @param registration who may register a client
 * @param configured those that are known beforehand, each by another id
 * @param assertions whether and how clients may prove themselves with a key
 * @param documents whose metadata documents are read; null if clients cannot be named by URLs
 * @param introspectors those that are resource servers
 */
public record ClientSettings(
    RegistrationPolicy registration,
    List<ConfiguredClient> configured,
    AssertionPolicy assertions,
    @Nullable DocumentPolicy documents,
    Introspectors introspectors) {
  public ClientSettings {
    configured = List.copyOf(configured);
  }

  /** No client is a resource server. */
  public ClientSettings(
      RegistrationPolicy registration,
      List<ConfiguredClient> configured,
      AssertionPolicy assertions,
      @Nullable DocumentPolicy documents) {
    this(registration, configured, assertions, documents, Introspectors.NONE);
  }

  /** Nothing but registration. */
  public static ClientSettings of(RegistrationPolicy registration) {
    return new ClientSettings(registration, List.of(), AssertionPolicy.DEFAULTS, null);
  }

  /** Schemes that clients can be redirected to which are not configured. */
  PrivateUseSchemes schemes() {
    return PrivateUseSchemes.DEFAULTS.and(registration.redirectSchemes());
  }
}
