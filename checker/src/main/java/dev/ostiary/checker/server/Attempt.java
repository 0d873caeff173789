package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Form;
import dev.ostiary.protocol.CodeVerifier;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that is about to be made.
 *
 * @param parameters of the request, as they may still be changed
 */
public record Attempt(Client client, Form parameters, CodeVerifier verifier, String state) {
  /** The request as a client with nothing wrong makes it. */
  static Attempt of(
      Client client, @Nullable String resource, @Nullable String scope, SecureRandom random) {
    CodeVerifier verifier = new CodeVerifier(chance(random, 32));
    // Characters that a careless server would decode or drop.
    String state = chance(random, 12) + "~+/= %";
    Form form =
        Form.of(
                "response_type",
                "code",
                "client_id",
                client.id(),
                "redirect_uri",
                client.redirectUri(),
                "state",
                state,
                "code_challenge",
                verifier.challenge().value(),
                "code_challenge_method",
                "S256")
            .andIf("resource", resource)
            .andIf("scope", scope);
    return new Attempt(client, form, verifier, state);
  }

  /** The same request with another parameter; null leaves it out. */
  public Attempt with(String name, @Nullable String value) {
    return new Attempt(client, parameters.replace(name, value), verifier, state);
  }

  /** The same request with one parameter more, which may be there already. */
  public Attempt and(String name, String value) {
    return new Attempt(client, parameters.and(name, value), verifier, state);
  }

  static String chance(SecureRandom random, int octets) {
    byte[] bytes = new byte[octets];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Nothing of the verifier. */
  @Override
  public String toString() {
    return "authorization request of " + client;
  }
}
