package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.BearerToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.RegistrationUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The client configuration endpoint: a client reads, replaces or deletes its own registration (RFC
 * 7592 §2). The registration access token opens it. The token stays the same for as long as the
 * client is registered, so a client that loses a reply never locks itself out.
 */
final class ClientConfigurationEndpoint implements Endpoint {
  /** A client, and the token that it presented for itself. */
  private record Opened(RegisteredClient client, Secret token) {}

  private final Route route;
  private final RegisterDependencies with;
  private final ClientUpdate update;
  private final RegistrationReplies answers;

  ClientConfigurationEndpoint(Issuer issuer, RegisterDependencies with) {
    this.route = Route.getPutOrDelete(issuer.path() + "/register/*").anyOrigin();
    this.with = with;
    this.update = new ClientUpdate(with.registration(), with.secrets());
    this.answers = new RegistrationReplies(issuer);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return Access.REGISTRATION;
  }

  @Override
  public Reply handle(Request request) {
    return switch (open(request)) {
      case Result.Ok(Opened opened) -> answer(request, opened);
      case Result.Refused(RegistrationTokenRefusal refusal) ->
          refusal.reply(RegistrationTokenRefusal.OF_CLIENT);
    };
  }

  private Result<Opened, RegistrationTokenRefusal> open(Request request) {
    return switch (BearerToken.parse(request.headers().all("Authorization"))) {
      case Result.Refused(BearerToken.Refusal refusal) ->
          Result.refused(RegistrationTokenRefusal.of(refusal));
      case Result.Ok(BearerToken(Secret token)) ->
          with.clients()
              .find(new ClientId(request.lastSegment()))
              .filter(
                  client ->
                      RegistrationTokenHash.of(token.reveal()).equals(client.registrationToken()))
              .map(client -> Result.<Opened, RegistrationTokenRefusal>ok(new Opened(client, token)))
              .orElseGet(() -> Result.refused(RegistrationTokenRefusal.WRONG));
    };
  }

  private Reply answer(Request request, Opened opened) {
    return switch (request.method()) {
      case "PUT" -> replace(request, opened);
      case "DELETE" -> remove(request, opened);
      default -> answers.registration(200, opened.client(), null, opened.token(), List.of());
    };
  }

  private Reply replace(Request request, Opened opened) {
    return switch (parse(request).then(message -> update.decide(opened.client(), message))) {
      case Result.Refused(RegistrationRefusal reason) -> RegistrationReplies.refused(reason);
      case Result.Ok(ClientUpdate.Replaced after) -> {
        RegisteredClient client = after.client();
        if (!with.clients().replace(client)) {
          yield RegistrationTokenRefusal.WRONG.reply(RegistrationTokenRefusal.OF_CLIENT);
        }
        with.audit()
            .record(
                new AuditEvent.ClientReplaced(
                    with.time().instant(),
                    request.id(),
                    client.id(),
                    Objects.requireNonNullElse(client.metadata().name(), "")));
        yield answers.registration(200, client, after.told(), opened.token(), after.dropped());
      }
    };
  }

  private Reply remove(Request request, Opened opened) {
    Instant now = with.time().instant();
    return with.removal().remove(opened.client().id(), Actor.CLIENT, request.id(), now, _ -> {})
        ? Reply.of(204).noStore()
        : RegistrationTokenRefusal.WRONG.reply(RegistrationTokenRefusal.OF_CLIENT);
  }

  private static Result<RegistrationUpdate, RegistrationRefusal> parse(Request request) {
    if (!RequestContent.isJson(request)) {
      return Result.refused(new RegistrationRefusal.NotJson());
    }
    return switch (RegistrationUpdate.parse(request.body().bytes())) {
      case Result.Ok(RegistrationUpdate update) -> Result.ok(update);
      case Result.Refused(var refusal) ->
          Result.refused(new RegistrationRefusal.Unreadable(refusal));
    };
  }
}
