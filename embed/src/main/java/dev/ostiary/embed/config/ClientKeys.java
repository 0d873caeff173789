package dev.ostiary.embed.config;

import static dev.ostiary.config.Form.between;
import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.config.Form;
import dev.ostiary.config.Found;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.time.Duration;
import java.util.List;

/** The keys about clients and how they come to be known, in the order of the reference page. */
final class ClientKeys {
  static final Section<RegistrationPolicy> REGISTRATION =
      Section.of(
              RegistrationPolicy.class,
              key(
                  "enabled",
                  Form.SWITCH,
                  "Whether clients may register themselves (RFC 7591). Switched off, only those go"
                      + " on that registered before."),
              key(
                      "initial-access-token",
                      Form.SECRET,
                      "What a client has to bring in order to register, as a bearer token (RFC 7591"
                          + " §1.2).")
                  .otherwise("anybody's client may register"),
              key(
                      "unused-client-lifetime",
                      Form.TIME,
                      "How long a client that registered itself is kept if it is not used and it"
                          + " has no grant.")
                  .check(
                      between(
                          Form.TIME,
                          Duration.ofHours(1),
                          Duration.ofDays(3650),
                          "A client that comes back later has to register again.")),
              list(
                      "redirect-schemes",
                      Form.TEXT,
                      "Private-use schemes without a dot that a client which registers itself, or"
                          + " has a metadata document, may be redirected to, beside those of known"
                          + " clients: `acme-editor`. Schemes that are a domain name in reverse may"
                          + " be used anyway.")
                  .check((schemes, problems) -> schemes.forEach(one -> scheme(one, problems))))
          .rule(ClientKeys::checkToken);

  private static final Section<RegistrationRequest.Keys> KEYS =
      Section.of(
              RegistrationRequest.Keys.class,
              key(
                      "jwks",
                      Forms.JWK_SET,
                      "The public keys of a client that proves itself with a key"
                          + " (`private_key_jwt`).")
                  .otherwise("none, or those at `jwks-uri`"),
              key(
                      "jwks-uri",
                      Form.TEXT,
                      "An https address on the public internet at which they are, so that the"
                          + " client can change them.")
                  .otherwise("none, or those in `jwks`"))
          .defaults(_ -> RegistrationRequest.Keys.NONE);

  /** Those of a client that is registered beforehand. */
  static final Section<ClientEntry> CLIENT =
      Section.of(
              ClientEntry.class,
              key(
                      "name",
                      Form.TEXT,
                      "What people read on the consent page. `NAME` is the client id.")
                  .otherwise("the client id")
                  .check(ClientRules::checkName),
              list(
                      "redirect-uris",
                      Form.TEXT,
                      "Where it may have its users sent back to: exactly these, but with any port"
                          + " on a loopback host.")
                  .otherwise("needed, unless the client `introspects`")
                  .check(ClientRules::checkRedirects),
              key("secret", Form.SECRET, "What it proves itself with at the token endpoint.")
                  .otherwise("a public client, which has none"),
              key(
                      "token-endpoint-auth-method",
                      Forms.AUTHENTICATION_METHOD,
                      "How it does (RFC 7591 §2). A secret may come in the header or in the form in"
                          + " any case.")
                  .to("method")
                  .otherwise(
                      "`client_secret_basic` with a secret, `private_key_jwt` with keys, else"
                          + " `none`"),
              KEYS.inline("keys"),
              list(
                  "introspects",
                  Form.TEXT,
                  "Servers, by their names, of which this client is the resource server: it may"
                      + " introspect their access tokens (RFC 7662), and needs a secret or a key"
                      + " for it."))
          .defaults(ClientKeys::client)
          .rule(ClientRules::check);

  static final Section<AssertionPolicy> ASSERTIONS =
      Section.of(
          AssertionPolicy.class,
          key(
              "enabled",
              Form.SWITCH,
              "Whether clients may prove themselves with a key of their own (`private_key_jwt`, RFC"
                  + " 7523). Switched off, those that registered a key get no tokens any more."),
          key(
              "endpoint-audience",
              Form.SWITCH,
              "Whether the `aud` of what they sign may also be the URL of the token endpoint, or of"
                  + " the endpoint it is sent to, as many clients have it; the revision of RFC 7523"
                  + " allows the issuer alone."));

  private static final Section<DocumentPolicy> DOCUMENT_POLICY =
      Section.of(
          DocumentPolicy.class,
          list(
              "allow",
              Forms.DOMAIN,
              "If there are any, only documents of these hosts are used: `claude.ai`, or"
                  + " `*.example.com` for every host below `example.com`, but not itself."),
          list(
              "deny",
              Forms.DOMAIN,
              "Documents of these hosts are never used, whatever is allowed."),
          key(
                  "stale-for",
                  Form.TIME,
                  "How long a document that should be fetched again will do for sign-ins while its"
                      + " host is down.")
              .check(
                  between(
                      Form.TIME, Duration.ZERO, Duration.ofDays(30), "Leave it out for a day.")));

  static final Section<MetadataDocuments> DOCUMENTS =
      Section.of(
          MetadataDocuments.class,
          key(
              "enabled",
              Form.SWITCH,
              "Whether a client may be named by the URL of its metadata document, as Claude Code,"
                  + " Codex, VS Code and ChatGPT prefer. Switch it off on a machine without"
                  + " internet: clients then register instead."),
          DOCUMENT_POLICY.inline("policy"),
          key("size-limit", Form.SIZE, "The largest document that is read: `1 KiB` to `64 KiB`.")
              .check(
                  between(
                      Form.SIZE,
                      1024,
                      GuardedFetch.Builder.LARGEST,
                      "Most documents have less than 2 KiB.")),
          key("timeout", Form.TIME, "How long fetching a document may take, all in all.")
              .check(
                  between(
                      Form.TIME,
                      Duration.ofSeconds(1),
                      Duration.ofSeconds(30),
                      "A person waits for it.")),
          key(
              "proxy",
              Forms.PROXY,
              "An HTTP proxy that documents are fetched through, by `CONNECT`. The proxy then"
                  + " resolves the names, so it has to keep away from private addresses itself;"
                  + " what this machine resolves to one is still refused here."));

  private ClientKeys() {}

  private static ClientEntry client(Found found) {
    Secret none = new Secret("");
    Secret secret = found.get("secret", Secret.class, none);
    RegistrationRequest.Keys keys =
        found.get("keys", RegistrationRequest.Keys.class, RegistrationRequest.Keys.NONE);
    ClientAuthenticationMethod method =
        secret.equals(none) && !keys.equals(RegistrationRequest.Keys.NONE)
            ? ClientAuthenticationMethod.PRIVATE_KEY_JWT
            : ClientEntry.methodOf(secret.equals(none) ? null : secret);
    return new ClientEntry(found.name(), List.of(), null, method, keys);
  }

  private static void checkToken(RegistrationPolicy registration, Problems problems) {
    if (!registration.enabled() && registration.initialAccessToken() != null) {
      problems.add(
          "initial-access-token",
          null,
          "is of no use while registration.enabled is false",
          "Leave one of the two out.");
    }
  }

  private static void scheme(String scheme, Problems problems) {
    PrivateUseSchemes.problemOf(scheme)
        .ifPresent(
            what ->
                problems.add(
                    scheme,
                    what,
                    "Write the scheme that the client's program registers on a computer, such as"
                        + " [acme-editor]."));
  }
}
