package dev.ostiary.embed.config;

import static dev.ostiary.config.Form.between;
import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;
import static dev.ostiary.config.Key.table;

import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.config.Form;
import dev.ostiary.config.Found;
import dev.ostiary.config.Key;
import dev.ostiary.config.Problem;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.embed.config.foreign.ForeignKeys;
import dev.ostiary.embed.config.foreign.SignInRow;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.embed.config.store.StoreKeys;
import dev.ostiary.protocol.Issuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key there is, in the order of the reference page. */
public final class ConfigKeys {
  /** Where everything is kept. */
  public static final Key<Path> DATA =
      key(
          "data",
          Form.DIRECTORY,
          "Where everything is kept: the database, unless `store` says otherwise, the master key,"
              + " the audit stream.");

  /** Where records are kept. */
  public static final Key<StoreEntry> STORE = table("store", StoreKeys.STORE);

  /** Where the master key is. */
  public static final Key<MasterKeyPlace> MASTER_KEY =
      key(
              "master-key",
              Forms.MASTER_KEY,
              "Where the key is that everything secret in the store is sealed with: a file,"
                  + " `file:/etc/ostiary/master.key`; a variable with 64 hexadecimal digits,"
                  + " `${OSTIARY_MASTER_KEY}`; or a key at a key management service,"
                  + " `aws-kms://arn:aws:kms:…` or `gcp-kms://projects/…`, which seals one that is"
                  + " kept in the store. Several nodes share it.")
          .otherwise("`master.key` in the data directory");

  private static final Section<Admin> ADMIN =
      Section.of(
          Admin.class,
          key(
                  "listen",
                  Forms.LISTEN,
                  "Where `/metrics` is, in plain http and for everybody who can reach it: keep it"
                      + " on a loopback host, such as `127.0.0.1:9464`, or in a network of your"
                      + " own.")
              .otherwise("no metrics"),
          list(
              "hosts",
              Form.TEXT,
              "Host names by which `/metrics` is asked for, without ports:"
                  + " `ostiary.monitoring.svc`. IP addresses and loopback names are answered"
                  + " anyway, and nothing else is: a web page in a browser of that network could"
                  + " read it by a name of its own."));

  private static final Section<Program> PROGRAM =
      Section.of(
              Program.class,
              key(
                      "listen",
                      Forms.LISTEN,
                      "Where the program listens, in plain http: for a proxy in front, or in a"
                          + " container.")
                  .otherwise(
                      "host and port of a loopback `url`; `127.0.0.1:8080` beside any other"),
              table("admin", ADMIN),
              DATA,
              STORE,
              MASTER_KEY)
          .rule(ConfigKeys::checkAdmin);

  private static final Section<Lifetimes> LIFETIMES =
      Section.of(
          Lifetimes.class,
          time(
                  "access-token-lifetime",
                  Duration.ofMinutes(1),
                  Duration.ofDays(1),
                  "A stolen access token is good until it expires; an hour is usual.",
                  "How long an access token is good.")
              .to("accessToken"),
          time(
                  "refresh-token-lifetime",
                  Duration.ofHours(1),
                  Duration.ofDays(365),
                  "It limits how long a client may be idle before its user signs in again.",
                  "Idle lifetime of a refresh token: how long it can be used after it was issued.")
              .to("refreshIdle"),
          time(
                  "refresh-token-grace",
                  Duration.ZERO,
                  Duration.ofHours(1),
                  "It forgives clients that refresh twice at once; thieves profit from more.",
                  "How long a refresh token that is sent again gets the same successor again.")
              .to("refreshGrace"),
          time(
                  "grant-lifetime",
                  Duration.ofHours(1),
                  Duration.ofDays(3650),
                  "After it, the user has to sign in again, however active the client is.",
                  "When the user has to sign in again, however active the client is.")
              .to("grant"),
          time(
                  "code-lifetime",
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(10),
                  "A code is used at once or not at all (RFC 6749 §4.1.2).",
                  "How long an authorization code waits to be exchanged.")
              .to("code"));

  private static final Section<Tokens> TOKENS =
      Section.of(
              Tokens.class,
              LIFETIMES.inline("lifetimes"),
              key(
                  "signing-algorithm",
                  Forms.ALGORITHM,
                  "How access tokens are signed (RFC 7518). RS256 is for protected resources that"
                      + " know nothing else."))
          .rule(ConfigKeys::checkOrder);

  private static final Section<Consent> CONSENT =
      Section.of(
          Consent.class,
          key(
              "remember",
              Form.SWITCH,
              "Whether people who have signed in are spared the consent page for what they have"
                  + " approved before: the same client at the same web site, server, and no more"
                  + " scopes. Programs on their own device are always asked for."),
          time(
              "remember-for",
              Duration.ofMinutes(1),
              Duration.ofDays(365),
              "To ask each time, leave consent.remember out.",
              "How long an approval stands, where it is remembered."));

