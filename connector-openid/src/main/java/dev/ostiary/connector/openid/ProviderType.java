package dev.ostiary.connector.openid;

import java.util.Map;

/**
 * Ready settings for providers that differ from what a provider's metadata tells. The pages {@code
 * docs/how-to/sign-in-with-*.md} name the documentation that each rests on.
 */
public enum ProviderType {
  /** No provider in particular. Consent is asked for, as OpenID Connect Core §11 wants it. */
  NONE("", "", "groups", true, "consent", "select_account", false),

  /** Google: refresh tokens by parameters of its own, no groups, domains by {@code hd}. */
  GOOGLE("Google", "https://accounts.google.com", "", false, "consent", "select_account", false),

  /** Microsoft Entra ID: subjects are {@code tid} and {@code oid}. */
  ENTRA("Microsoft", "", "groups", true, "", "select_account", true),

  /** Okta: groups need a scope of that name. */
  OKTA("Okta", "", "groups", true, "", "login", true),

  /** Auth0: groups stand in a claim that the tenant makes up. */
  AUTH0("Auth0", "", "", true, "", "login", false),

  /** Keycloak. */
  KEYCLOAK("Keycloak", "", "groups", true, "", "login", false),

  /** GitLab: gives refresh tokens always, and does not know the scope that asks for them. */
  GITLAB("GitLab", "https://gitlab.com", "groups", false, "", "", false),

  /** WorkOS AuthKit. */
  WORKOS("WorkOS", "", "", true, "", "", false);

  private static final String ENTRA_HOST = "https://login.microsoftonline.com/";

  /** Stands in Entra's multi-tenant issuer for the id of the user's tenant. */
  static final String TENANT_PLACE = "{tenantid}";

  /** The tenant of personal Microsoft accounts. */
  private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

  private final String title;
  private final String issuer;
  private final String groupsClaim;
  private final boolean offlineAccess;
  private final String prompt;
  private final String chooser;
  private final boolean assertionForEndpoint;

  /**
   * What a type sets.
   *
   * @param issuer where it is the same for all; otherwise empty
   * @param groupsClaim empty if there is none without further settings
   * @param offlineAccess whether the scope {@code offline_access} asks for a refresh token
   * @param prompt always sent; may be empty
   * @param chooser the prompt that lets users choose another account; empty if none does
   * @param assertionForEndpoint whether client assertions name the token endpoint as their
   *     audience, and not the issuer
   */
  ProviderType(
      String title,
      String issuer,
      String groupsClaim,
      boolean offlineAccess,
      String prompt,
      String chooser,
      boolean assertionForEndpoint) {
    this.title = title;
    this.issuer = issuer;
    this.groupsClaim = groupsClaim;
    this.offlineAccess = offlineAccess;
    this.prompt = prompt;
    this.chooser = chooser;
    this.assertionForEndpoint = assertionForEndpoint;
  }

  String title() {
    return title;
  }

  /**
   * The issuer, if the type or the tenant settles it; otherwise empty.
   *
   * @param tenant at Entra; otherwise empty
   */
  String issuer(String tenant) {
    if (this != ENTRA || tenant.isEmpty()) {
      return issuer;
    }
    return switch (tenant) {
      case "common", "organizations" -> ENTRA_HOST + TENANT_PLACE + "/v2.0";
      case "consumers" -> ENTRA_HOST + CONSUMERS + "/v2.0";
      default -> ENTRA_HOST + tenant + "/v2.0";
    };
  }

  /** Where the metadata is, if it is not where the issuer has it; otherwise empty. */
  String metadataUrl(String tenant) {
    return this == ENTRA && !tenant.isEmpty()
        ? ENTRA_HOST + tenant + "/v2.0/.well-known/openid-configuration"
        : "";
  }

  String groupsClaim() {
    return groupsClaim;
  }

  boolean offlineAccess() {
    return offlineAccess;
  }

  /** Whether a scope has to be asked for to be told of groups. */
  boolean groupsScope() {
    return this == OKTA;
  }

  String prompt() {
    return prompt;
  }

  String chooser() {
    return chooser;
  }

  boolean assertionForEndpoint() {
    return assertionForEndpoint;
  }

  /** Parameters of authorization requests that only this provider knows. */
  Map<String, String> parameters() {
    return this == GOOGLE ? Map.of("access_type", "offline") : Map.of();
  }
}
