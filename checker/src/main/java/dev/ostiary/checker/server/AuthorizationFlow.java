package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.signin.SignIn;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way to tokens: authorization requests, sign-ins, exchanges. */
public final class AuthorizationFlow {
  private static final int PATIENCE_OF_PEOPLE = 2;
  private static final int PATIENCE_WHEN_THOROUGH = 30;

  private final TargetServer target;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Tokens tokens;
  private @Nullable String failure;
  private @Nullable Attempt first;
  private Map<String, String> callback = Map.of();
  private boolean tried;
  private int signIns;

  AuthorizationFlow(TargetServer target) {
    this.target = target;
  }

  /** Why there is no access token; null if there is one. */
  public @Nullable String failure() throws IOException {
    if (!tried) {
      tried = true;
      begin();
    }
    return failure;
  }

  /** What the first sign-in came to; there, once there is no trouble. */
  public Tokens tokens() throws IOException {
    if (failure() != null) {
      throw new IllegalStateException("there is no access token");
    }
    return Objects.requireNonNull(tokens);
  }

  /** The parameters that the first sign-in brought back. */
  public Map<String, String> callback() {
    return callback;
  }

  /** The request of the first sign-in. */
  public Attempt firstAttempt() {
    return Objects.requireNonNull(first);
  }

  private void begin() throws IOException {
    Options options = target.options();
    Secret given = options.token();
    if (given != null) {
      tokens = new Tokens(given.reveal(), null, null, null);
      return;
    }
    if (options.signIn() == null) {
      clientCredentials();
      return;
    }
    Client client = target.clients().forPeople();
    if (client == null) {
      failure = "no client could be registered, and --client-id names none";
      return;
    }
    first = attempt(client);
    signIn(client, first);
  }

  private void signIn(Client client, Attempt attempt) throws IOException {
    try {
      callback = answer(attempt);
    } catch (IOException stuck) {
      failure = "the sign-in did not come to an end: " + stuck.getMessage();
      return;
    }
    if (!callback.containsKey("code")) {
      failure = "the sign-in brought no code, but " + callback.getOrDefault("error", "nothing");
      return;
    }
    Answer answer = exchange(attempt, callback.get("code"));
    tokens = Tokens.of(client, answer);
    if (tokens == null) {
      failure = "the code was not exchanged: " + answer.brief();
    }
  }

  private void clientCredentials() throws IOException {
    Options.KnownClient known = target.options().client();
    if (known == null
        || known.secret().isEmpty()
        || target.server().text("token_endpoint") == null) {
      failure = "an access token: --sign-in, --token, or --client-id with --client-secret";
      return;
    }
    Client client = Client.named(known.id(), known.secret().get(), Clients.NOWHERE);
    Form form = client.in(Form.of("grant_type", "client_credentials", "resource", resource()));
    Answer answer = token(form.andIf("scope", scope()));
    Tokens issued = Tokens.of(client, answer);
    if (issued == null) {
      failure = "the client's credentials brought no access token: " + answer.brief();
    } else {
      tokens = new Tokens(issued.access(), null, null, answer);
    }
  }

  /** The resource to ask for: what the metadata calls itself, else the URL. */
  public String resource() throws IOException {
    String named = target.resource().text("resource");
    return named == null ? target.url() : named;
  }

  /** The scopes a careful client asks for: the challenge's, else the resource's, else none. */
  public @Nullable String scope() throws IOException {
    String asked =
        target
            .challenge()
            .header("WWW-Authenticate")
            .flatMap(field -> ChallengeField.parse(field).parameter("scope"))
            .orElse(String.join(" ", target.resource().texts("scopes_supported")));
    List<String> scopes = new ArrayList<>();
    if (!asked.isBlank()) {
      scopes.add(asked);
    }
    if (target.server().texts("scopes_supported").contains("offline_access")) {
      scopes.add("offline_access");
    }
    return scopes.isEmpty() ? null : String.join(" ", scopes);
  }

  /** An authorization request with nothing wrong. */
  public Attempt attempt(Client client) throws IOException {
    return Attempt.of(client, resource(), scope(), random);
  }

  /** Where a request goes. */
  public String address(Attempt attempt) throws IOException {
    String endpoint = Objects.requireNonNull(target.server().text("authorization_endpoint"));
    return attempt.parameters().appendedTo(endpoint);
  }

  /** What the authorization endpoint answers at once, before anybody signs in. */
  public Answer open(Attempt attempt) throws IOException {
    return target.http().get(address(attempt), "Accept", "text/html");
  }

  /**
   * Goes through a sign-in; the parameters that come back.
   *
   * @throws IOException if it does not come to an end, or a person would be asked too often
   */
  public Map<String, String> answer(Attempt attempt) throws IOException {
    SignIn way = Objects.requireNonNull(target.options().signIn());
    int most = target.options().thorough() ? PATIENCE_WHEN_THOROUGH : PATIENCE_OF_PEOPLE;
    if (way instanceof SignIn.Person && signIns >= most) {
      throw new IOException("one more sign-in; --thorough asks for it");
    }
    signIns++;
    URI end = way.complete(URI.create(address(attempt)), target.http());
    return Form.of(end);
  }

  /** An unused code; null if the sign-in brings none. */
  public @Nullable String code(Attempt attempt) throws IOException {
    return answer(attempt).get("code");
  }

  /** The exchange of a code as it should be. */
  public Form exchangeForm(Attempt attempt, String code) throws IOException {
    return attempt
        .client()
        .in(
            Form.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", attempt.client().redirectUri(),
                "code_verifier", attempt.verifier().value(),
                "resource", resource()));
  }

  public Answer exchange(Attempt attempt, String code) throws IOException {
    return token(exchangeForm(attempt, code));
  }

  /** Tokens of another sign-in; null if there is no way to them. */
  public @Nullable Tokens more() throws IOException {
    Client client = Objects.requireNonNull(tokens().client());
    Attempt attempt = attempt(client);
    String code = code(attempt);
    return code == null ? null : Tokens.of(client, exchange(attempt, code));
  }

  /** Uses a refresh token. */
  public Answer refresh(Client client, String refreshToken) throws IOException {
    return token(refreshForm(client, refreshToken));
  }

  public Form refreshForm(Client client, String refreshToken) {
    return client.in(Form.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  /** Sends a form to the token endpoint. */
  public Answer token(Form form) throws IOException {
    return target.http().form(tokenEndpoint(), form);
  }

  public String tokenEndpoint() throws IOException {
    return Objects.requireNonNull(target.server().text("token_endpoint"));
  }
}
