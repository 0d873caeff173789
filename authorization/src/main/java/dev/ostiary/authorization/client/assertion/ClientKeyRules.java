package dev.ostiary.authorization.client.assertion;

import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientKeys;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the keys of a client must be like to prove itself with, however it makes them known. */
public final class ClientKeyRules {
  private ClientKeyRules() {}

  /** The keys of a client that says that it authenticates by {@code private_key_jwt}. */
  public static Result<ClientKeys, KeyRefusal> decide(RegistrationRequest.Keys keys) {
    @Nullable String algorithm = keys.signingAlgorithm();
    if (algorithm != null && AssertionAlgorithm.parse(algorithm).isEmpty()) {
      return Result.refused(KeyRefusal.UNKNOWN_ALGORITHM);
    }
    return source(keys).map(source -> new ClientKeys(source, algorithm));
  }

  /** Whether keys that need not be used contradict each other (RFC 7591 §2). */
  public static Optional<KeyRefusal> contradiction(RegistrationRequest.Keys keys) {
    return keys.jwks() != null && keys.jwksUri() != null
        ? Optional.of(KeyRefusal.TWO_SOURCES)
        : Optional.empty();
  }

  /** Checks keys that were not registered but written down. */
  public static Optional<KeyRefusal> check(ClientKeys keys) {
    var said =
        switch (keys.source()) {
          case ClientKeys.Inline(String jwks) ->
              new RegistrationRequest.Keys(jwks, null, keys.signingAlgorithm());
          case ClientKeys.At(URI uri) ->
              new RegistrationRequest.Keys(null, uri.toString(), keys.signingAlgorithm());
        };
    return decide(said) instanceof Result.Refused(KeyRefusal refusal)
        ? Optional.of(refusal)
        : Optional.empty();
  }

  private static Result<ClientKeys.Source, KeyRefusal> source(RegistrationRequest.Keys keys) {
    String jwks = keys.jwks();
    String jwksUri = keys.jwksUri();
    if (jwks != null && jwksUri != null) {
      return Result.refused(KeyRefusal.TWO_SOURCES);
    }
    if (jwks != null) {
      return ClientKeySet.parse(jwks)
          .then(
              set ->
                  set.isEmpty()
                      ? Result.refused(KeyRefusal.NO_USABLE_KEY)
                      : Result.ok(new ClientKeys.Inline(jwks)));
    }
    return jwksUri == null ? Result.refused(KeyRefusal.NO_KEYS) : address(jwksUri);
  }

  private static Result<ClientKeys.Source, KeyRefusal> address(String text) {
    try {
      URI uri = new URI(text);
      boolean good =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null;
      return good ? Result.ok(new ClientKeys.At(uri)) : Result.refused(KeyRefusal.BAD_ADDRESS);
    } catch (URISyntaxException malformed) {
      return Result.refused(KeyRefusal.BAD_ADDRESS);
    }
  }
}
