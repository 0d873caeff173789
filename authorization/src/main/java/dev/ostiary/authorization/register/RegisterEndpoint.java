package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.hash.RegistrationTokenHash;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registration endpoint: a client says who it is and gets an identifier, and a secret if it has
 * use for one (RFC 7591 §3). It proves nothing: no client gets a token without a user's consent.
 */
final class RegisterEndpoint implements Endpoint {
  private final Route route;
  private final RegisterDependencies with;
  private final RegistrationReplies answers;

  RegisterEndpoint(Issuer issuer, RegisterDependencies with) {
    this.route = Route.post(issuer.path() + "/register").anyOrigin();
    this.with = with;
    this.answers = new RegistrationReplies(issuer);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return with.policy().initialAccessToken() == null ? Access.ANYBODY : Access.REGISTRATION;
  }

  @Override
  public Reply handle(Request request) {
    Optional<RegistrationTokenRefusal> refusal = InitialAccess.refusal(with.policy(), request);
    if (refusal.isPresent()) {
      return refusal.get().reply(RegistrationTokenRefusal.INITIAL);
    }
    return switch (parse(request).then(with.registration()::decide)) {
      case Result.Ok(Registration.Decided decided) -> add(request, decided);
      case Result.Refused(RegistrationRefusal reason) -> RegistrationReplies.refused(reason);
    };
  }

  private static Result<RegistrationRequest, RegistrationRefusal> parse(Request request) {
    if (!RequestContent.isJson(request)) {
      return Result.refused(new RegistrationRefusal.NotJson());
    }
    return switch (RegistrationRequest.parse(request.body().bytes())) {
      case Result.Ok(RegistrationRequest message) -> Result.ok(message);
      case Result.Refused(RegistrationRequest.Refusal refusal) ->
          Result.refused(new RegistrationRefusal.Unreadable(refusal));
    };
  }

  private Reply add(Request request, Registration.Decided decided) {
    ClientMetadata metadata = decided.metadata();
    Instant now = with.time().instant();
    @Nullable Secret secret = metadata.hasSecret() ? with.secrets().clientSecret() : null;
    Secret token = with.secrets().registrationAccessToken();
    RegisteredClient client =
        new RegisteredClient(
            with.secrets().clientId(),
            ClientKind.REGISTERED,
            secret == null ? null : SecretHash.of(secret.reveal()),
            RegistrationTokenHash.of(token.reveal()),
            metadata,
            now);
    with.clients().add(client);
    with.audit()
        .record(
            new AuditEvent.ClientRegistered(
                now, request.id(), client.id(), Objects.requireNonNullElse(metadata.name(), "")));
    return answers.registration(201, client, secret, token, decided.dropped());
  }
}
