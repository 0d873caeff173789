package dev.ostiary.server.config;

import dev.ostiary.embed.config.ClientEntry;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The keys about clients and how they come to be known, in the order of the reference page. */
final class ClientKeys {
  static final Key<Boolean> REGISTRATION_ENABLED =
      Key.of(
          "registration.enabled",
          Form.SWITCH,
          config -> config.registration().enabled(),
          "Whether clients may register themselves (RFC 7591). Switched off, only those go on that"
              + " registered before.");

  static final Key<Secret> INITIAL_ACCESS_TOKEN =
      Key.<Secret>ofEach(
              "registration.initial-access-token",
              Form.SECRET,
              config -> Stream.ofNullable(config.registration().initialAccessToken()).toList(),
              "What a client has to bring in order to register, as a bearer token (RFC 7591 §1.2).")
          .otherwise("anybody's client may register");

  static final Key<Duration> UNUSED_CLIENT_LIFETIME =
      Key.of(
          "registration.unused-client-lifetime",
          Form.TIME,
          config -> config.registration().unusedClientLifetime(),
          "How long a client that registered itself is known if nobody uses it and it has no"
              + " grant.");

  static final Key<String> REDIRECT_SCHEMES =
      Key.listOf(
          "registration.redirect-schemes",
          Form.TEXT,
          config -> config.registration().redirectSchemes(),
          "Private-use schemes without a dot that a client which registers itself, or has a"
              + " metadata document, may be redirected to, beside those of known clients:"
              + " `acme-editor`. Schemes that are a domain name in reverse may be used anyway.");

  static final Key<String> CLIENT_NAME =
      Key.ofEach(
              "clients.*.name",
              Form.TEXT,
              config -> config.clients().values().stream().map(ClientEntry::name).toList(),
              "What people read on the consent page. `NAME` is the client id.")
          .otherwise("the client id");

  static final Key<String> CLIENT_REDIRECT_URIS =
      Key.listOf(
              "clients.*.redirect-uris",
              Form.TEXT,
              config ->
                  config.clients().values().stream()
                      .flatMap(client -> client.redirectUris().stream())
                      .toList(),
              "Where it may have its users sent back to: exactly these, but with any port on a"
                  + " loopback host.")
          .otherwise("needed");

  static final Key<Secret> CLIENT_SECRET =
      Key.<Secret>ofEach(
              "clients.*.secret",
              Form.SECRET,
              config ->
                  config.clients().values().stream()
                      .flatMap(client -> Stream.ofNullable(client.secret()))
                      .toList(),
              "What it proves itself with at the token endpoint.")
          .otherwise("a public client, which has none");

  static final Key<ClientAuthenticationMethod> CLIENT_AUTHENTICATION_METHOD =
      Key.ofEach(
              "clients.*.token-endpoint-auth-method",
              Form.AUTHENTICATION_METHOD,
              config -> config.clients().values().stream().map(ClientEntry::method).toList(),
              "How it does (RFC 7591 §2). A secret may come in the header or in the form in any"
                  + " case.")
          .otherwise(
              "`client_secret_basic` with a secret, `private_key_jwt` with keys, else `none`");

  static final Key<String> CLIENT_JWKS =
      Key.<String>ofEach(
              "clients.*.jwks",
              Form.JWK_SET,
              config ->
                  config.clients().values().stream()
                      .flatMap(client -> Stream.ofNullable(client.keys().jwks()))
                      .toList(),
              "The public keys of a client that proves itself with a key (`private_key_jwt`).")
          .otherwise("none, or those at `jwks-uri`");

  static final Key<String> CLIENT_JWKS_URI =
      Key.<String>ofEach(
              "clients.*.jwks-uri",
              Form.TEXT,
              config ->
                  config.clients().values().stream()
                      .flatMap(client -> Stream.ofNullable(client.keys().jwksUri()))
                      .toList(),
              "An https address on the public internet at which they are, so that the client can"
                  + " change them.")
          .otherwise("none, or those in `jwks`");

  static final Key<Boolean> CLIENT_ASSERTIONS_ENABLED =
      Key.of(
          "client-assertions.enabled",
          Form.SWITCH,
          config -> config.clientAssertions().enabled(),
          "Whether clients may prove themselves with a key of their own (`private_key_jwt`, RFC"
              + " 7523). Switched off, those that registered a key get no tokens any more.");

  static final Key<Boolean> CLIENT_ASSERTIONS_ENDPOINT_AUDIENCE =
      Key.of(
          "client-assertions.endpoint-audience",
          Form.SWITCH,
          config -> config.clientAssertions().endpointAudience(),
          "Whether the `aud` of what they sign may also be the URL of the token endpoint, or of the"
              + " endpoint it is sent to, as many clients have it; the revision of RFC 7523 allows"
              + " the issuer alone.");

  static final List<Key<?>> ALL =
      List.of(
          REGISTRATION_ENABLED,
          INITIAL_ACCESS_TOKEN,
          UNUSED_CLIENT_LIFETIME,
          REDIRECT_SCHEMES,
          CLIENT_NAME,
          CLIENT_REDIRECT_URIS,
          CLIENT_SECRET,
          CLIENT_AUTHENTICATION_METHOD,
          CLIENT_JWKS,
          CLIENT_JWKS_URI,
          CLIENT_ASSERTIONS_ENABLED,
          CLIENT_ASSERTIONS_ENDPOINT_AUDIENCE);

  private ClientKeys() {}
}
