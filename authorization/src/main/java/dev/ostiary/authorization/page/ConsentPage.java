package dev.ostiary.authorization.page;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about.
 *
 * @param clientName as the client calls itself, or null
 * @param documentHost where its metadata document is; null if it has none
 * @param loopbackOnly whether all its redirect URIs are on the user's own device
 * @param redirectUri where the answer is sent
 * @param choices the servers it could be for, at least one
 * @param signedInAs who signed in with this browser before, or null
 * @param csrf proves that the form was made for this browser
 * @param request the pending request, sealed
 */
public record ConsentPage(
    @Nullable String clientName,
    ClientId client,
    @Nullable String documentHost,
    boolean loopbackOnly,
    RedirectUri redirectUri,
    List<Choice> choices,
    @Nullable String signedInAs,
    String csrf,
    String request) {
  public ConsentPage {
    choices = List.copyOf(choices);
  }

  /**
   * A server, and what the client may do there.
   *
   * @param added those of them that the client does not have from this person yet; none if it has
   *     nothing at all
   * @param upstreamScopes what the upstream will be asked for on its behalf
   * @param scopeTitles what the server itself says of scopes
   */
  public record Choice(
      String server,
      String title,
      String url,
      Scopes scopes,
      Scopes added,
      String upstreamTitle,
      Scopes upstreamScopes,
      Map<Scope, String> scopeTitles) {
    public Choice {
      scopeTitles = Map.copyOf(scopeTitles);
    }

    /** What a scope allows. */
    String titleOf(Scope scope, Texts texts) {
      return scopeTitles.getOrDefault(scope, texts.scope(scope));
    }
  }

  String shownName() {
    return ClientName.shown(clientName);
  }

  RedirectPlace place() {
    return RedirectPlace.of(redirectUri);
  }

  boolean hasChoice() {
    return choices.size() > 1;
  }

  Choice first() {
    return choices.getFirst();
  }

  /** The upstream that comes next, if it is the same whatever is chosen; else empty. */
  String upstreamTitle() {
    List<String> titles = choices.stream().map(Choice::upstreamTitle).distinct().toList();
    return titles.size() == 1 ? titles.getFirst() : "";
  }
}