  private static final Section<Limits> LIMITS =
      Section.of(
          Limits.class,
          key("registration", Forms.LIMIT, "Registrations from one address."),
          key(
              "authorization",
              Forms.LIMIT,
              "Visits to the authorization endpoint from one address."),
          key(
              "token",
              Forms.LIMIT,
              "Token requests for one grant. Clients refresh in parallel: leave them room."),
          key(
              "refusal",
              Forms.LIMIT,
              "Refused token requests from one address that belong to no grant."),
          key("failed-secrets-of-address", Forms.LIMIT, "Wrong client secrets from one address."),
          key(
              "failed-secrets-of-client",
              Forms.LIMIT,
              "Wrong secrets of one client, from everywhere."));

  /** The whole. */
  public static final Section<OstiaryConfig> ROOT =
      Section.of(
              OstiaryConfig.class,
              key(
                  "url",
                  Forms.URL,
                  "The public address: what clients connect to, and the issuer of every token, byte"
                      + " for byte. https, or http on a loopback host, and then the program listens"
                      + " there."),
              PROGRAM.inline("program"),
              new SignInRow<>(table("sign-in", new SignInShape()).always()),
              table("authorization-server", ForeignKeys.FOREIGN),
              table("servers", ServerKeys.SERVER.named()),
              table("tokens", TOKENS),
              table("registration", ClientKeys.REGISTRATION),
              table("clients", ClientKeys.CLIENT.named()).check(ClientRules::checkIds),
              table("client-assertions", ClientKeys.ASSERTIONS),
              table("metadata-documents", ClientKeys.DOCUMENTS),
              table("consent", CONSENT),
              table("limits", LIMITS),
              list(
                  "trusted-proxies",
                  Forms.ADDRESS_RANGE,
                  "Where proxies are that say truly, in `Forwarded` or `X-Forwarded-For`, who"
                      + " called them; limits count by that address. From anybody else these"
                      + " headers are ignored."),
              list(
                      "allowed-origins",
                      Form.TEXT,
                      "Origins of web pages whose scripts may call the MCP servers, beside our own;"
                          + " on a loopback `url`, those of this machine may anyway.")
                  .check((all, problems) -> all.forEach(one -> checkOrigin(one, problems))),
              key("contact", Forms.CONTACT, "How people reach the operator: error pages name it.")
                  .check(ConfigKeys::checkContact))
          .defaults(ConfigKeys::defaults)
          .rule(ConfigKeys::checkWhole);

  private ConfigKeys() {}

  /** Everything that is wrong; nothing if it may be started. */
  public static List<Problem> check(OstiaryConfig config) {
    List<Problem> problems = new ArrayList<>();
    ROOT.check(config, Problems.into(problems));
    return List.copyOf(problems);
  }

  private static Key<Duration> time(
      String name, Duration least, Duration most, String remedy, String meaning) {
    return key(name, Form.TIME, meaning).check(between(Form.TIME, least, most, remedy));
  }

  @SuppressWarnings("unchecked") // what the shape of sign-in reads
  private static OstiaryConfig defaults(Found found) {
    Issuer url = found.get("url", Issuer.class, OstiaryConfig.USUAL_URL);
    return OstiaryConfig.at(
        url, (Map<String, ConnectorSettings>) found.get("signIn", Map.class, Map.of()));
  }

  private static void checkWhole(OstiaryConfig config, Problems problems) {
    SignInRules.check(config, problems);
    ServerRules.check(config, problems.in("servers"));
    AuthorizationRules.check(config, problems);
  }

  private static void checkAdmin(Program program, Problems problems) {
    Listen admin = program.admin().listen();
    if (admin != null && admin.collidesWith(program.listen())) {
      problems
          .in("admin")
          .add(
              "listen",
              admin.toString(),
              "must not be where the program listens for everybody, " + program.listen(),
              "Take another port, such as 127.0.0.1:9464.");
    }
  }

  private static void checkOrder(Tokens tokens, Problems problems) {
    Lifetimes lifetimes = tokens.lifetimes();
    if (lifetimes.refreshIdle().compareTo(lifetimes.grant()) > 0) {
      problems.add(
          "refresh-token-lifetime",
          Form.TIME.format().apply(lifetimes.refreshIdle()),
          "must not be longer than tokens.grant-lifetime, which is "
              + Form.TIME.format().apply(lifetimes.grant()),
          "A refresh token ends with its grant: shorten it, or lengthen the grant.");
    }
  }

  private static void checkOrigin(String origin, Problems problems) {
    if (!isOrigin(origin)) {
      problems.add(
          origin,
          "must be origins of web pages",
          "Write scheme and host, and the port if it is not the usual one, in lower case and"
              + " without a slash at the end: https://app.example.com.");
    }
  }

  private static void checkContact(String contact, Problems problems) {
    boolean good =
        contact.isEmpty()
            || contact.matches("(mailto:)?[^\\s@:/]+@[^\\s@:/]+")
            || contact.matches("https://[^\\s/?#@]+([/?#]\\S*)?");
    if (!good) {
      problems.add(
          contact,
          "must be an e-mail address, or a mailto or https URL",
          "Write ops@example.com or https://example.com/help.");
    }
  }

  private static boolean isOrigin(String text) {
    if (!text.matches("https?://[a-z0-9.\\[\\]:-]+")) {
      return false;
    }
    try {
      URI uri = URI.create(text);
      boolean usualPort = uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
      return uri.getHost() != null && !usualPort;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
