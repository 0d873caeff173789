package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.RevocationRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The revocation endpoint: a client gives up a token that was issued to it (RFC 7009 §2). */
final class RevokeEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(RevokeEndpoint.class.getName());

  private final Route route;
  private final ClientForms forms;
  private final TokenRevocation revocation;
  private final AuditLog audit;
  private final InstantSource time;

  RevokeEndpoint(
      String prefix,
      ClientForms forms,
      TokenRevocation revocation,
      AuditLog audit,
      InstantSource time) {
    this.route = Route.post(prefix + "/revoke").anyOrigin();
    this.forms = forms;
    this.revocation = revocation;
    this.audit = audit;
    this.time = time;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return Access.CLIENT;
  }

  @Override
  public Reply handle(Request request) {
    Instant now = time.instant();
    try {
      return switch (forms.read(request, now)) {
        case Result.Ok(ClientForm form) -> answer(form, request.id(), now);
        case Result.Refused(FormRefusal refusal) -> {
          if (!refusal.isTooMany()) {
            refused(request.id(), refusal.client(), refusal.reason(), now);
          }
          yield refusal.reply();
        }
      };
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "nothing revoked for request " + request.id(), trouble);
      return ErrorReply.unavailable();
    }
  }

  private Reply answer(ClientForm form, String request, Instant now) {
    ClientId client = form.client().id();
    Optional<RevocationRefusal> refusal =
        switch (RevocationRequest.parse(form.parameters())) {
          case Result.Ok(RevocationRequest message) ->
              revocation.revoke(message.token(), client, request, now);
          case Result.Refused(var _) -> Optional.of(new RevocationRefusal.TokenMissing());
        };
    refusal.ifPresent(reason -> refused(request, client.value(), reason.reason(), now));
    return refusal.map(RevocationRefusal::reply).orElseGet(() -> Reply.of(200).noStore());
  }

  private void refused(String request, String client, String reason, Instant now) {
    audit.record(new AuditEvent.RevocationRefused(now, request, client, reason));
  }
}
