package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.LocalizedText;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.ScopeEffect;
import dev.ostiary.protocol.Scopes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about.
 *
 * @param clientName as the client calls itself, or null
 * @param configured whether the operator named the client
 * @param documentHost where its metadata document is; null if it has none
 * @param redirectUri where the answer is sent
 * @param choices the servers it could be for, at least one
 * @param signIn what happens next
 * @param signedInAs who signed in with this browser before, or null
 * @param csrf proves that the form was made for this browser
 * @param request the pending request, sealed
 */
public record ConsentPage(
    @Nullable String clientName,
    ClientId client,
    boolean configured,
    @Nullable String documentHost,
    RedirectUri redirectUri,
    List<Choice> choices,
    SignIn signIn,
    @Nullable String signedInAs,
    String csrf,
    String request) {
  public ConsentPage {
    choices = List.copyOf(choices);
  }

  /**
   * Where the person signs in.
   *
   * @param upstream its title
   * @param hasOthers whether it could be elsewhere
   */
  public record SignIn(String upstream, boolean hasOthers) {}

  /**
   * A server, and what the client may do there.
   *
   * @param added those of them that the client does not have from this person yet; none if it has
   *     nothing at all
   * @param upstreamScopes what the upstream will be asked for on its behalf
   * @param descriptions what the server itself says of scopes
   */
  public record Choice(
      String server,
      String title,
      String url,
      Scopes scopes,
      Scopes added,
      Scopes upstreamScopes,
      Map<Scope, ScopeDescription> descriptions) {
    public Choice {
      descriptions = Map.copyOf(descriptions);
    }

    /** Whether the title says anything that the URL does not. */
    boolean hasTitle() {
      return !url.endsWith("//" + title);
    }

    /** What the client may do, the worst first. */
    List<Line> lines(Texts texts) {
      return scopes.stream()
          .map(scope -> line(scope, texts))
          .sorted(Comparator.comparing(Line::effect))
          .toList();
    }

    private Line line(Scope scope, Texts texts) {
      ScopeDescription description =
          descriptions.getOrDefault(scope, ScopeDescription.of(scope, LocalizedText.NONE));
      return new Line(
          scope,
          description.title().in(texts.tag()).orElseGet(() -> texts.scope(scope)),
          description.effect(),
          added.contains(scope));
    }
  }

  /**
   * A scope, as it is shown.
   *
   * @param added whether the client does not have it yet, although it has others
   */
  record Line(Scope scope, String title, ScopeEffect effect, boolean added) {}

  /** Whether the domain of the document vouches for where the answer goes: not on a device. */
  boolean isVouchedFor() {
    return documentHost != null && place().kind() == RedirectTarget.Kind.WEB;
  }

  /** The client's name; empty if it has none. */
  List<ClientName.Part> nameParts() {
    return ClientName.parts(ClientName.shown(clientName));
  }

  /** Whether letters of the name may imitate others. */
  boolean hasForeignLetters() {
    return nameParts().stream().anyMatch(ClientName.Part::foreign);
  }

  RedirectTarget place() {
    return RedirectTarget.of(redirectUri);
  }

  boolean hasChoice() {
    return choices.size() > 1;
  }

  Choice first() {
    return choices.getFirst();
  }
}
