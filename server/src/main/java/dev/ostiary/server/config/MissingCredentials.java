package dev.ostiary.server.config;

import dev.ostiary.embed.config.Problem;
import dev.ostiary.protocol.Issuer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells those who have no OAuth App at GitHub yet how to get one. */
final class MissingCredentials {
  static final String CLIENT_ID = "GITHUB_CLIENT_ID";
  static final String CLIENT_SECRET = "GITHUB_CLIENT_SECRET";

  private MissingCredentials() {}

  static Optional<Located> find(Values values, Environment surroundings, Issuer url, URI gitHub) {
    List<String> missing =
        Stream.concat(
                missing(values, surroundings, Keys.GITHUB_CLIENT_ID, CLIENT_ID),
                missing(values, surroundings, Keys.GITHUB_CLIENT_SECRET, CLIENT_SECRET))
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    boolean both = missing.size() == 2;
    return Optional.of(
        new Located(
            0,
            new Problem(
                both || missing.contains(CLIENT_ID)
                    ? Keys.GITHUB_CLIENT_ID.path()
                    : Keys.GITHUB_CLIENT_SECRET.path(),
                null,
                both
                    ? "is missing, and so is client-secret: Ostiary has to be registered at GitHub"
                    : "is missing, and so is the variable " + missing.getFirst(),
                instructions(url, gitHub))));
  }

  private static Stream<String> missing(
      Values values, Environment surroundings, Key<?> key, String variable) {
    boolean given = values.find(key.path()) != null || surroundings.variable(variable).isPresent();
    return given ? Stream.empty() : Stream.of(variable);
  }

  private static String instructions(Issuer url, URI gitHub) {
    return """
    It takes a minute:
      1. Open %s/settings/applications/new
      2. Enter the homepage URL      %s
         and the callback URL        %s
      3. Generate a client secret and run
         export GITHUB_CLIENT_ID=... GITHUB_CLIENT_SECRET=...
    Just looking? `ostiary demo` needs no account.\
    """
        .formatted(gitHub.toString().replaceFirst("/+$", ""), url.value(), url.at("/callback"));
  }
}
