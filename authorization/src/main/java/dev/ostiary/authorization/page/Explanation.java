package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.assertion.KeyRefusal;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.registration.ClientDocument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A problem in words.
 *
 * @param heading what happened
 * @param person what it means and what to do, for the person at the browser
 * @param developer what to change, for the developer of the client
 */
record Explanation(String heading, String person, String developer) {
  /** The sentences of a problem have its {@link Problem#reason()} as their key. */
  static Explanation of(Problem problem, Texts texts) {
    String key = "problem." + problem.reason();
    return switch (problem) {
      case Problem.ParameterRepeated(String name) -> invalid(texts, key, name);
      case Problem.StateTooLong(int limit) -> invalid(texts, key, limit);
      case Problem.ParametersMalformed _, Problem.ClientIdMissing _, Problem.RedirectMissing _ ->
          invalid(texts, key);
      case Problem.DocumentUnusable(String clientId, DocumentRefusal refusal) ->
          document(texts, clientId, refusal);
      case Problem.RedirectUnknown unknown -> redirect(texts, key, unknown);
      case Problem.TooManyRequests(int seconds) ->
          own(texts, key, texts.of(seconds == 1 ? "time.second" : "time.seconds", seconds));
      case Problem.ClientUnknown(String clientId) -> own(texts, key, clientId);
      case Problem.DocumentsOff(String clientId) -> own(texts, key, clientId);
      case Problem.FormForeign(int newest) -> own(texts, key, newest);
      case Problem.CallbackForeign(int newest) -> own(texts, key, newest);
      case Problem.ClientChanged _,
          Problem.FormExpired _,
          Problem.FormIncomplete _,
          Problem.Unavailable _ ->
          own(texts, key);
    };
  }

  private static Explanation own(Texts texts, String key, Object... arguments) {
    return new Explanation(
        texts.of(key + ".heading", arguments),
        texts.of(key + ".person", arguments),
        texts.of(key + ".developer", arguments));
  }

  /** The request is invalid, and only the developer needs to know how. */
  private static Explanation invalid(Texts texts, String key, Object... arguments) {
    return new Explanation(
        texts.of("problem.client-invalid.heading"),
        texts.of("problem.client-invalid.person"),
        texts.of(key + ".developer", arguments));
  }

  private static Explanation redirect(Texts texts, String key, Problem.RedirectUnknown problem) {
    String known = list(texts, problem.known());
    return new Explanation(
        texts.of(key + ".heading"),
        texts.of(key + ".person"),
        problem.documentHost() == null
            ? texts.of(key + ".developer", problem.redirectUri(), known)
            : texts.of(
                key + ".developer-of-document",
                problem.redirectUri(),
                known,
                problem.documentHost()));
  }

  private static String list(Texts texts, List<String> items) {
    return items.isEmpty()
        ? texts.of("list.none")
        : items.stream()
            .map(item -> texts.of("list.item", item))
            .collect(Collectors.joining(texts.of("list.separator")));
  }

  private static Explanation document(Texts texts, String clientId, DocumentRefusal refusal) {
    String key = "problem.document-unusable";
    if (refusal.passing()) {
      key = "problem.document-not-read";
    } else if (refusal instanceof DocumentRefusal.DomainNotTrusted) {
      key = "problem.domain-not-trusted";
    }
    return new Explanation(
        texts.of(key + ".heading"),
        texts.of(key + ".person"),
        texts.of("document.developer", clientId, detail(texts, refusal)));
  }

  private static String detail(Texts texts, DocumentRefusal refusal) {
    String key = "document." + refusal.reason();
    return switch (refusal) {
      case DocumentRefusal.UrlMalformed(ClientIdUrl.Refusal why) ->
          texts.of("document.url-" + dashed(why));
      case DocumentRefusal.DomainNotTrusted _ -> texts.of(key);
      case DocumentRefusal.NotRegistrable(RegistrationRefusal why) ->
          texts.of(key, registration(texts, why));
      case DocumentRefusal.NotFetched(FetchRefusal why) -> fetch(texts, key, why);
      case DocumentRefusal.NotADocument(ClientDocument.Refusal why) ->
          switch (why) {
            case ClientDocument.Refusal.Missing(String member) -> texts.of(key, member);
            case ClientDocument.Refusal.Secret(String member) -> texts.of(key, member);
            case ClientDocument.Refusal.Malformed(String member, String problem) ->
                texts.of(key, member, problem);
            case ClientDocument.Refusal.NotAnObject _,
                ClientDocument.Refusal.OtherClient _,
                ClientDocument.Refusal.SecretMethod _ ->
                texts.of(key);
          };
    };
  }

  private static String registration(Texts texts, RegistrationRefusal refusal) {
    return switch (refusal) {
      case RegistrationRefusal.BadRedirectUri(int index, RedirectRules.Refusal why) ->
          texts.of("registration.redirect-uri", index, texts.of("redirect." + dashed(why)));
      case RegistrationRefusal.BadKeys(KeyRefusal why) -> texts.of("keys." + dashed(why));
      case RegistrationRefusal.MethodUnsupported(List<ClientAuthenticationMethod> methods) ->
          texts.of(
              "registration.method",
              list(texts, methods.stream().map(ClientAuthenticationMethod::toWire).toList()));
      case RegistrationRefusal.GrantTypesUnsupported _ -> texts.of("registration.grant-types");
      case RegistrationRefusal.ResponseTypesUnsupported _ ->
          texts.of("registration.response-types");
      case RegistrationRefusal.ScopeMalformed _ -> texts.of("registration.scope");
      case RegistrationRefusal.NotJson _,
          RegistrationRefusal.Unreadable _,
          RegistrationRefusal.OtherClient _,
          RegistrationRefusal.OtherSecret _ ->
          throw new IllegalArgumentException("only a request is refused for this: " + refusal);
    };
  }

  private static String dashed(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String fetch(Texts texts, String key, FetchRefusal why) {
    return switch (why) {
      case FetchRefusal.Redirected(int status) -> texts.of(key, status);
      case FetchRefusal.StatusNotOk(int status) -> texts.of(key, status);
      case FetchRefusal.TooLarge(int limit) -> texts.of(key, limit);
      case FetchRefusal.NameUnknown _, FetchRefusal.Unreachable _, FetchRefusal.TooLate _ ->
          texts.of(key) + " " + texts.of("document.no-internet");
      default -> texts.of(key);
    };
  }
}
