package dev.ostiary.server.config;

import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.AddressRange;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every key there is, in the order of the reference page. */
final class Keys {
  static final Key<Issuer> URL =
      Key.of(
          "url",
          Form.URL,
          OstiaryConfig::url,
          "The public address: what clients connect to, and the issuer of every token, byte for"
              + " byte. https, or http on a loopback host, and then the program listens there.");

  static final Key<Listen> LISTEN =
      Key.of(
              "listen",
              Form.LISTEN,
              OstiaryConfig::listen,
              "Where the program listens, in plain http: for a proxy in front, or in a container.")
          .otherwise("host and port of a loopback `url`; `127.0.0.1:8080` beside any other");

  static final Key<Listen> ADMIN_LISTEN =
      Key.<Listen>ofEach(
              "admin.listen",
              Form.LISTEN,
              config -> Stream.ofNullable(config.admin().listen()).toList(),
              "Where `/metrics` is, in plain http and for everybody who can reach it: keep it on"
                  + " a loopback host, such as `127.0.0.1:9464`, or in a network of your own.")
          .otherwise("no metrics");

  static final Key<String> ADMIN_HOSTS =
      Key.listOf(
          "admin.hosts",
          Form.TEXT,
          config -> config.admin().hosts(),
          "Host names by which `/metrics` is asked for, without ports: `ostiary.monitoring.svc`."
              + " IP addresses and loopback names are answered anyway, and nothing else is: a web"
              + " page in a browser of that network could read it by a name of its own.");

  static final Key<Path> DATA =
      Key.of(
          "data",
          Form.DIRECTORY,
          OstiaryConfig::data,
          "Where everything is kept: the database, the master key, the audit stream.");

  static final Key<URI> GITHUB_BASE_URL =
      Key.of(
          "sign-in.github.base-url",
          Form.ADDRESS,
          config -> config.signIn().github().baseUrl(),
          "The GitHub to sign in at: github.com, `https://NAME.ghe.com`, or a GitHub Enterprise"
              + " Server.");

  static final Key<String> GITHUB_CLIENT_ID =
      Key.of(
              "sign-in.github.client-id",
              Form.TEXT,
              config -> config.signIn().github().clientId(),
              "The client ID of the OAuth App or GitHub App.")
          .otherwise("the variable `GITHUB_CLIENT_ID`");

  static final Key<Secret> GITHUB_CLIENT_SECRET =
      Key.of(
              "sign-in.github.client-secret",
              Form.SECRET,
              config -> config.signIn().github().clientSecret(),
              "A client secret of the same app.")
          .otherwise("the variable `GITHUB_CLIENT_SECRET`");

  static final Key<String> GITHUB_ALLOW_USERS =
      Key.listOf(
              "sign-in.github.allow.users",
              Form.TEXT,
              config -> config.signIn().github().allow().users(),
              "Who may sign in: login names, each of which stands for the account that has it when"
                  + " it is first seen, or `id:583231` for an account by its number.")
          .otherwise("anybody with a GitHub account, unless there are `organizations`");

  static final Key<String> GITHUB_ALLOW_ORGANIZATIONS =
      Key.listOf(
              "sign-in.github.allow.organizations",
              Form.TEXT,
              config -> config.signIn().github().allow().organizations(),
              "Organizations whose members may sign in.")
          .otherwise("anybody with a GitHub account, unless there are `users`");

  static final Key<Duration> ACCESS_TOKEN_LIFETIME =
      Key.of(
          "tokens.access-token-lifetime",
          Form.TIME,
          config -> config.tokens().accessTokenLifetime(),
          "How long an access token is good.");

  static final Key<Duration> REFRESH_TOKEN_LIFETIME =
      Key.of(
          "tokens.refresh-token-lifetime",
          Form.TIME,
          config -> config.tokens().refreshTokenLifetime(),
          "How long a client may stay away: the life of a refresh token that nobody uses.");

  static final Key<Duration> REFRESH_TOKEN_GRACE =
      Key.of(
          "tokens.refresh-token-grace",
          Form.TIME,
          config -> config.tokens().refreshTokenGrace(),
          "How long a refresh token that is sent again gets the same successor again.");

  static final Key<Duration> GRANT_LIFETIME =
      Key.of(
          "tokens.grant-lifetime",
          Form.TIME,
          config -> config.tokens().grantLifetime(),
          "When the user has to sign in again, however active the client is.");

  static final Key<Duration> CODE_LIFETIME =
      Key.of(
          "tokens.code-lifetime",
          Form.TIME,
          config -> config.tokens().codeLifetime(),
          "How long an authorization code waits to be exchanged.");

