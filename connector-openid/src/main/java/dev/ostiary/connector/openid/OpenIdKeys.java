package dev.ostiary.connector.openid;

import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Section;
import dev.ostiary.connector.AllowRule;

/** The keys of the sign-in at an OpenID provider. */
final class OpenIdKeys {
  static final String ISSUER = "issuer";
  static final String METADATA_URL = "metadata-url";
  static final String TENANT = "tenant";
  static final String CLIENT_ID = "client-id";
  static final String CLIENT_SECRET = "client-secret";
  static final String PRIVATE_KEY = "private-key-jwt";
  static final String SCOPES = "scopes";
  static final String GROUPS_CLAIM = "groups-claim";

  private static final String ANYBODY = "everybody with an account, if all lists are empty";

  private static final Section<AllowRule> ALLOW =
      Section.of(
              AllowRule.class,
              list(
                      "email-domains",
                      Form.TEXT,
                      "Who may sign in: users with a verified e-mail address in one of these"
                          + " domains.")
                  .otherwise(ANYBODY),
              list(
                      "groups",
                      Form.TEXT,
                      "Groups whose members may sign in, as the provider names them in"
                          + " `groups-claim`.")
                  .otherwise(ANYBODY),
              list(
                      "subjects",
                      Form.TEXT,
                      "Users who may sign in, by the id that the provider gives them (the claim"
                          + " `sub`; at Entra `TENANT.OBJECT`).")
                  .otherwise(ANYBODY))
          .defaults(_ -> AllowRule.ANYBODY);

  static final Section<OpenIdSettings> SECTION =
      Section.of(
              OpenIdSettings.class,
              key(
                      "type",
                      Form.choice(ProviderType.class),
                      "Ready settings for a provider that differs from the others.")
                  .to("providerType"),
              key(
                      ISSUER,
                      Form.TEXT,
                      "The issuer of the provider, byte for byte as its metadata has it.")
                  .otherwise("needed, unless `type` or `tenant` settles it"),
              key(
                      METADATA_URL,
                      Form.TEXT,
                      "Where the metadata of the provider is, if not at"
                          + " `ISSUER/.well-known/openid-configuration`.")
                  .otherwise("below the issuer"),
              key(
                      TENANT,
                      Form.TEXT,
                      "With `type: entra`: the tenant id, or `organizations`, `common` or"
                          + " `consumers`.")
                  .otherwise("none"),
              key(CLIENT_ID, Form.TEXT, "The client id that the provider gave.")
                  .otherwise("needed"),
              key(CLIENT_SECRET, Form.SECRET, "The client secret that the provider gave.")
                  .otherwise("none: a public client, or one with `private-key-jwt`"),
              key(
                      PRIVATE_KEY,
                      Form.SECRET,
                      "In place of a secret, the private key for `private_key_jwt`: PKCS #8 in PEM,"
                          + " or a JWK.")
                  .otherwise("none"),
              key("title", Form.TEXT, "What users call the provider.")
                  .otherwise("the name of the `type`, or of the entry"),
              list(SCOPES, Form.TEXT, "Scopes to ask for besides `openid profile email`."),
              key(
                      GROUPS_CLAIM,
                      Form.TEXT,
                      "The claim of the ID token or of userinfo that lists the groups of a user.")
                  .otherwise("`groups`; with `type` `google`, `auth0` and `workos` none"),
              table("allow", ALLOW))
          .defaults(OpenIdSettings::defaults);

  private OpenIdKeys() {}
}
