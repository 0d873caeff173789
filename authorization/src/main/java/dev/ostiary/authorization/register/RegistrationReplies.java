package dev.ostiary.authorization.register;

import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.RegistrationResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both endpoints answer in the same way. None of it may be kept by a cache. */
final class RegistrationReplies {
  private final Issuer issuer;

  RegistrationReplies(Issuer issuer) {
    this.issuer = issuer;
  }

  /**
   * A registration as it is in force (RFC 7592 §3).
   *
   * @param secret null if there is none, or the client has it already: here is only its hash
   * @param token what opens the registration, new or as it was presented
   * @param dropped what is wrong with redirect URIs that are not in force
   */
  Reply registration(
      int status,
      RegisteredClient client,
      @Nullable Secret secret,
      Secret token,
      List<String> dropped) {
    return Reply.json(
            status,
            new RegistrationResponse(
                    client.id(),
                    secret,
                    client.registeredAt(),
                    client.metadata(),
                    issuer.at("/register/" + client.id().value()),
                    token,
                    dropped)
                .toJson())
        .noStore();
  }

  static Reply refused(RegistrationRefusal reason) {
    return ErrorReply.of(reason.wire());
  }
}
