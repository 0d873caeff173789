package dev.ostiary.server.config;

import dev.ostiary.embed.config.ClientEntry;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the clients that are registered beforehand. */
final class ClientReader {
  private final Values values;
  private final List<Located> problems;

  private ClientReader(Values values, List<Located> problems) {
    this.values = values;
    this.problems = problems;
  }

  static Map<String, ClientEntry> read(Values values, List<Located> problems) {
    ClientReader reader = new ClientReader(values, problems);
    Map<String, ClientEntry> clients = new LinkedHashMap<>();
    values.names("clients").forEach(id -> clients.put(id, reader.client(id)));
    return clients;
  }

  private ClientEntry client(String id) {
    Key<Secret> secretKey = ClientKeys.CLIENT_SECRET.named(id);
    Key<ClientAuthenticationMethod> methodKey = ClientKeys.CLIENT_AUTHENTICATION_METHOD.named(id);
    Optional<Secret> secret = values.one(secretKey);
    Optional<ClientAuthenticationMethod> method = values.one(methodKey);
    RegistrationRequest.Keys keys = keys(id);
    if (values.isFaulty(secretKey.path())) {
      values.spare(methodKey);
    }
    return new ClientEntry(
        values.one(ClientKeys.CLIENT_NAME.named(id)).orElse(id),
        redirectUris(id),
        secret.orElse(null),
        method.orElseGet(() -> methodOf(secret.orElse(null), keys)),
        keys);
  }

  private static ClientAuthenticationMethod methodOf(
      @Nullable Secret secret, RegistrationRequest.Keys keys) {
    return secret == null && !keys.equals(RegistrationRequest.Keys.NONE)
        ? ClientAuthenticationMethod.PRIVATE_KEY_JWT
        : ClientEntry.methodOf(secret);
  }

  private RegistrationRequest.Keys keys(String id) {
    return new RegistrationRequest.Keys(
        values.one(ClientKeys.CLIENT_JWKS.named(id)).orElse(null),
        values.one(ClientKeys.CLIENT_JWKS_URI.named(id)).orElse(null),
        null);
  }

  private List<String> redirectUris(String id) {
    Key<String> key = ClientKeys.CLIENT_REDIRECT_URIS.named(id);
    List<String> uris = values.all(key);
    if (values.find(key.path()) == null) {
      values.spare(key);
      problems.add(
          new Located(
              values.line("clients." + id),
              new Problem(
                  key.path(),
                  null,
                  "is missing",
                  "Write where the client waits for its user, such as"
                      + " [https://app.example.com/callback].")));
    }
    return uris;
  }
}
