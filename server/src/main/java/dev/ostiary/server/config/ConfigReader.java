package dev.ostiary.server.config;

import dev.ostiary.authorization.Limits;
import dev.ostiary.authorization.assertion.AssertionPolicy;
import dev.ostiary.config.Node;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.Admin;
import dev.ostiary.embed.config.ConfigRules;
import dev.ostiary.embed.config.Consent;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.embed.config.Registration;
import dev.ostiary.embed.config.Tokens;
import dev.ostiary.protocol.Secret;
import java.util.List;

/**
 * Turns nodes into records. What cannot be read is noted and replaced, so that everything else is
 * judged in the same run.
 */
final class ConfigReader {
  private static final String UNKNOWN = "unknown";

  private final Values values;
  private final Environment surroundings;
  private final List<Located> problems;

  private ConfigReader(Values values, Environment surroundings, List<Located> problems) {
    this.values = values;
    this.surroundings = surroundings;
    this.problems = problems;
  }

  /** The configuration; it means nothing if there are problems. */
  static OstiaryConfig read(Node.Table root, Environment surroundings, List<Located> problems) {
    new UnknownKeys(problems).find(root);
    Values values = new Values(root, surroundings, problems);
    ConfigReader reader = new ConfigReader(values, surroundings, problems);
    OstiaryConfig config = reader.config();
    for (Problem problem : ConfigRules.check(config)) {
      if (!values.isFaulty(problem.key())) {
        problems.add(new Located(values.line(problem.key()), problem));
      }
    }
    return config;
  }

  private OstiaryConfig config() {
    GitHubSettings github = github();
    OstiaryConfig defaults =
        values
            .one(Keys.URL)
            .map(url -> OstiaryConfig.at(url, github))
            .orElseGet(() -> OstiaryConfig.defaults(github));
    MissingCredentials.find(values, surroundings, defaults.url(), github.baseUrl())
        .ifPresent(problems::add);
    return defaults
        .listen(values.one(Keys.LISTEN).orElse(defaults.listen()))
        .admin(new Admin(values.one(Keys.ADMIN_LISTEN).orElse(null), values.all(Keys.ADMIN_HOSTS)))
        .data(values.one(Keys.DATA).orElse(defaults.data()))
        .servers(
            new ServerReader(values, new PolicySource(values, surroundings, problems), problems)
                .read(defaults.servers()))
        .tokens(tokens(defaults.tokens()))
        .registration(registration(defaults.registration()))
        .clients(ClientReader.read(values, problems))
        .clientAssertions(clientAssertions(defaults.clientAssertions()))
        .metadataDocuments(documents(defaults.metadataDocuments()))
        .consent(consent(defaults.consent()))
        .limits(limits(defaults.limits()))
        .trustedProxies(values.all(Keys.TRUSTED_PROXIES))
        .allowedOrigins(values.all(Keys.ALLOWED_ORIGINS));
  }

  private AssertionPolicy clientAssertions(AssertionPolicy defaults) {
    return new AssertionPolicy(
        values.one(ClientKeys.CLIENT_ASSERTIONS_ENABLED).orElse(defaults.enabled()),
        values
            .one(ClientKeys.CLIENT_ASSERTIONS_ENDPOINT_AUDIENCE)
            .orElse(defaults.endpointAudience()));
  }

  private GitHubSettings github() {
    return new GitHubSettings(
        values.one(Keys.GITHUB_BASE_URL).orElse(GitHubSettings.GITHUB),
        values
            .one(Keys.GITHUB_CLIENT_ID)
            .or(() -> surroundings.variable(MissingCredentials.CLIENT_ID))
            .orElse(UNKNOWN),
        values
            .one(Keys.GITHUB_CLIENT_SECRET)
            .or(() -> surroundings.variable(MissingCredentials.CLIENT_SECRET).map(Secret::new))
            .orElse(new Secret(UNKNOWN)),
        new GitHubSettings.Allow(
            values.all(Keys.GITHUB_ALLOW_USERS), values.all(Keys.GITHUB_ALLOW_ORGANIZATIONS)));
  }

  private Registration registration(Registration defaults) {
    return new Registration(
        values.one(ClientKeys.REGISTRATION_ENABLED).orElse(defaults.enabled()),
        values.one(ClientKeys.INITIAL_ACCESS_TOKEN).orElse(null),
        values.one(ClientKeys.UNUSED_CLIENT_LIFETIME).orElse(defaults.unusedClientLifetime()),
        values.all(ClientKeys.REDIRECT_SCHEMES));
  }

  private Consent consent(Consent defaults) {
    return new Consent(
        values.one(Keys.CONSENT_REMEMBER).orElse(defaults.remember()),
        values.one(Keys.CONSENT_REMEMBER_FOR).orElse(defaults.rememberFor()));
  }

  private MetadataDocuments documents(MetadataDocuments defaults) {
    return new MetadataDocuments(
        values.one(DocumentKeys.ENABLED).orElse(defaults.enabled()),
        values.all(DocumentKeys.ALLOW),
        values.all(DocumentKeys.DENY),
        values.one(DocumentKeys.SIZE_LIMIT).orElse(defaults.sizeLimit()),
        values.one(DocumentKeys.TIMEOUT).orElse(defaults.timeout()),
        values.one(DocumentKeys.STALE_FOR).orElse(defaults.staleFor()),
        values.one(DocumentKeys.PROXY).orElse(null));
  }

  private Limits limits(Limits defaults) {
    return new Limits(
        values.one(Keys.REGISTRATION_LIMIT).orElse(defaults.registration()),
        values.one(Keys.AUTHORIZATION_LIMIT).orElse(defaults.authorization()),
        values.one(Keys.TOKEN_LIMIT).orElse(defaults.token()),
        values.one(Keys.REFUSAL_LIMIT).orElse(defaults.refusal()),
        values.one(Keys.ADDRESS_SECRETS_LIMIT).orElse(defaults.failedSecretsOfAddress()),
        values.one(Keys.CLIENT_SECRETS_LIMIT).orElse(defaults.failedSecretsOfClient()));
  }

  private Tokens tokens(Tokens defaults) {
    return new Tokens(
        values.one(Keys.ACCESS_TOKEN_LIFETIME).orElse(defaults.accessTokenLifetime()),
        values.one(Keys.REFRESH_TOKEN_LIFETIME).orElse(defaults.refreshTokenLifetime()),
        values.one(Keys.REFRESH_TOKEN_GRACE).orElse(defaults.refreshTokenGrace()),
        values.one(Keys.GRANT_LIFETIME).orElse(defaults.grantLifetime()),
        values.one(Keys.CODE_LIFETIME).orElse(defaults.codeLifetime()),
        values.one(Keys.SIGNING_ALGORITHM).orElse(defaults.signingAlgorithm()));
  }
}
