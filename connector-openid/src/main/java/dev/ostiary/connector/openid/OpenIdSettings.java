package dev.ostiary.connector.openid;

import dev.ostiary.config.Found;
import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.Finding;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * The registration at an OpenID provider. Texts and secrets that are empty are not configured.
 *
 * @param providerType ready settings
 * @param issuer byte for byte as the provider's metadata has it
 * @param metadataUrl where the metadata is, if not below the issuer
 * @param tenant of Entra
 * @param clientSecret for {@code client_secret_basic} or {@code client_secret_post}
 * @param privateKeyJwt a private key for {@code private_key_jwt}: PKCS #8 in PEM, or a JWK
 * @param title what users call the provider
 * @param scopes asked for besides those that signing in needs
 * @param groupsClaim the claim that lists groups; empty if there is none
 * @param allow who may sign in
 */
public record OpenIdSettings(
    ProviderType providerType,
    String issuer,
    String metadataUrl,
    String tenant,
    String clientId,
    Secret clientSecret,
    Secret privateKeyJwt,
    String title,
    List<String> scopes,
    String groupsClaim,
    AllowRule allow)
    implements ConnectorSettings {
  private static final String WELL_KNOWN = ".well-known/openid-configuration";

  public OpenIdSettings {
    scopes = List.copyOf(scopes);
  }

  /** A client with a secret, at a provider that is by the book. */
  public static OpenIdSettings at(
      String title, String issuer, String clientId, Secret clientSecret) {
    return new OpenIdSettings(
        ProviderType.NONE,
        issuer,
        "",
        "",
        clientId,
        clientSecret,
        new Secret(""),
        title,
        List.of(),
        ProviderType.NONE.groupsClaim(),
        AllowRule.ANYBODY);
  }

  /** What holds where nothing is written. */
  static OpenIdSettings defaults(Found found) {
    ProviderType type = found.get("providerType", ProviderType.class, ProviderType.NONE);
    String tenant = found.get("tenant", String.class, "");
    return new OpenIdSettings(
        type,
        type.issuer(tenant),
        found.has("issuer") ? "" : type.metadataUrl(tenant),
        "",
        "",
        new Secret(""),
        new Secret(""),
        type == ProviderType.NONE ? found.name() : type.title(),
        List.of(),
        type.groupsClaim(),
        AllowRule.ANYBODY);
  }

  /** These settings for other users. */
  public OpenIdSettings allowing(AllowRule rule) {
    return new OpenIdSettings(
        providerType,
        issuer,
        metadataUrl,
        tenant,
        clientId,
        clientSecret,
        privateKeyJwt,
        title,
        scopes,
        groupsClaim,
        rule);
  }

  /** These settings with the metadata at another place. */
  OpenIdSettings metadataUrl(String other) {
    return new OpenIdSettings(
        providerType,
        issuer,
        other,
        tenant,
        clientId,
        clientSecret,
        privateKeyJwt,
        title,
        scopes,
        groupsClaim,
        allow);
  }

  @Override
  public ConnectorType type() {
    return OpenId.TYPE;
  }

  /** Without a tenant in its path, if that is not fixed. */
  @Override
  public URI address() {
    return URI.create(issuer.replace("/" + ProviderType.TENANT_PLACE, ""));
  }

  /** Where the metadata is (OpenID Connect Discovery §4). */
  URI metadataAddress() {
    return URI.create(
        metadataUrl.isEmpty() ? issuer.replaceFirst("/$", "") + "/" + WELL_KNOWN : metadataUrl);
  }

  @Override
  public void check(ConnectorPlace place, Problems problems) {
    OpenIdKeys.SECTION.check(this, problems);
    OpenIdRules.check(this, place, problems);
  }

  @Override
  public void check(AllowRule rule, Problems problems) {
    OpenIdRules.check(rule, groupsClaim, problems);
  }

  @Override
  public Connector open(ConnectorDependencies with) {
    return new OpenIdConnector(this, with, null);
  }

  @Override
  public List<Finding> examine(
      ConnectorPlace place, List<AllowRule> lists, Outbound outbound, InstantSource time) {
    return new OpenIdVisit(
            this,
            place,
            outbound,
            AuthorizationUri.signIn(this, false),
            Refusals.ofSignIn(place.name(), time),
            time)
        .run();
  }
}
