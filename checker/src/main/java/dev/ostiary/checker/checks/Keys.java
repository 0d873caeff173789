package dev.ostiary.checker.checks;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.TargetServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The authorization server's key set. RFC 7517 §5. */
final class Keys {
  private Keys() {}

  static Answer ask(TargetServer target) throws IOException {
    String address = Objects.requireNonNull(target.server().text("jwks_uri"));
    return target.http().get(address, "Accept", "application/json");
  }

  static List<JsonNode> of(Answer answer) {
    List<JsonNode> keys = new ArrayList<>();
    answer.object().ifPresent(json -> json.path("keys").forEach(keys::add));
    return keys;
  }
}
