package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.protocol.RedirectUri;

/**
 * What a user is told who has an account at the upstream, but is not allowed here.
 *
 * @param to where the app is
 * @param link to the app, with the answer
 * @param again the path of the same request, with another account
 * @param reference by which an operator finds it in the log and the audit stream
 */
public record NotAllowedPage(
    String userName,
    String upstreamTitle,
    RedirectUri to,
    String link,
    String again,
    String reference) {
  String shownName() {
    return ClientName.shown(userName);
  }

  String place() {
    return RedirectTarget.of(to).name();
  }
}
