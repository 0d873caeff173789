package dev.ostiary.testkit.wrong;

/** One thing that the wrong server does wrong. Each breaks one check, and is there for it. */
public enum Fault {
  WITHOUT_TLS("https", "It is reached over plain http."),
  PLAIN_HTTP_TOO("plain-http-refused", "It is reached over plain http as well."),
  EDGE_BLOCKS_AGENTS("hosted-clients-let-through", "Its edge turns away AI agents."),
  ANY_ORIGIN("foreign-origin-403", "It lets pages of any origin in."),
  ANY_HOST("foreign-host-refused", "It serves whatever host a request names."),
  BROKEN_JSON_IS_500("not-json-refused", "It breaks on content that is no JSON."),
  ANSWERS_AS_TEXT("answers-in-json-or-events", "It calls its answers plain text."),
  OTHER_ID("ids-kept", "It answers with an id of its own."),
  ANONYMOUS("no-token-401", "It lets everybody in."),
  NO_CHALLENGE("challenge-present", "Its 401 has no challenge."),
  UNQUOTED_CHALLENGE("challenge-syntax", "It quotes nothing in the challenge."),
  CHALLENGE_WITHOUT_METADATA("challenge-names-metadata", "Its challenge names no metadata."),
  CHALLENGE_OF_NEIGHBOUR(
      "challenge-leads-to-metadata", "Its challenge names the metadata of another server."),
  CHALLENGE_WITH_ERROR("challenge-without-error", "It speaks of an invalid token where none came."),
  CHALLENGE_WITHOUT_SCOPE("challenge-scope", "Its challenge names no scope."),
  CHALLENGE_WITH_OFFLINE_ACCESS(
      "challenge-without-offline-access", "Its challenge asks for offline_access."),
  GARBAGE_IS_403("garbage-token-401", "It answers 403 to what is no token."),
  GARBAGE_UNNAMED("garbage-token-named", "It does not say that a token is invalid."),
  READS_QUERY("query-token-ignored", "It looks for tokens in the query."),
  MALFORMED_IS_401(
      "malformed-authorization-400", "It answers 401 to a header that cannot be read."),
  OTHER_SCHEME_IS_400("other-scheme-401", "It answers 400 to credentials of another scheme."),
  OPEN_LISTS("every-request-protected", "It lists its tools for everybody."),
  OPEN_STREAM("get-protected", "It opens a stream for everybody."),
  NO_RESOURCE_METADATA("resource-metadata-served", "It has no metadata of the resource."),
  RESOURCE_METADATA_CLOSED(
      "resource-metadata-open", "Its metadata of the resource wants credentials."),
  RESOURCE_METADATA_AS_HTML("resource-metadata-type", "It calls its metadata HTML."),
  RESOURCE_WITH_SLASH("resource-matches-url", "Its resource has a slash too many."),
  ROOT_OF_STRANGER("resource-metadata-root", "Its root document is about another host."),
  NO_AUTHORIZATION_SERVER("authorization-servers-named", "It names no authorization server."),
  RESOURCE_EMPTY_MEMBERS(
      "resource-metadata-without-empty-members", "Its metadata of the resource has empty arrays."),
  BEARER_IN_QUERY("bearer-methods", "It offers to take tokens from the query."),
  RESOURCE_OFFLINE_ACCESS(
      "resource-scopes-without-offline-access",
      "It lists offline_access as a scope of the resource."),
  RESOURCE_METADATA_WITHOUT_CORS(
      "resource-metadata-cors", "Scripts may not read the metadata of the resource."),
  RESOURCE_METADATA_FOLLOWS_HOST(
      "resource-metadata-keeps-its-host",
      "Its metadata of the resource follows the host that a request names."),
  RESOURCE_METADATA_FOR_EVER(
      "resource-metadata-caching", "Its metadata of the resource may be cached for a year."),
  METADATA_OF_NOTHING("resource-metadata-of-nothing", "It has metadata for every path."),
  NO_SERVER_METADATA("server-metadata-served", "It has no metadata of the authorization server."),
  SERVER_METADATA_CLOSED(
      "server-metadata-open", "Its metadata of the authorization server wants credentials."),
  SERVER_METADATA_AS_TEXT("server-metadata-type", "It calls its metadata plain text."),
  ISSUER_WITH_SLASH("issuer-matches", "Its issuer has a slash too many."),
  ISSUER_WITH_QUERY("issuer-shape", "Its issuer has a query."),
  FORMS_DIFFER("server-metadata-forms-agree", "Its two forms of metadata differ."),
  SERVER_METADATA_WITHOUT_CORS(
      "server-metadata-cors", "Scripts may not read the metadata of the authorization server."),
  SERVER_METADATA_FOLLOWS_HOST(
      "server-metadata-keeps-its-host",
      "Its metadata of the authorization server follows the host that a request names."),
  SERVER_METADATA_FOR_EVER(
      "server-metadata-caching",
      "Its metadata of the authorization server may be cached for a year."),
  RELATIVE_ENDPOINT("server-metadata-endpoints", "Its token endpoint is no whole address."),
  ENDPOINT_WITHOUT_TLS("endpoints-https", "Its key set is reached over plain http."),
  NO_CODE_RESPONSE_TYPE("code-response-type", "It does not say that it supports codes."),
  OFFERS_IMPLICIT("no-old-grants", "It offers the grant type implicit."),
  NO_PUBLIC_CLIENTS("public-clients", "It does not say that public clients are welcome."),
  SIGNING_ALGORITHM_NONE("signing-algorithms", "It takes assertions that are not signed."),
  SERVER_EMPTY_MEMBERS(
      "server-metadata-without-empty-members",
      "Its metadata of the authorization server has empty arrays."),
  NO_KEYS("keys-served", "It serves no keys."),
  PRIVATE_KEYS("keys-public", "It serves private keys."),
  PKCE_NOT_ADVERTISED("pkce-advertised", "It does not say that it supports PKCE."),
  PLAIN_ADVERTISED("pkce-plain-not-advertised", "It offers the method plain."),
  ISS_NOT_ADVERTISED("iss-advertised", "It does not promise iss."),
  DOCUMENTS_NOT_ADVERTISED(
      "metadata-documents-advertised", "It does not say that it takes metadata documents."),
  NO_WAY_TO_REGISTER("registration-advertised", "Nobody can become its client."),
  NOT_AT_THE_ORIGIN("oldest-discovery", "It has its metadata under the newer name only."),
  BLANK_POST_IS_500("registration-blank-post", "It breaks on an empty registration."),
  NOBODY_REGISTERS("registration-created", "It refuses every registration."),
  REGISTRATION_CACHED("registration-no-store", "Its registrations may be cached."),
  REGISTRATION_SAYS_LITTLE(
      "registration-says-what-holds", "It says nothing of what was registered but the id."),
  SECRET_FOR_EVERYBODY(
      "registration-keeps-public-clients-public", "It gives public clients a secret."),
  SECRET_WITHOUT_EXPIRY("registration-secret-expiry", "It does not say when a secret expires."),
  REFUSES_UNKNOWN_METADATA(
      "registration-ignores-unknown", "It refuses metadata that it does not know."),
  ONE_REDIRECT_ONLY("registration-real-clients", "It takes one redirect URI only."),
  URL_AS_ID("registration-id-is-no-url", "It gives out URLs for ids."),
  REGISTRATION_WITHOUT_CORS("registration-cors", "Scripts may not register."),
  SCRIPT_REDIRECTS("registration-refuses-scripts", "It takes redirect URIs that run scripts."),
  PLAIN_HTTP_REDIRECTS(
      "registration-refuses-plain-http", "It takes redirect URIs over plain http."),
  FRAGMENT_REDIRECTS("registration-refuses-fragments", "It takes redirect URIs with a fragment."),
  WILDCARD_REDIRECTS("registration-refuses-wildcards", "It takes redirect URIs with a wildcard."),
  REGISTRATION_ERROR_AS_HTML("registration-error-shape", "It refuses registrations with a page."),
  REGISTRATIONS_WITHOUT_END("registration-limited", "It lets one address register without end."),
  MANAGEMENT_OPEN("management-protected", "It shows registrations to everybody."),
  MANAGEMENT_UNREADABLE("management-read", "It does not show a client its registration."),
  MANAGEMENT_KEEPS("management-delete", "It keeps clients that were removed."),
  UNREACHABLE_DOCUMENT_IS_500(
      "document-unreachable", "It breaks on a document that it cannot have."),
  PRIVATE_DOCUMENT("document-of-private-address", "It fetches documents from its own network."),
  ODD_DOCUMENT_URL("document-url-shape", "It takes any URL for a client id."),
  DOCUMENTS_REFUSED("document-accepted", "It refuses every document."),
  DOCUMENT_REDIRECT_FREE(
      "document-redirect-listed", "It does not compare redirect URIs with the document."),
  UNKNOWN_CLIENT_REDIRECTED(
      "unknown-client-not-redirected", "It redirects to clients that it does not know."),
  ANY_REDIRECT("foreign-redirect-refused", "It redirects anywhere."),
  PREFIX_REDIRECT("near-redirect-refused", "It compares the beginning of redirect URIs only."),
  PORT_COMPARED("loopback-port-free", "It compares the port of 127.0.0.1."),
  LOCALHOST_PORT_COMPARED("localhost-port-free", "It compares the port of localhost."),
  NO_CODE_CHALLENGE("challenge-required", "It wants no code challenge."),
  PLAIN_TAKEN("plain-refused", "It takes the method plain."),
  IMPLICIT_TAKEN("implicit-refused", "It takes the response type token."),
  REPEATED_TAKEN("repeated-parameter-refused", "It takes repeated parameters."),
  UNKNOWN_PARAMETER_REFUSED(
      "unknown-parameter-ignored", "It refuses parameters that it does not know."),
  ANY_RESOURCE("foreign-resource-refused", "It takes any resource."),
  ERROR_WITHOUT_ISS("error-carries-iss", "Its errors carry no iss."),
  AUTHORIZE_WITH_CORS("authorize-without-cors", "Scripts may read its consent page."),
  FRAMED("authorize-not-framed", "Its consent page can be framed."),
  STRAIGHT_UPSTREAM("consent-before-upstream", "It sends people to its upstream unasked."),
  TOKEN_ERROR_AS_HTML("token-error-shape", "Its token endpoint errs with a page."),
  UNKNOWN_GRANT_TYPE_IS_500(
      "unknown-grant-type-refused", "It breaks on a grant type that it does not know."),
  PASSWORD_GRANT("password-grant-refused", "It takes passwords."),
  UNKNOWN_CODE_IS_500("unknown-code-refused", "It breaks on a code that it does not know."),
  UNKNOWN_CLIENT_IS_404(
      "unknown-client-refused", "It answers 404 to clients that it does not know."),
  WRONG_SECRET_WITHOUT_CHALLENGE(
      "wrong-secret-401", "Its 401 for a wrong secret has no challenge."),
  TWO_AUTHENTICATIONS(
      "two-authentications-refused", "It takes two ways of authentication at once."),
  TOKEN_BY_GET("token-get-refused", "It answers GET at the token endpoint."),
  TOKEN_REPEATED_TAKEN(
      "token-repeated-parameter-refused", "It takes repeated parameters at the token endpoint."),
  ERROR_REPEATS_INPUT("token-error-characters", "Its errors repeat what was sent."),
  ERROR_CACHED("token-error-no-store", "Its errors may be cached."),
  TOKEN_WITHOUT_CORS("token-cors", "Scripts may not exchange codes."),
  NO_REVOCATION("revocation-offered", "It has no revocation endpoint."),
  UNKNOWN_REVOCATION_REFUSED(
      "unknown-token-revoked", "It refuses to revoke what it does not know."),
  REVOKES_NOTHING("missing-token-refused", "It revokes nothing at all with success."),
  OPEN_INTROSPECTION("introspection-protected", "It tells everybody about tokens."),
  TALKATIVE_INTROSPECTION(
      "unknown-token-inactive", "It tells more than that a token is not active."),
  STATE_CHANGED("state-returned", "It changes state."),
  NO_ISS("iss-returned", "It sends no iss."),
  ODD_TOKEN_TYPE("token-response", "It calls its tokens by a type of its own."),
  TOKENS_CACHED("token-no-store", "Its tokens may be cached."),
  NO_EXPIRY("token-lifetime", "It does not say when tokens expire."),
  CODE_TWICE("code-single-use", "It takes codes twice."),
  REPLAY_ENDS_NOTHING("code-replay-ends-tokens", "It ends nothing when a code comes again."),
  ANY_VERIFIER("verifier-compared", "It takes any verifier."),
  NO_VERIFIER("verifier-required", "It wants no verifier."),
  CODE_OF_ANYBODY("code-of-its-client", "It takes codes from any client."),
  ANY_EXCHANGE_REDIRECT(
      "code-of-its-redirect", "It does not compare the redirect URI of an exchange."),
  ANY_EXCHANGE_RESOURCE("exchange-resource-refused", "It takes any resource in an exchange."),
  RESOURCE_REQUIRED("default-resource", "It wants a resource to be named."),
  SILENT_ABOUT_SCOPE("narrowed-scope-said", "It does not say what it granted."),
  NO_CONSENT("consent-shown", "It asks nobody."),
  CONSENT_WITHOUT_PLACE(
      "consent-names-the-place", "Its consent page does not say where the answer goes."),
  ANY_BROWSER("consent-of-its-browser", "It takes the consent of any browser."),
  REDIRECTS_BY_307("no-307", "It redirects by 307."),
  OWN_TOKENS_REFUSED("token-lets-in", "It refuses the tokens of its own authorization server."),
  QUERY_LETS_IN("query-token-refused", "It takes tokens from the query."),
  OTHER_AUDIENCE("token-names-audience-and-issuer", "Its tokens name another audience."),
  ANY_AUDIENCE("token-of-neighbour-refused", "It takes tokens for other servers."),
  PLAIN_JWT("token-type", "It does not call its tokens access tokens."),
  SHARED_SECRET("token-algorithm", "It signs with a shared secret."),
  UNPUBLISHED_KEY("token-key-published", "It signs with a key that it does not publish."),
  FEW_CLAIMS("token-claims", "Its tokens do not say for which client they are."),
  ANY_SIGNATURE("tampered-token-refused", "It does not verify signatures."),
  UNSIGNED_TAKEN("unsigned-token-refused", "It takes tokens without a signature."),
  CONFUSED("confused-algorithm-refused", "It takes its public key for a shared secret."),
  ANY_KEY("foreign-key-refused", "It takes tokens that anybody signed."),
  EXPIRED_TAKEN("expired-token-refused", "It takes expired tokens."),
  SILENT_403("step-up-challenge", "It does not say which scope is missing."),
  UNKNOWN_VERSION_REFUSED("unknown-version-answered", "It refuses clients of an unknown version."),
  NOTIFICATION_IS_200("notifications-accepted", "It answers notifications with 200."),
  UNKNOWN_METHOD_IS_INTERNAL(
      "unknown-method-named", "It takes an unknown method for an error of its own."),
  GET_IS_HTML("get-streams-or-405", "It answers GET with a page."),
  ANY_VERSION_HEADER("unsupported-version-400", "It does not look at the version."),
  SHORT_SESSION_IDS("session-ids-visible", "Its session ids can be guessed."),
  SESSION_OPTIONAL("session-required", "It wants no session id."),
  UNKNOWN_SESSION_IS_400("unknown-session-404", "It answers 400 when a session has ended."),
  SESSION_LETS_IN("session-no-authentication", "It takes a session id for an access token."),
  OLD_NOTIFICATION_IS_200(
      "notifications-accepted-2025-06-18", "It answers notifications of 2025-06-18 with 200."),
  VERSION_REQUIRED("version-assumed", "It wants a version to be named."),
  NO_BATCHES("batches-accepted", "It refuses batches."),
  NO_CAPABILITIES("discover-version-listed", "It does not say what it can."),
  NO_RESULT_TYPE("result-type", "It does not say what kind its results are."),
  NO_CACHE_HINTS("cache-hints", "It does not say how long its lists hold."),
  NO_SERVER_INFO("server-named", "It does not say who it is."),
  UNKNOWN_METHOD_IS_200("method-unknown-404", "It answers 200 to an unknown method."),
  UNKNOWN_VERSION_UNNAMED("version-unsupported", "It does not say that a version is unknown."),
  VERSION_HEADER_OPTIONAL("version-header-required", "It wants no version in the header."),
  VERSION_HEADER_UNREAD(
      "version-header-compared", "It does not compare the version in the header."),
  METHOD_HEADER_OPTIONAL("method-header-required", "It wants no method in the header."),
  METHOD_HEADER_UNREAD("method-header-compared", "It does not compare the method in the header."),
  NAME_HEADER_UNREAD("name-header-compared", "It does not compare the name in the header."),
  META_OPTIONAL("meta-required", "It wants no _meta."),
  MODERN_NOTIFICATION_ANSWERED("notification-202", "It answers notifications with a result."),
  MODERN_BATCH_TAKEN("batch-refused", "It answers batches."),
  MINTS_SESSIONS("no-session-minted", "It begins sessions where there are none."),
  MODERN_STREAM("get-refused", "It opens a stream where there is none."),
  REFRESH_REFUSED("refresh-works", "It refuses its own refresh tokens."),
  NO_ROTATION("refresh-rotates", "It never replaces a refresh token."),
  REUSE_TAKEN("refresh-reuse-refused", "It takes refresh tokens that were replaced."),
  REUSE_ENDS_NOTHING(
      "refresh-reuse-ends-family", "It ends nothing when a refresh token comes again."),
  REFRESH_OF_ANYBODY("refresh-of-its-client", "It takes refresh tokens from any client."),
  REFRESH_WIDENS("refresh-not-widened", "It widens the scope at a refresh."),
  REFRESH_FORKS(
      "refresh-storm", "It issues another refresh token to each of several equal requests."),
  REFRESH_OUTLIVES_REVOCATION(
      "revoked-refresh-token-dies", "It takes refresh tokens that were revoked."),
  ACCESS_OUTLIVES_REFRESH(
      "revocation-bites", "It takes access tokens whose refresh token was revoked."),
  ACCESS_OUTLIVES_REVOCATION(
      "revoked-access-token-dies", "It takes access tokens that were revoked.");

  private final String check;
  private final String sentence;

  Fault(String check, String sentence) {
    this.check = check;
    this.sentence = sentence;
  }

  /** The id of the check that finds it. */
  public String check() {
    return check;
  }

  /** What is wrong, in one sentence. */
  public String sentence() {
    return sentence;
  }
}
