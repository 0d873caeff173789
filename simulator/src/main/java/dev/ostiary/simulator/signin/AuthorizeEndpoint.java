package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.signin.AuthorizationRequests.Checked;
import dev.ostiary.simulator.signin.Browsers.Browser;
import dev.ostiary.simulator.token.Approvals;
import dev.ostiary.simulator.token.AuthorizationCode;
import dev.ostiary.simulator.token.Codes;
import dev.ostiary.simulator.token.Ledger;
import dev.ostiary.simulator.token.Scopes;
import dev.ostiary.simulator.world.Account;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /login/oauth/authorize}: from an application's request to the person's answer. */
public final class AuthorizeEndpoint {
  private final SimulatorSettings settings;
  private final AuthorizationRequests requests;
  private final Callbacks callbacks;
  private final Browsers browsers;
  private final Approvals approvals;
  private final Codes codes;
  private final Supplier<@Nullable Person> person;
  private final InstantSource time;

  public AuthorizeEndpoint(
      SimulatorSettings settings,
      AuthorizationRequests requests,
      Callbacks callbacks,
      Browsers browsers,
      Ledger ledger,
      Supplier<@Nullable Person> person,
      InstantSource time) {
    this.settings = settings;
    this.requests = requests;
    this.callbacks = callbacks;
    this.browsers = browsers;
    this.approvals = ledger.approvals();
    this.codes = ledger.codes();
    this.person = person;
    this.time = time;
  }

  /** The request, as the application sends the browser with it. */
  Reply ask(Request request) {
    return switch (requests.check(Parameters.query(request))) {
      case Checked.Refused(Reply reply) -> reply;
      case Checked.Valid(AuthorizationRequest valid) -> ask(request, valid);
    };
  }

  /** The answer, as the page's form brings it. */
  Reply answer(Request request) {
    Parameters form = Parameters.form(request);
    Browser browser = browsers.recognize(request);
    Optional<Account> account = signedIn(browser);
    if (account.isEmpty() || !form.value("authenticity_token").equals(browser.formToken())) {
      return SignIn.expired();
    }
    return switch (requests.check(form)) {
      case Checked.Refused(Reply reply) -> reply;
      case Checked.Valid(AuthorizationRequest valid) -> answer(valid, account.get(), form);
    };
  }

  private Reply ask(Request request, AuthorizationRequest valid) {
    Person decided = person.get();
    if (decided != null) {
      return decide(valid, decided);
    }
    Browser browser = browsers.recognize(request);
    Optional<Account> account = signedIn(browser);
    boolean choose = valid.parameters().value("prompt").equals("select_account");
    if (account.isEmpty() || choose) {
      return Page.found(SignIn.loginPath(valid.parameters()));
    }
    return browsers.keep(browser, approveOrShow(valid, account.get(), browser));
  }

  /** What was granted before is not asked for again. */
  private Reply approveOrShow(AuthorizationRequest valid, Account account, Browser browser) {
    Optional<Scopes> before = approvals.find(valid.app(), account);
    Scopes asked = asked(valid, account);
    if (before.isPresent() && before.get().covers(asked)) {
      return approve(valid, account, asked);
    }
    return AuthorizePage.show(
        valid, account, asked, settings.reducible(), browser, SignIn.loginPath(valid.parameters()));
  }

  private Reply answer(AuthorizationRequest valid, Account account, Parameters form) {
    if (!form.value("authorize").equals("1")) {
      return refuse(valid);
    }
    Scopes asked = asked(valid, account);
    Scopes granted = settings.reducible() ? asked.only(form.all("granted_scope")) : asked;
    return approve(valid, account, granted);
  }

  private Reply decide(AuthorizationRequest valid, Person decided) {
    Optional<Account> account = settings.world().account(decided.login());
    if (account.isEmpty() || decided.refuses()) {
      return refuse(valid);
    }
    return approve(valid, account.get(), decided.grants(asked(valid, account.get())));
  }

  private Reply approve(AuthorizationRequest valid, Account account, Scopes granted) {
    Instant now = time.instant();
    approvals.add(valid.app(), account, granted);
    AuthorizationCode code =
        new AuthorizationCode(
            valid.app(),
            account,
            granted,
            valid.isExpiring(),
            valid.redirectUri(),
            valid.codeChallenge(),
            now.plus(Codes.LIFETIME));
    return callbacks.code(valid.redirectUri(), codes.issue(code, now), valid.state());
  }

  private Reply refuse(AuthorizationRequest valid) {
    return callbacks.error(
        valid.redirectUri(),
        "access_denied",
        "The user has denied your application access.",
        valid.state());
  }

  /** The scopes of the request; without any, those that the person granted before. */
  private Scopes asked(AuthorizationRequest valid, Account account) {
    if (!valid.app().isOAuthApp()) {
      return Scopes.NONE;
    }
    return valid.scopes().orElseGet(() -> approvals.find(valid.app(), account).orElse(Scopes.NONE));
  }

  private Optional<Account> signedIn(Browser browser) {
    return Optional.ofNullable(browser.login()).flatMap(settings.world()::account);
  }
}
