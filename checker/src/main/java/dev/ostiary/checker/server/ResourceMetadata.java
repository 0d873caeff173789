package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protected resource's metadata, looked for as clients do: where the challenge says, then with
 * the path inserted, then at the root.
 */
public final class ResourceMetadata extends Metadata {
  private final TargetServer target;
  private final Map<String, Answer> asked = new LinkedHashMap<>();
  private boolean looked;

  ResourceMetadata(TargetServer target) {
    this.target = target;
  }

  void find() throws IOException {
    if (looked) {
      Answer found = found();
      if (found != null) {
        target.http().cite(found);
      }
      return;
    }
    looked = true;
    String announced = announced();
    if (announced != null && take(announced)) {
      return;
    }
    if (!take(pathInserted())) {
      take(root());
    }
  }

  /** The address in the challenge; null if there is none. */
  public @Nullable String announced() throws IOException {
    return target
        .challenge()
        .header("WWW-Authenticate")
        .flatMap(field -> ChallengeField.parse(field).parameter("resource_metadata"))
        .orElse(null);
  }

  public String pathInserted() {
    return WellKnown.resource(target.uri());
  }

  public String root() {
    return WellKnown.resourceRoot(target.uri());
  }

  /** The answer of one of the forms, asked once. */
  public Answer at(String address) throws IOException {
    Answer known = asked.get(address);
    if (known == null) {
      known = target.http().get(address, "Accept", "application/json");
      asked.put(address, known);
    }
    return target.http().cite(known);
  }

  private boolean take(String address) throws IOException {
    Answer answer;
    try {
      answer = at(address);
    } catch (IOException unreachable) {
      return false;
    }
    Optional<ObjectNode> json = answer.object();
    if (answer.status() != 200 || json.isEmpty() || !json.get().has("resource")) {
      return false;
    }
    take(answer, json.get());
    return true;
  }
}
