package dev.ostiary.authorization.register;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SecretHash;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientMetadata;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.RegistrationRequest;
import dev.ostiary.protocol.RegistrationResponse;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.WireError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The registration endpoint: a client says who it is and gets an identifier, and a secret unless it
 * is public (RFC 7591 §3). It is no proof of anything: nobody gets a token without a person.
 */
final class RegisterEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(RegisterEndpoint.class.getName());

  /** No identifier of ours begins with https://, so that one that does is a document's address. */
  private static final String CLIENT_ID = "oc_";

  private static final String CLIENT_SECRET = "ocs_";

  private final Route route;
  private final ClientStore clients;
  private final SecretSource secrets;
  private final AuditLog audit;
  private final InstantSource time;

  RegisterEndpoint(
      String prefix,
      ClientStore clients,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    this.route = Route.post(prefix + "/register").anyOrigin();
    this.clients = clients;
    this.secrets = secrets;
    this.audit = audit;
    this.time = time;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    Result<RegistrationResponse, RegistrationRefusal> result;
    try {
      result = parse(request).then(Registration::decide).map(metadata -> add(request, metadata));
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "no registration for request " + request.id(), trouble);
      return refuse(
              new WireError(OAuthError.TEMPORARILY_UNAVAILABLE, "the storage does not answer"))
          .with("Retry-After", "1");
    }
    return switch (result) {
      case Result.Ok(RegistrationResponse response) -> Reply.json(201, response.toJson()).noStore();
      case Result.Refused(RegistrationRefusal reason) -> refuse(reason.wire());
    };
  }

  private static Result<RegistrationRequest, RegistrationRefusal> parse(Request request) {
    String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      return Result.refused(new RegistrationRefusal.NotJson());
    }
    return switch (RegistrationRequest.parse(request.body().bytes())) {
      case Result.Ok(RegistrationRequest message) -> Result.ok(message);
      case Result.Refused(RegistrationRequest.Refusal refusal) ->
          Result.refused(new RegistrationRefusal.Unreadable(refusal));
    };
  }

  private RegistrationResponse add(Request request, ClientMetadata metadata) {
    Instant now = time.instant();
    ClientId id = new ClientId(CLIENT_ID + secrets.id());
    @Nullable Secret secret = metadata.isPublic() ? null : new Secret(secrets.next(CLIENT_SECRET));
    clients.add(
        new RegisteredClient(
            id,
            ClientKind.REGISTERED,
            secret == null ? null : SecretHash.of(secret.reveal()),
            null,
            metadata,
            now));
    audit.record(
        new AuditEvent.ClientRegistered(
            now, request.id(), id, Objects.requireNonNullElse(metadata.name(), "")));
    return new RegistrationResponse(id, secret, now, metadata);
  }

  private static Reply refuse(WireError error) {
    return Reply.json(error.status(), error.toJson()).noStore();
  }
}
