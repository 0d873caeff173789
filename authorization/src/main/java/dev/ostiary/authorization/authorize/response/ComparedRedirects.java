package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;

/** What a redirect URI was compared with that is not one of its client's. */
public final class ComparedRedirects {
  private static final int MOST = 8;
  private static final int LONGEST = 200;

  private ComparedRedirects() {}

  /** The problem, with what the person's developer needs to see. */
  public static Problem.RedirectUnknown problem(RegisteredClient client, String requested) {
    return new Problem.RedirectUnknown(
        shortened(requested),
        client.metadata().redirectUris().stream()
            .limit(MOST)
            .map(RedirectUri::value)
            .map(ComparedRedirects::shortened)
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
