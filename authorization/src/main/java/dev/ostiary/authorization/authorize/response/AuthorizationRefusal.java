package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/**
 * Why an authorization request is not answered with a code. Only the kind that holds a proven
 * redirect can reach the client, so an open redirect cannot be written by accident (RFC 6749
 * §4.1.2.1).
 */
public sealed interface AuthorizationRefusal {
  /** Whose request it is, or where its answer goes, is not proven: a page, and no redirect. */
  record ShownToUser(Problem problem) implements AuthorizationRefusal {}

  /** The client is told, at an address that is proven to be its own. */
  record SentToClient(RegisteredClient client, ResponseTarget to, WireError error)
      implements AuthorizationRefusal {}

  static AuthorizationRefusal shown(Problem problem) {
    return new ShownToUser(problem);
  }

  static AuthorizationRefusal sent(
      RegisteredClient client, ResponseTarget to, OAuthError error, String description) {
    return new SentToClient(client, to, new WireError(error, description));
  }
}
