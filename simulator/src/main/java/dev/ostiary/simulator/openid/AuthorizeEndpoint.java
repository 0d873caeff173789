package dev.ostiary.simulator.openid;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Person;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /authorize}: from a client's request to the user's answer. */
final class AuthorizeEndpoint {
  private final OpenIdProviderSettings settings;
  private final List<OpenIdUser> users;
  private final Origin origin;
  private final OpenIdTokens tokens;
  private final OpenIdFaults faults;
  private final Supplier<@Nullable Person> person;
  private final InstantSource time;

  AuthorizeEndpoint(
      OpenIdProviderSettings settings,
      Origin origin,
      OpenIdTokens tokens,
      OpenIdFaults faults,
      Supplier<@Nullable Person> person,
      InstantSource time) {
    this.settings = settings;
    this.users = OpenIdUser.of(settings.world());
    this.origin = origin;
    this.tokens = tokens;
    this.faults = faults;
    this.person = person;
    this.time = time;
  }

  Reply answer(Request request) {
    Parameters asked =
        request.method().equals("POST") ? Parameters.form(request) : Parameters.query(request);
    Optional<OpenIdClient> client = settings.client(asked.value("client_id"));
    if (client.isEmpty()) {
      return AuthorizePages.refused("The client " + asked.value("client_id") + " is not known.");
    }
    if (!client.get().redirectUris().contains(asked.value("redirect_uri"))) {
      return AuthorizePages.refused(
          "redirect_uri_mismatch: " + asked.value("redirect_uri") + " is not registered.");
    }
    Optional<String> error = faults.authorizationError().or(() -> error(asked));
    return error.isPresent()
        ? back(asked, Parameters.pair("error", error.get()))
        : decide(client.get(), asked);
  }

  private static Optional<String> error(Parameters asked) {
    boolean proper =
        asked.value("response_type").equals("code")
            && scopes(asked).contains("openid")
            && (asked.find("code_challenge").isEmpty()
                || asked.value("code_challenge_method").equals("S256"));
    return proper ? Optional.empty() : Optional.of("invalid_request");
  }

  private Reply decide(OpenIdClient client, Parameters asked) {
    Person somebody = person.get();
    String login = somebody == null ? asked.value("login") : somebody.login();
    Optional<OpenIdUser> user =
        users.stream().filter(each -> each.login().equals(login)).findFirst();
    if (user.isEmpty()) {
      return AuthorizePages.accounts(users, asked);
    }
    String decision =
        somebody == null ? asked.value("decision") : somebody.refuses() ? "cancel" : "approve";
    return switch (decision) {
      case "approve" -> back(asked, Parameters.pair("code", code(client, user.get(), asked)));
      case "cancel" -> back(asked, Parameters.pair("error", "access_denied"));
      default -> AuthorizePages.approval(user.get(), client, asked);
    };
  }

  private String code(OpenIdClient client, OpenIdUser user, Parameters asked) {
    OpenIdTokens.SignedIn signedIn =
        new OpenIdTokens.SignedIn(
            tokens.secret(), client, user, scopes(asked), asked.find("nonce").orElse(null));
    return tokens.code(
        new OpenIdTokens.Code(
            signedIn,
            asked.value("redirect_uri"),
            asked.find("code_challenge").orElse(null),
            time.instant().plus(OpenIdTokens.CODE_LIFE)));
  }

  private static Set<String> scopes(Parameters asked) {
    return Arrays.stream(asked.value("scope").split(" ", -1)).collect(Collectors.toSet());
  }

  private Reply back(Parameters asked, String answer) {
    String redirectUri = asked.value("redirect_uri");
    String issuer = faults.issuerOr(origin.web(""));
    return Page.found(
        redirectUri
            + (redirectUri.contains("?") ? "&" : "?")
            + answer
            + "&"
            + Parameters.pair("state", asked.value("state"))
            + (issuer.isEmpty() ? "" : "&" + Parameters.pair("iss", issuer)));
  }
}
