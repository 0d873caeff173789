package dev.ostiary.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** How a client says who it is in a request to us (OAuth 2.1 §2.4). Nothing is proven yet. */
public sealed interface ClientCredentials {
  /** The scheme of RFC 7617. */
  String BASIC = "Basic";

  ClientId client();

  /** Its name only. */
  record Named(ClientId client) implements ClientCredentials {}

  /** Name and secret in the {@code Authorization} header (OAuth 2.1 §2.4.1). */
  record Basic(ClientId client, Secret secret) implements ClientCredentials {}

  /** Name and secret in the form (OAuth 2.1 §2.4.1). */
  record Posted(ClientId client, Secret secret) implements ClientCredentials {}

  /** A signed statement in the form (RFC 7523 §2.2). */
  record Asserted(ClientAssertion assertion) implements ClientCredentials {
    @Override
    public ClientId client() {
      return assertion.client();
    }
  }

  /** Why a request says nothing that could be checked. */
  enum Refusal {
    /** It names no client at all. */
    ABSENT,
    /** It uses two methods at once, or names two clients. */
    SEVERAL,
    /** A header that is not HTTP Basic with an encoded name and secret. */
    MALFORMED_HEADER,
    /** It has a client assertion without its type, or the type without an assertion. */
    HALF_AN_ASSERTION,
    /** Its client assertion is of a type that nothing is known of here. */
    OTHER_ASSERTION,
    /** Its client assertion is the only name it has, and cannot be read. */
    UNREADABLE_ASSERTION
  }

  /**
   * Reads the credentials. A header of another scheme than Basic is for something else, such as the
   * access token that some clients send with everything. An empty secret is none.
   *
   * @param authorization the values of every {@code Authorization} header
   */
  static Result<ClientCredentials, Refusal> parse(
      List<String> authorization, Parameters parameters) {
    List<String> basic = authorization.stream().filter(ClientCredentials::isBasic).toList();
    Optional<String> id = parameters.first("client_id");
    Optional<String> secret = parameters.first("client_secret");
    boolean assertion =
        parameters.first("client_assertion").isPresent()
            || parameters.first("client_assertion_type").isPresent();
    int methods = basic.size() + (secret.isPresent() ? 1 : 0) + (assertion ? 1 : 0);
    if (methods > 1) {
      return Result.refused(Refusal.SEVERAL);
    }
    if (assertion) {
      return asserted(id, parameters);
    }
    if (!basic.isEmpty()) {
      return basic(basic.getFirst())
          .then(
              named ->
                  id.isPresent() && !id.get().equals(named.client().value())
                      ? Result.refused(Refusal.SEVERAL)
                      : Result.ok(named));
    }
    if (id.isEmpty()) {
      return Result.refused(Refusal.ABSENT);
    }
    ClientId client = new ClientId(id.get());
    return Result.ok(
        secret.isPresent() ? new Posted(client, new Secret(secret.get())) : new Named(client));
  }

  /** The request need not name the client, since the assertion does (RFC 7521 §4.2). */
  private static Result<ClientCredentials, Refusal> asserted(
      Optional<String> id, Parameters parameters) {
    Optional<String> type = parameters.first("client_assertion_type");
    Optional<String> jwt = parameters.first("client_assertion");
    if (type.isEmpty() || jwt.isEmpty()) {
      return Result.refused(Refusal.HALF_AN_ASSERTION);
    }
    if (!type.get().equals(ClientAssertion.TYPE)) {
      return Result.refused(Refusal.OTHER_ASSERTION);
    }
    return id.map(ClientId::new)
        .or(() -> ClientAssertion.subject(jwt.get()))
        .map(client -> new Asserted(new ClientAssertion(client, new Secret(jwt.get()))))
        .map(Result::<ClientCredentials, Refusal>ok)
        .orElseGet(() -> Result.refused(Refusal.UNREADABLE_ASSERTION));
  }

  /** Whether a header means to be HTTP Basic: also one that is nothing but the scheme. */
  private static boolean isBasic(String header) {
    return header.strip().split("[ \\t]", 2)[0].equalsIgnoreCase(BASIC);
  }

  private static Result<ClientCredentials, Refusal> basic(String header) {
    try {
      byte[] decoded = Base64.getDecoder().decode(header.strip().substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon <= 0) {
        return Result.refused(Refusal.MALFORMED_HEADER);
      }
      Optional<String> client = FormText.decode(pair.substring(0, colon));
      Optional<String> secret = FormText.decode(pair.substring(colon + 1));
      if (client.isEmpty() || secret.isEmpty()) {
        return Result.refused(Refusal.MALFORMED_HEADER);
      }
      ClientId id = new ClientId(client.get());
      return Result.ok(
          secret.get().isEmpty() ? new Named(id) : new Basic(id, new Secret(secret.get())));
    } catch (IllegalArgumentException malformed) {
      return Result.refused(Refusal.MALFORMED_HEADER);
    }
  }
}
