package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a consent request while the page waits: names instead of things, since the client
 * or a server may be gone when the answer comes. Its text form is sealed into the page.
 *
 * @param description of the client as it is shown
 * @param choices scopes by the name of the server
 */
record PendingRequest(
    String client,
    DescriptionHash description,
    String redirectUri,
    @Nullable String state,
    CodeChallenge codeChallenge,
    Map<String, Scopes> choices,
    boolean selectAccount,
    @Nullable String upstream,
    Instant expiresAt) {
  static PendingRequest of(AuthorizationRequest request, Instant expiresAt) {
    Map<String, Scopes> choices = new LinkedHashMap<>();
    request.servers().forEach(choice -> choices.put(choice.server().name(), choice.scopes()));
    return new PendingRequest(
        request.client().id().value(),
        DescriptionHash.of(request.client().metadata()),
        request.to().redirect().uri().value(),
        request.to().state(),
        request.codeChallenge(),
        choices,
        request.selectAccount(),
        request.upstream(),
        expiresAt);
  }

  /** Each choice is a {@code resource}: the server's name, then its scopes, with spaces between. */
  String toText() {
    StringJoiner text = new StringJoiner("&");
    add(text, "client", client);
    add(text, "description", HexFormat.of().formatHex(description.hash().bytes()));
    add(text, "redirect", redirectUri);
    add(text, "state", state == null ? "" : state);
    add(text, "challenge", codeChallenge.value());
    choices.forEach(
        (server, scopes) -> add(text, "resource", (server + " " + scopes.toWire()).strip()));
    add(text, "account", selectAccount ? "select" : "");
    add(text, "upstream", upstream == null ? "" : upstream);
    add(text, "expires", Long.toString(expiresAt.toEpochMilli()));
    return text.toString();
  }

  /** Reads what {@link #toText} wrote. */
  static PendingRequest parse(String text) {
    if (!(Parameters.parse(text) instanceof Result.Ok<Parameters, ?>(Parameters parameters))) {
      throw new IllegalStateException("what we sealed cannot be read");
    }
    Map<String, Scopes> choices = new LinkedHashMap<>();
    for (String choice : parameters.all("resource")) {
      List<String> words = List.of(choice.split(" ", -1));
      choices.put(
          words.getFirst(),
          Scopes.of(words.subList(1, words.size()).stream().map(Scope::new).toList()));
    }
    return new PendingRequest(
        parameters.first("client").orElseThrow(),
        new DescriptionHash(
            Sha256.ofBytes(HexFormat.of().parseHex(parameters.first("description").orElseThrow()))),
        parameters.first("redirect").orElseThrow(),
        orNull(parameters.first("state")),
        new CodeChallenge(parameters.first("challenge").orElseThrow()),
        choices,
        parameters.first("account").isPresent(),
        orNull(parameters.first("upstream")),
        Instant.ofEpochMilli(Long.parseLong(parameters.first("expires").orElseThrow())));
  }

  /** Without the state. */
  @Override
  public String toString() {
    return "PendingRequest[" + client + "]";
  }

  private static @Nullable String orNull(Optional<String> value) {
    return value.orElse(null);
  }

  private static void add(StringJoiner text, String name, String value) {
    text.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
