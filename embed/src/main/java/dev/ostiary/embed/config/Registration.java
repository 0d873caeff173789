package dev.ostiary.embed.config;

import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether clients may register themselves (RFC 7591).
 *
 * @param enabled whether there is a registration endpoint; without it, those that registered before
 *     go on
 * @param initialAccessToken what a client has to bring in order to register; null if anybody's may,
 *     since a person still has to consent to it and sign in
 * @param unusedClientLifetime how long a client that registered itself is known if nobody uses it
 * @param redirectSchemes private-use schemes without a dot that clients may be redirected to,
 *     beside those of known clients; metadata documents may have them, too
 */
public record Registration(
    boolean enabled,
    @Nullable Secret initialAccessToken,
    Duration unusedClientLifetime,
    List<String> redirectSchemes) {
  public static final Registration ENABLED =
      new Registration(true, null, Lifetimes.DEFAULTS.unusedClient(), List.of());

  public static final Registration DISABLED =
      new Registration(false, null, Lifetimes.DEFAULTS.unusedClient(), List.of());

  public Registration {
    redirectSchemes = List.copyOf(redirectSchemes);
  }

  /** Only for those who have this token. */
  public static Registration withInitialAccessToken(Secret token) {
    return new Registration(true, token, Lifetimes.DEFAULTS.unusedClient(), List.of());
  }
}
