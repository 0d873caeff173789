package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The clients that the checker has registered, and how it gets rid of them again. */
public final class Clients {
  /** A redirect URI at which nothing listens. */
  public static final String NOWHERE = "http://127.0.0.1:53682/callback";

  /** What the checker's own clients call themselves. */
  public static final String NAME = "Ostiary check";

  /** Wider than the syntax of a bearer token (RFC 6750 §2.1): whatever a header can carry. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

  private final TargetServer target;
  private final List<Client> created = new ArrayList<>();
  private @Nullable Client registered;
  private @Nullable Client withSecret;
  private @Nullable Answer lastAnswer;
  private @Nullable Client other;
  private @Nullable Answer registration;
  private boolean tried;
  private boolean triedSecret;

  Clients(TargetServer target) {
    this.target = target;
  }

  /** The checker's own public client; null if it cannot register one. */
  public @Nullable Client registered() throws IOException {
    if (!tried) {
      tried = true;
      if (target.server().text("registration_endpoint") != null) {
        registered = registeredBy(send(metadata(redirectUri(), "none").toString()));
      }
      registration = lastAnswer;
    }
    if (registered != null && registered.answer() != null) {
      target.http().cite(registered.answer());
    }
    return registered;
  }

  /** The answer to its registration; null if none was sent. */
  public @Nullable Answer registration() throws IOException {
    var _ = registered();
    return registration == null ? null : target.http().cite(registration);
  }

  /**
   * Whether registration wants an initial access token, which only those have who were given one.
   */
  public boolean areClosed() throws IOException {
    Answer answer = registration();
    return answer != null && isClosed(answer);
  }

  /** Whether a registration was refused for want of an initial access token (RFC 7591 §1.2). */
  public static boolean isClosed(Answer answer) {
    boolean refused = answer.status() == 401 || answer.status() == 403;
    boolean bearer =
        answer.header("WWW-Authenticate").orElse("").regionMatches(true, 0, "Bearer", 0, 6);
    return refused && (bearer || answer.isJson());
  }

  /** A second one like it. */
  public @Nullable Client other() throws IOException {
    if (other == null) {
      other = register(metadata(redirectUri(), "none"));
    }
    return other;
  }

  /** A client with a secret: the one that is known, or one that is registered now. */
  public @Nullable Client withSecret() throws IOException {
    Client known = known();
    if (known != null && known.secret() != null) {
      return known;
    }
    if (!triedSecret) {
      triedSecret = true;
      List<String> methods = target.server().texts("token_endpoint_auth_methods_supported");
      boolean postOnly =
          methods.contains("client_secret_post") && !methods.contains("client_secret_basic");
      Client client =
          register(
              metadata(redirectUri(), postOnly ? "client_secret_post" : "client_secret_basic"));
      withSecret = client == null || client.secret() == null ? null : client;
    }
    return withSecret;
  }

  /** The client that people sign in to: the one that is known, or the checker's own. */
  public @Nullable Client forPeople() throws IOException {
    Client known = known();
    return known == null ? registered() : known;
  }

  /** Whether a client of the checker's own can be looked after by RFC 7592. */
  public boolean manageable() throws IOException {
    Client client = registered();
    return client != null && client.manageable();
  }

  /** Where the checker's sign-ins end. */
  public String redirectUri() {
    var signIn = target.options().signIn();
    return signIn == null ? NOWHERE : signIn.redirectUri();
  }

  /** Metadata of a client like the checker's own. */
  public ObjectNode metadata(String redirectUri, String authentication) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("client_name", NAME);
    json.putArray("redirect_uris").add(redirectUri);
    json.put("token_endpoint_auth_method", authentication);
    ArrayNode grants = json.putArray("grant_types").add("authorization_code");
    List<String> supported = target.server().texts("grant_types_supported");
    if (supported.isEmpty() || supported.contains("refresh_token")) {
      grants.add("refresh_token");
    }
    json.putArray("response_types").add("code");
    json.put("application_type", "native");
    String scope = target.flow().scope();
    if (scope != null) {
      json.put("scope", scope);
    }
    return json;
  }

  /** Sends a registration; whatever comes of it will be removed again. */
  public Answer post(String metadata) throws IOException {
    var _ = endpoint();
    return send(metadata);
  }

  /**
   * The registration endpoint, for a request of a check's own.
   *
   * @throws NotTried where there has to be one registration only
   */
  public String endpoint() throws IOException {
    if (target.options().sparing()) {
      throw new NotTried("one more client than is registered on a server that is in use");
    }
    return Objects.requireNonNull(target.server().text("registration_endpoint"));
  }

  private Answer send(String metadata) throws IOException {
    String endpoint = Objects.requireNonNull(target.server().text("registration_endpoint"));
    Answer answer = target.http().json(endpoint, metadata, "Accept", "application/json");
    lastAnswer = answer;
    String id = answer.member("client_id");
    if (answer.status() < 300 && id != null) {
      created.add(client(id, answer));
    }
    return answer;
  }

  /** Registers a client; null if that is refused or not offered. */
  public @Nullable Client register(ObjectNode metadata) throws IOException {
    if (target.server().text("registration_endpoint") == null) {
      return null;
    }
    return registeredBy(post(metadata.toString()));
  }

  private @Nullable Client registeredBy(Answer answer) {
    return answer.status() < 300 && answer.member("client_id") != null ? created.getLast() : null;
  }

  /** Removes a client by RFC 7592. */
  public Answer delete(Client client) throws IOException {
    created.remove(client);
    return target
        .http()
        .send(
            "DELETE",
            Objects.requireNonNull(client.managementUri()),
            bearer(Objects.requireNonNull(client.managementToken())),
            "");
  }

  /** The header that carries a registration access token. */
  public static Headers bearer(Secret token) {
    return Headers.of("Authorization", "Bearer " + token.reveal());
  }

  /** Removes what can be removed; the ids of those that cannot. */
  public List<String> remove() {
    List<String> left = new ArrayList<>();
    for (Client client : List.copyOf(created)) {
      if (!client.manageable() || !removed(client)) {
        left.add(client.id());
      }
    }
    return left;
  }

  private boolean removed(Client client) {
    try {
      int status = delete(client).status();
      return status == 204 || status == 200 || status == 401 || status == 404;
    } catch (IOException | RuntimeException unreachable) {
      return false;
    }
  }

  private @Nullable Client known() {
    Options.KnownClient known = target.options().client();
    return known == null
        ? null
        : Client.named(known.id(), known.secret().orElse(null), redirectUri());
  }

  private static Client client(String id, Answer answer) {
    String redirect =
        answer
            .object()
            .map(json -> json.path("redirect_uris").path(0).asString(NOWHERE))
            .orElse(NOWHERE);
    return new Client(
        id,
        secret(answer.member("client_secret")),
        redirect,
        answer,
        answer.member("registration_client_uri"),
        token(answer.member("registration_access_token")));
  }

  /** What no header can carry is no token: the client cannot be looked after then. */
  private static @Nullable Secret token(@Nullable String value) {
    return value != null && TOKEN.matcher(value).matches() ? new Secret(value) : null;
  }

  private static @Nullable Secret secret(@Nullable String value) {
    return value == null ? null : new Secret(value);
  }
}
