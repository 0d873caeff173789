package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.ClientKeyRules;
import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.NamingRules;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of the clients that are registered beforehand. */
final class ClientRules {
  private final List<Problem> problems = new ArrayList<>();

  private ClientRules() {}

  static List<Problem> check(Map<String, ClientEntry> clients) {
    ClientRules rules = new ClientRules();
    clients.forEach(rules::check);
    return rules.problems;
  }

  private void check(String id, ClientEntry client) {
    String key = "clients." + id;
    NamingRules.problemOfId(id)
        .ifPresent(what -> add(key, null, what, "It is the client_id that the client sends."));
    NamingRules.problemOfName(client.name())
        .ifPresent(
            what -> add(key + ".name", client.name(), what, "People read it when they consent."));
    if (client.redirectUris().isEmpty()) {
      add(
          key + ".redirect-uris",
          null,
          "must not be empty",
          "Write where the client waits for its user, such as [https://app.example.com/callback].");
    }
    client.redirectUris().forEach(uri -> checkRedirect(key, uri));
    checkMethod(key, client);
    checkKeys(key, client);
  }

  private void checkRedirect(String key, String uri) {
    if (RedirectRules.check(uri) instanceof Result.Refused(RedirectRules.Refusal refusal)) {
      add(
          key + ".redirect-uris",
          uri,
          refusal.text(),
          "Write https, http on this machine (http://127.0.0.1/callback, any port goes), or a"
              + " scheme of the client's own.");
    }
  }

  private void checkMethod(String key, ClientEntry client) {
    boolean needsSecret =
        switch (client.method()) {
          case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> true;
          case NONE, PRIVATE_KEY_JWT -> false;
        };
    if (!needsSecret && client.secret() != null) {
      add(
          key + ".token-endpoint-auth-method",
          client.method().toWire(),
          "does not go with a secret",
          "Leave one of the two out.");
    }
    if (needsSecret && client.secret() == null) {
      add(
          key + ".token-endpoint-auth-method",
          client.method().toWire(),
          "needs a secret",
          "Give the client a secret, or leave the method out for a client without one.");
    }
  }

  private void checkKeys(String key, ClientEntry client) {
    String place = key + (client.keys().jwks() == null ? ".jwks-uri" : ".jwks");
    if (client.method() != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
      if (!client.keys().equals(RegistrationRequest.Keys.NONE)) {
        add(
            place,
            null,
            "is of no use to this client",
            "Leave it out, or write token-endpoint-auth-method: private_key_jwt.");
      }
    } else if (ClientKeyRules.decide(client.keys()) instanceof Result.Refused(KeyRefusal refusal)) {
      add(
          place,
          null,
          "cannot be used: " + refusal.text(),
          "Give the client a jwks or a jwks-uri with its public keys.");
    }
  }

  private void add(String key, @Nullable String value, String what, String remedy) {
    problems.add(new Problem(key, value, what, remedy));
  }
}
