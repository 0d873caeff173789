package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;

/** What is shown of a request whose client or redirect URI is refused. */
public final class RequestProblems {
  private static final int MOST = 8;
  private static final int LONGEST = 200;

  private RequestProblems() {}

  /**
   * No client can be signed in to.
   *
   * @param id as the request has it, or its beginning
   */
  public static Problem client(String id, Clients.Refusal refusal) {
    return switch (refusal) {
      case Clients.Refusal.Unknown() -> new Problem.ClientUnknown(id);
      case Clients.Refusal.DocumentsOff() -> new Problem.DocumentsOff(id);
      case Clients.Refusal.DocumentUnusable(var reason) -> new Problem.DocumentUnusable(id, reason);
    };
  }

  /** A redirect URI is not one of its client's; with those that it was compared with. */
  public static Problem redirect(RegisteredClient client, String requested) {
    return new Problem.RedirectUnknown(
        shortened(requested),
        client.metadata().redirectUris().stream()
            .limit(MOST)
            .map(RedirectUri::value)
            .map(RequestProblems::shortened)
            .toList(),
        client.kind() == ClientKind.DOCUMENT
                && ClientIdUrl.parse(client.id()) instanceof Result.Ok(ClientIdUrl url)
            ? url.host()
            : null);
  }

  private static String shortened(String uri) {
    return uri.length() <= LONGEST ? uri : uri.substring(0, LONGEST) + "\u2026";
  }
}
