package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.RequestProblems;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.protocol.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The redirect URI belongs to the client (RFC 6749 §3.1.2.3), and {@code state} is short enough to
 * be brought back as it is. Without both no answer can be sent, so what is wrong until here is
 * shown.
 */
final class RedirectIsProven implements Step<KnownClient, ProvenRequest> {
  private static final int LONGEST_STATE = 4096;

  @Override
  public Result<ProvenRequest, AuthorizationRefusal> check(KnownClient known) {
    @Nullable String requested = known.read().parameters().first("redirect_uri").orElse(null);
    @Nullable String state = known.read().parameters().first("state").orElse(null);
    Optional<ValidatedRedirect> redirect =
        ValidatedRedirect.match(known.client().metadata(), requested);
    if (redirect.isEmpty()) {
      return Result.refused(
          AuthorizationRefusal.shown(
              requested == null
                  ? new Problem.RedirectMissing()
                  : RequestProblems.redirect(known.client(), requested)));
    }
    if (state != null && state.length() > LONGEST_STATE) {
      return Result.refused(AuthorizationRefusal.shown(new Problem.StateTooLong(LONGEST_STATE)));
    }
    return Result.ok(
        new ProvenRequest(
            known.read(),
            known.client(),
            new ResponseTarget(redirect.get(), state, known.client().metadata().name())));
  }
}
