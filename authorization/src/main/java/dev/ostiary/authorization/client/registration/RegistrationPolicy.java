package dev.ostiary.authorization.client.registration;

import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether clients may register themselves (RFC 7591 §1.3).
 *
 * @param enabled whether there is a registration endpoint; without it, those that registered before
 *     go on
 * @param initialAccessToken what a client has to bring in order to register (RFC 7591 §1.2); null
 *     if any client may, since its user still has to consent and sign in
 * @param unusedClientLifetime how long a client that registered itself is kept if it is not used
 * @param redirectSchemes private-use schemes without a dot that clients may be redirected to,
 *     beside those of known clients; metadata documents may have them, too
 */
public record RegistrationPolicy(
    boolean enabled,
    @Nullable Secret initialAccessToken,
    Duration unusedClientLifetime,
    List<String> redirectSchemes) {
  public static final RegistrationPolicy OPEN =
      new RegistrationPolicy(true, null, Duration.ofDays(30), List.of());

  public static final RegistrationPolicy OFF =
      new RegistrationPolicy(false, null, OPEN.unusedClientLifetime(), List.of());

  public RegistrationPolicy {
    redirectSchemes = List.copyOf(redirectSchemes);
  }

  /** Only for those who have this token. */
  public static RegistrationPolicy withInitialAccessToken(Secret token) {
    return new RegistrationPolicy(true, token, OPEN.unusedClientLifetime(), List.of());
  }
}
