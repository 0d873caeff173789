package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.RegistrationTokenHash;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.authorization.store.StoreUnavailable;
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
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registration endpoint: a client says who it is and gets an identifier, and a secret if it has
 * use for one (RFC 7591 §3). It is no proof of anything: nobody gets a token without a person.
 */
final class RegisterEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(RegisterEndpoint.class.getName());

  private final Route route;
  private final RegistrationPolicy policy;
  private final Registration registration;
  private final ClientStore clients;
  private final ClientSecrets secrets;
  private final RegistrationReplies answers;
  private final AuditLog audit;
  private final InstantSource time;

  RegisterEndpoint(
      Issuer issuer,
      RegistrationPolicy policy,
      Registration registration,
      ClientStore clients,
      ClientSecrets secrets,
      AuditLog audit,
      InstantSource time) {
    this.route = Route.post(issuer.path() + "/register").anyOrigin();
    this.policy = policy;
    this.registration = registration;
    this.clients = clients;
    this.secrets = secrets;
    this.answers = new RegistrationReplies(issuer);
    this.audit = audit;
    this.time = time;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return policy.initialAccessToken() == null ? Access.ANYBODY : Access.REGISTRATION;
  }

  @Override
  public Reply handle(Request request) {
    Optional<RegistrationTokenRefusal> refusal = InitialAccess.refusal(policy, request);
    if (refusal.isPresent()) {
      return refusal.get().reply(RegistrationTokenRefusal.INITIAL);
    }
    try {
      return switch (parse(request).then(registration::decide)) {
        case Result.Ok(Registration.Decided decided) -> add(request, decided);
        case Result.Refused(RegistrationRefusal reason) -> RegistrationReplies.refused(reason);
      };
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "no registration for request " + request.id(), trouble);
      return RegistrationReplies.unavailable();
    }
  }

  private static Result<RegistrationRequest, RegistrationRefusal> parse(Request request) {
    if (!RegistrationReplies.isJson(request)) {
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
    Instant now = time.instant();
    @Nullable Secret secret = metadata.hasSecret() ? secrets.clientSecret() : null;
    Secret token = secrets.registrationAccessToken();
    RegisteredClient client =
        new RegisteredClient(
            secrets.clientId(),
            ClientKind.REGISTERED,
            secret == null ? null : SecretHash.of(secret.reveal()),
            RegistrationTokenHash.of(token.reveal()),
            metadata,
            now);
    clients.add(client);
    audit.record(
        new AuditEvent.ClientRegistered(
            now, request.id(), client.id(), Objects.requireNonNullElse(metadata.name(), "")));
    return answers.registration(201, client, secret, token, decided.dropped());
  }
}
