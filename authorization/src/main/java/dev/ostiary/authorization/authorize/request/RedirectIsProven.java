package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.RequestProblems;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The redirect URI belongs to the client (RFC 6749 §3.1.2.3), and {@code state} is short enough to
 * be brought back as it is. Without both no answer can be sent, so what is wrong until here is
 * shown.
 */
final class RedirectIsProven {
  private static final int LONGEST_STATE = 4096;

  private RedirectIsProven() {}

  static Result<ResponseTarget, AuthorizationRefusal> check(
      ReceivedRequest received, RegisteredClient client) {
    @Nullable String requested = received.first("redirect_uri").orElse(null);
    @Nullable String state = received.first("state").orElse(null);
    Optional<ValidatedRedirect> redirect = ValidatedRedirect.match(client.metadata(), requested);
    if (redirect.isEmpty()) {
      return Result.refused(
          AuthorizationRefusal.shown(
              requested == null
                  ? new Problem.RedirectMissing()
                  : RequestProblems.redirect(client, requested)));
    }
    if (state != null && state.length() > LONGEST_STATE) {
      return Result.refused(AuthorizationRefusal.shown(new Problem.StateTooLong(LONGEST_STATE)));
    }
    return Result.ok(new ResponseTarget(redirect.get(), state, client.metadata().name()));
  }
}
