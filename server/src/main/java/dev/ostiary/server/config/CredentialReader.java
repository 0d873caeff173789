package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.embed.config.Credential;
import dev.ostiary.embed.config.Problem;
import dev.ostiary.protocol.Secret;
import java.util.List;
import java.util.Optional;

/** Reads what a backend is shown. */
final class CredentialReader {
  private final Values values;
  private final List<Located> problems;

  CredentialReader(Values values, List<Located> problems) {
    this.values = values;
    this.problems = problems;
  }

  Credential read(String name) {
    Optional<CredentialWord> word = values.one(ServerKeys.CREDENTIAL.named(name));
    boolean faulty = values.isFaulty(ServerKeys.CREDENTIAL.named(name).path());
    Credential key = apiKey(name);
    return switch (word.orElse(CredentialWord.NONE)) {
      case API_KEY -> needed(name, key);
      case NONE -> alone(name, faulty, new Credential.None());
      case IDENTITY_HEADERS -> alone(name, false, new Credential.IdentityHeaders());
      case SIGNED_IDENTITY -> alone(name, false, new Credential.SignedIdentity());
      case UPSTREAM_TOKEN -> alone(name, false, new Credential.UpstreamToken());
    };
  }

  /** A connector has a credential of its own. */
  void refuse(String name) {
    for (String key : List.of(ServerKeys.CREDENTIAL.named(name).path(), table(name))) {
      if (values.find(key) != null) {
        problem(key, "is for a backend, and this is a connector", "Leave it out.");
      }
    }
  }

  private Credential apiKey(String name) {
    Optional<Secret> value = values.one(ServerKeys.API_KEY.named(name));
    Optional<String> header = values.one(ServerKeys.API_KEY_HEADER.named(name));
    Optional<String> prefix = values.one(ServerKeys.API_KEY_PREFIX.named(name));
    return value.isPresent()
        ? new Credential.ApiKey(
            value.get(), header.orElse(Credential.ApiKey.HEADER), prefix.orElse(null))
        : new Credential.None();
  }

  private Credential needed(String name, Credential key) {
    String value = ServerKeys.API_KEY.named(name).path();
    if (values.find(value) == null) {
      problem(
          value,
          "is missing",
          "Take the key from a variable, api-key: { value: \"${NAME}\" }, or from a file.");
    }
    return key;
  }

  private Credential alone(String name, boolean faulty, Credential credential) {
    if (!faulty && values.find(table(name)) instanceof Node.Table) {
      problem(table(name), "is of no use without credential: api-key", "Write that beside it.");
    }
    return credential;
  }

  private static String table(String name) {
    return "servers." + name + ".api-key";
  }

  private void problem(String key, String what, String remedy) {
    problems.add(new Located(values.line(key), new Problem(key, null, what, remedy)));
  }
}
