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
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import dev.ostiary.protocol.token.IntrospectionRequest;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The introspection endpoint: a confidential client asks whether a token is good (RFC 7662 §2). Who
 * cannot prove who they are may not ask, or tokens could be tried out here.
 */
final class IntrospectEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(IntrospectEndpoint.class.getName());

  private final Route route;
  private final ClientForms forms;
  private final Introspection introspection;
  private final AuditLog audit;
  private final InstantSource time;

  IntrospectEndpoint(
      String prefix,
      ClientForms forms,
      Introspection introspection,
      AuditLog audit,
      InstantSource time) {
    this.route = Route.post(prefix + "/introspect");
    this.forms = forms;
    this.introspection = introspection;
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
      return switch (forms.readConfidential(request, now)) {
        case Result.Ok(ClientForm form) -> answer(form, request.id(), now);
        case Result.Refused(FormRefusal refusal) -> {
          if (!refusal.isTooMany()) {
            refused(request.id(), refusal.client(), refusal.reason(), now);
          }
          yield refusal.reply();
        }
      };
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "nothing said for request " + request.id(), trouble);
      return ErrorReply.unavailable();
    }
  }

  private Reply answer(ClientForm form, String request, Instant now) {
    ClientId client = form.client().id();
    return switch (IntrospectionRequest.parse(form.parameters())) {
      case Result.Ok(IntrospectionRequest message) ->
          introspection
              .of(message.token(), client, now)
              .map(response -> Reply.json(200, response.toJson()).noStore())
              .orElseGet(ErrorReply::unavailable);
      case Result.Refused(var _) -> {
        refused(request, client.value(), "token-missing", now);
        yield ErrorReply.of(new WireError(OAuthError.INVALID_REQUEST, "token is missing"));
      }
    };
  }

  private void refused(String request, String client, String reason, Instant now) {
    audit.record(new AuditEvent.IntrospectionRefused(now, request, client, reason));
  }
}
