package dev.ostiary.connector.local;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.SameOrigin;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.PasswordPage;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.local.Passwords.Answer;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page where users of this server type name and password. It goes back to the callback only,
 * with a code for the sign-in that its address names; in a browser that has not begun that sign-in
 * the code is worth nothing.
 */
final class SignInEndpoint implements Endpoint {
  static final String PATH = "/sign-in";

  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9._~-]{1,200}");
  private static final int LONGEST = 256;

  /** After how many seconds it is worth trying again while others sign in. */
  private static final int SOON = 5;

  private final ConnectorPlace place;
  private final String callback;
  private final Pages pages;
  private final Passwords passwords;
  private final SignInCodes codes;
  private final AuditLog audit;
  private final InstantSource time;
  private final SameOrigin sameOrigin;

  SignInEndpoint(
      ConnectorPlace place,
      Pages pages,
      Passwords passwords,
      SignInCodes codes,
      AuditLog audit,
      InstantSource time) {
    this.place = place;
    this.callback = place.url().at("/callback/" + place.name());
    this.pages = pages;
    this.passwords = passwords;
    this.codes = codes;
    this.audit = audit;
    this.time = time;
    this.sameOrigin = new SameOrigin(place.url());
  }

  @Override
  public Route route() {
    return Route.getOrPost(place.url().path() + PATH);
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  /** The sign-in that the page belongs to. */
  private record SignIn(String state, CodeChallenge challenge) {
    /** The first step: the redirect URI has to be ours, the challenge S256 (RFC 7636 §4.3). */
    static Optional<SignIn> asked(Parameters query, String callback) {
      return query.first("redirect_uri").filter(callback::equals).isPresent()
              && query.first("code_challenge_method").filter("S256"::equals).isPresent()
          ? of(query)
          : Optional.empty();
    }

    static Optional<SignIn> of(Parameters parameters) {
      return parameters
          .first("state")
          .filter(state -> STATE.matcher(state).matches())
          .flatMap(
              state ->
                  parameters
                      .first("code_challenge")
                      .flatMap(CodeChallenge::parse)
                      .map(challenge -> new SignIn(state, challenge)));
    }
  }

  @Override
  public Reply handle(Request request) {
    boolean posted = request.method().equals("POST");
    String text = posted ? request.body().utf8() : request.query();
    if (!(Parameters.parse(text) instanceof Result.Ok<Parameters, ?>(Parameters parameters))) {
      return problem(request, new Problem.ParametersMalformed());
    }
    if (posted && !sameOrigin.allows(request.headers())) {
      return problem(request, new Problem.FormForeign(CookieFamily.MOST));
    }
    return (posted ? SignIn.of(parameters) : SignIn.asked(parameters, callback))
        .map(
            signIn ->
                posted ? decide(request, parameters, signIn) : show(request, signIn, "", false))
        .orElseGet(() -> problem(request, new Problem.CallbackForeign(CookieFamily.MOST)));
  }

  private Reply decide(Request request, Parameters form, SignIn signIn) {
    if (form.first("decision").filter("cancel"::equals).isPresent()) {
      return back("error=access_denied", signIn);
    }
    String user = form.first("user").orElse("").strip();
    String password = form.first("password").orElse("");
    if (user.length() > LONGEST || password.length() > LONGEST) {
      return show(request, signIn, "", true);
    }
    try {
      return switch (passwords.check(request, user, new Secret(password))) {
        case Answer.Right _ -> back("code=" + codes.issue(user, signIn.challenge()), signIn);
        case Answer.Wrong(boolean known) -> {
          refused(request, known ? user : "", known ? "wrong_password" : "unknown_user");
          yield show(request, signIn, user, true);
        }
        case Answer.TooMany(int seconds) -> {
          refused(request, "", "too_many");
          yield problem(request, new Problem.TooManyRequests(seconds));
        }
        case Answer.Busy _ -> problem(request, new Problem.TooManyRequests(SOON));
      };
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return problem(request, new Problem.Unavailable());
    }
  }

  /** A name that no user has is not recorded: it may be a password in the wrong field. */
  private void refused(Request request, String user, String reason) {
    audit.record(new AuditEvent.PasswordRefused(time.instant(), request.id(), user, reason));
  }

  private Reply show(Request request, SignIn signIn, String user, boolean wrong) {
    return pages.password(
        Language.of(request.headers()),
        new PasswordPage(
            place.url().path() + PATH, signIn.state(), signIn.challenge().value(), user, wrong));
  }

  private Reply back(String answer, SignIn signIn) {
    return Reply.seeOther(
            callback
                + "?"
                + answer
                + "&state="
                + encode(signIn.state())
                + "&iss="
                + encode(place.url().value()))
        .noStore()
        .with("Referrer-Policy", "no-referrer");
  }

  private Reply problem(Request request, Problem problem) {
    return pages.problem(Language.of(request.headers()), problem, request.id());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
