package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.ClientKeyRules;
import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.NamingRules;
import dev.ostiary.config.Problems;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.util.List;
import java.util.Map;

/** What must hold of the clients that are registered beforehand. */
final class ClientRules {
  static final String REDIRECTS =
      "Write where the client waits for its user, such as [https://app.example.com/callback].";

  private ClientRules() {}

  static void checkIds(Map<String, ClientEntry> clients, Problems problems) {
    clients
        .keySet()
        .forEach(
            id ->
                NamingRules.problemOfId(id)
                    .ifPresent(
                        what ->
                            problems
                                .in(id)
                                .add(null, what, "It is the client_id that the client sends.")));
  }

  static void checkName(String name, Problems problems) {
    NamingRules.problemOfName(name)
        .ifPresent(what -> problems.add(name, what, "People read it when they consent."));
  }

  static void checkRedirects(List<String> uris, Problems problems) {
    for (String uri : uris) {
      if (RedirectRules.check(uri) instanceof Result.Refused(RedirectRules.Refusal refusal)) {
        problems.add(
            uri,
            refusal.text(),
            "Write https, http on this machine (http://127.0.0.1/callback, any port goes), or a"
                + " scheme of the client's own.");
      }
    }
  }

  /** What has to fit together. */
  static void check(ClientEntry client, Problems problems) {
    if (client.redirectUris().isEmpty()
        && client.introspects().isEmpty()
        && !problems.isFaulty("redirect-uris")) {
      problems.add("redirect-uris", null, "is missing or empty", REDIRECTS);
    }
    if (!client.introspects().isEmpty() && client.method() == ClientAuthenticationMethod.NONE) {
      problems.add(
          "introspects",
          null,
          "is for clients that prove themselves",
          "Give the client a secret, jwks or jwks-uri.");
    }
    if (!problems.isFaulty("secret")) {
      checkMethod(client, problems);
    }
    checkKeys(client, problems);
  }

  private static void checkMethod(ClientEntry client, Problems problems) {
    boolean needsSecret =
        switch (client.method()) {
          case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> true;
          case NONE, PRIVATE_KEY_JWT -> false;
        };
    if (!needsSecret && client.secret() != null) {
      problems.add(
          "token-endpoint-auth-method",
          client.method().toWire(),
          "does not go with a secret",
          "Leave one of the two out.");
    }
    if (needsSecret && client.secret() == null) {
      problems.add(
          "token-endpoint-auth-method",
          client.method().toWire(),
          "needs a secret",
          "Give the client a secret, or leave the method out for a client without one.");
    }
  }

  private static void checkKeys(ClientEntry client, Problems problems) {
    String place = client.keys().jwks() == null ? "jwks-uri" : "jwks";
    if (client.method() != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
      if (!client.keys().equals(RegistrationRequest.Keys.NONE)) {
        problems.add(
            place,
            null,
            "is of no use to this client",
            "Leave it out, or write token-endpoint-auth-method: private_key_jwt.");
      }
    } else if (ClientKeyRules.decide(client.keys()) instanceof Result.Refused(KeyRefusal refusal)) {
      problems.add(
          place,
          null,
          "cannot be used: " + refusal.text(),
          "Give the client a jwks or a jwks-uri with its public keys.");
    }
  }
}
