package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.session.LastUpstream;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the user of a request signs in: at the only upstream that the request's servers take; else
 * where this browser's user has signed in, or was last chosen in this browser.
 */
public final class UpstreamChoice {
  private final LastUpstream last;

  UpstreamChoice(LastUpstream last) {
    this.last = last;
  }

  /**
   * The request of a user who signs in there; empty if the person has to choose.
   *
   * @param session who signed in with this browser before
   */
  public Optional<AuthorizationRequest> decide(
      Request request, AuthorizationRequest asked, Optional<BrowserSession> session) {
    List<String> upstreams = asked.upstreams();
    if (upstreams.size() == 1) {
      return Optional.of(asked.at(upstreams.getFirst()));
    }
    return Stream.of(
            session
                .filter(_ -> !asked.selectAccount())
                .map(signedIn -> signedIn.subject().upstream()),
            last.find(request))
        .flatMap(Optional::stream)
        .filter(upstreams::contains)
        .findFirst()
        .map(asked::at);
  }
}
