package dev.ostiary.connector.openid;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must hold of the settings of a provider, and of lists of its users. */
final class OpenIdRules {
  private static final Pattern TENANT =
      Pattern.compile("common|organizations|consumers|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

  private OpenIdRules() {}

  /** The callback that has to be registered at the provider. */
  static String callback(ConnectorPlace place) {
    return place.url().at("/callback/" + place.name());
  }

  static void check(OpenIdSettings settings, ConnectorPlace place, Problems problems) {
    tenant(settings, problems);
    issuer(settings, problems);
    client(settings, place, problems);
    settings.scopes().stream()
        .filter(scope -> !Scope.isScope(scope))
        .forEach(
            scope ->
                problems.add(
                    OpenIdKeys.SCOPES,
                    scope,
                    "must be scopes",
                    "Write a list with one scope an item: [groups, roles]."));
    Problems allow = problems.in("allow");
    check(settings.allow(), settings.groupsClaim(), allow);
    settings.allow().lists().entrySet().stream()
        .filter(list -> !OpenId.TYPE.allowLists().contains(list.getKey()))
        .forEach(
            list ->
                allow.add(
                    list.getKey(),
                    String.join(", ", list.getValue()),
                    "means nothing to an OpenID provider",
                    "It knows email-domains, groups and subjects."));
  }

  private static void tenant(OpenIdSettings settings, Problems problems) {
    boolean entra = settings.providerType() == ProviderType.ENTRA;
    String tenant = settings.tenant();
    if (!entra && !tenant.isEmpty()) {
      problems.add(OpenIdKeys.TENANT, tenant, "is known only with type: entra", "Leave it out.");
    } else if (entra && !tenant.isEmpty() && !TENANT.matcher(tenant).matches()) {
      problems.add(
          OpenIdKeys.TENANT,
          tenant,
          "must be a tenant id, common, organizations or consumers",
          "Copy the Directory (tenant) ID from the overview of the app registration, in lower"
              + " case.");
    } else if (entra && tenant.isEmpty() && settings.issuer().isEmpty()) {
      missing(
          OpenIdKeys.TENANT,
          "Copy the Directory (tenant) ID from the overview of the app registration at Entra.",
          problems);
    }
  }

  private static void issuer(OpenIdSettings settings, Problems problems) {
    String issuer = settings.issuer();
    boolean settled = settings.providerType() == ProviderType.ENTRA && !settings.tenant().isEmpty();
    if (issuer.isEmpty()) {
      if (settings.providerType() != ProviderType.ENTRA) {
        missing(OpenIdKeys.ISSUER, example(settings.providerType()), problems);
      }
      return;
    }
    address(OpenIdKeys.ISSUER, issuer.replace(ProviderType.TENANT_PLACE, "tenant"), problems);
    if (issuer.contains(ProviderType.TENANT_PLACE)
        && settings.metadataUrl().isEmpty()
        && !settled) {
      missing(
          OpenIdKeys.METADATA_URL,
          "An issuer with " + ProviderType.TENANT_PLACE + " does not tell where its metadata is.",
          problems);
    }
    if (!settings.metadataUrl().isEmpty()) {
      address(OpenIdKeys.METADATA_URL, settings.metadataUrl(), problems);
    }
  }

  private static String example(ProviderType type) {
    return switch (type) {
      case OKTA -> "Write https://ACME.okta.com, or an authorization server of yours there.";
      case AUTH0 -> "Write https://TENANT.REGION.auth0.com/, with the slash at the end.";
      case KEYCLOAK -> "Write https://HOST/realms/REALM.";
      case WORKOS -> "Write https://SUBDOMAIN.authkit.app.";
      case NONE, GOOGLE, ENTRA, GITLAB ->
          "Write the value of issuer in the provider's metadata, such as"
              + " https://login.acme.example.";
    };
  }

  private static void address(String key, String text, Problems problems) {
    Optional<URI> uri = parse(text);
    boolean good =
        uri.filter(
                each ->
                    each.getHost() != null
                        && each.getRawUserInfo() == null
                        && each.getRawFragment() == null
                        && (key.equals(OpenIdKeys.METADATA_URL) || each.getRawQuery() == null)
                        && isSafe(each))
            .isPresent();
    if (!good) {
      problems.add(
          key,
          text,
          "must be an https address",
          "Only a provider on this machine (127.0.0.1, localhost) may have http.");
    }
  }

  /** Whether what is sent there can be read by others: https, or http on this machine. */
  static boolean isSafe(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && Loopback.isLoopback(uri.getHost()));
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static void client(OpenIdSettings settings, ConnectorPlace place, Problems problems) {
    if (settings.clientId().isEmpty()) {
      missing(
          OpenIdKeys.CLIENT_ID,
          "Register Ostiary at the provider as a web application with the authorization code flow"
              + " and the redirect URI "
              + callback(place)
              + ", and copy the client id from there.",
          problems);
    }
    String key = settings.privateKeyJwt().reveal();
    if (!settings.clientSecret().reveal().isEmpty() && !key.isEmpty()) {
      problems.add(
          OpenIdKeys.PRIVATE_KEY,
          null,
          "is there, and so is client-secret",
          "Keep the one that is registered at the provider.");
    }
    if (!key.isEmpty() && !PrivateKeys.isReadable(settings.privateKeyJwt())) {
      problems.add(
          OpenIdKeys.PRIVATE_KEY,
          null,
          "must be an RSA or EC private key, as PKCS #8 in PEM or as a JWK",
          "Convert other forms with: openssl pkcs8 -topk8 -nocrypt -in key.pem.");
    }
  }

  private static void missing(String key, String remedy, Problems problems) {
    if (!problems.isFaulty(key)) {
      problems.add(key, null, "is missing", remedy);
    }
  }

  /** Lists of users, for signing in or for one server, which may have other lists for others. */
  static void check(AllowRule rule, String groupsClaim, Problems problems) {
    rule.emailDomains().stream()
        .filter(domain -> !DOMAIN.matcher(domain).matches())
        .forEach(
            domain ->
                problems.add(
                    "email-domains",
                    domain,
                    "must be domains",
                    "Write acme.example, in lower case and without an @."));
    if (!rule.groups().isEmpty() && groupsClaim.isEmpty()) {
      problems.add(
          "groups",
          String.join(", ", rule.groups()),
          "needs groups-claim, since this type of provider has no claim for groups by itself",
          "Name the claim in groups-claim of the sign-in, or leave the groups out.");
    }
  }
}