  static final Key<SigningAlgorithm> SIGNING_ALGORITHM =
      Key.of(
          "tokens.signing-algorithm",
          Form.ALGORITHM,
          config -> config.tokens().signingAlgorithm(),
          "How access tokens are signed (RFC 7518). RS256 is for protected resources that know"
              + " nothing else.");

  static final Key<Boolean> CONSENT_REMEMBER =
      Key.of(
          "consent.remember",
          Form.SWITCH,
          config -> config.consent().remember(),
          "Whether people who have signed in are spared the consent page for what they have"
              + " approved before: the same client at the same web site, server, and no more"
              + " scopes. Programs on their own device are always asked for.");
  static final Key<Duration> CONSENT_REMEMBER_FOR =
      Key.of(
          "consent.remember-for",
          Form.TIME,
          config -> config.consent().rememberFor(),
          "How long an approval stands, where it is remembered.");
  static final Key<Limit> REGISTRATION_LIMIT =
      Key.of(
          "limits.registration",
          Form.LIMIT,
          config -> config.limits().registration(),
          "Registrations from one address.");

  static final Key<Limit> AUTHORIZATION_LIMIT =
      Key.of(
          "limits.authorization",
          Form.LIMIT,
          config -> config.limits().authorization(),
          "Visits to the authorization endpoint from one address.");

  static final Key<Limit> TOKEN_LIMIT =
      Key.of(
          "limits.token",
          Form.LIMIT,
          config -> config.limits().token(),
          "Token requests for one grant. Clients refresh in parallel: leave them room.");

  static final Key<Limit> REFUSAL_LIMIT =
      Key.of(
          "limits.refusal",
          Form.LIMIT,
          config -> config.limits().refusal(),
          "Refused token requests from one address that belong to no grant.");

  static final Key<Limit> ADDRESS_SECRETS_LIMIT =
      Key.of(
          "limits.failed-secrets-of-address",
          Form.LIMIT,
          config -> config.limits().failedSecretsOfAddress(),
          "Wrong client secrets from one address.");

  static final Key<Limit> CLIENT_SECRETS_LIMIT =
      Key.of(
          "limits.failed-secrets-of-client",
          Form.LIMIT,
          config -> config.limits().failedSecretsOfClient(),
          "Wrong secrets of one client, from everywhere.");

  static final Key<AddressRange> TRUSTED_PROXIES =
      Key.listOf(
          "trusted-proxies",
          Form.ADDRESS_RANGE,
          OstiaryConfig::trustedProxies,
          "Where proxies are that say truly, in `Forwarded` or `X-Forwarded-For`, who called them;"
              + " limits count by that address. From anybody else these headers are ignored.");

  static final Key<String> ALLOWED_ORIGINS =
      Key.listOf(
          "allowed-origins",
          Form.TEXT,
          OstiaryConfig::allowedOrigins,
          "Origins of web pages whose scripts may call the MCP servers, beside our own; on a"
              + " loopback `url`, those of this machine may anyway.");

  static final List<Key<?>> ALL =
      Stream.of(
              List.<Key<?>>of(
                  URL,
                  LISTEN,
                  ADMIN_LISTEN,
                  ADMIN_HOSTS,
                  DATA,
                  GITHUB_CLIENT_ID,
                  GITHUB_CLIENT_SECRET,
                  GITHUB_BASE_URL,
                  GITHUB_ALLOW_USERS,
                  GITHUB_ALLOW_ORGANIZATIONS),
              ServerKeys.ALL,
              List.<Key<?>>of(
                  ACCESS_TOKEN_LIFETIME,
                  REFRESH_TOKEN_LIFETIME,
                  REFRESH_TOKEN_GRACE,
                  GRANT_LIFETIME,
                  CODE_LIFETIME,
                  SIGNING_ALGORITHM),
              ClientKeys.ALL,
              DocumentKeys.ALL,
              List.<Key<?>>of(
                  CONSENT_REMEMBER,
                  CONSENT_REMEMBER_FOR,
                  REGISTRATION_LIMIT,
                  AUTHORIZATION_LIMIT,
                  TOKEN_LIMIT,
                  REFUSAL_LIMIT,
                  ADDRESS_SECRETS_LIMIT,
                  CLIENT_SECRETS_LIMIT,
                  TRUSTED_PROXIES,
                  ALLOWED_ORIGINS))
          .<Key<?>>flatMap(List::stream)
          .toList();

  private Keys() {}
}
