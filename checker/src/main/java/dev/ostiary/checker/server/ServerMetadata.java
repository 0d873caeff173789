package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The authorization server's metadata, looked for in the forms that clients try. */
public final class ServerMetadata extends Metadata {
  private final TargetServer target;
  private final Map<String, Answer> forms = new LinkedHashMap<>();
  private boolean looked;

  ServerMetadata(TargetServer target) {
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
    URI issuer = issuer();
    if (issuer == null) {
      return;
    }
    for (String form : WellKnown.server(issuer)) {
      Answer answer = ask(form);
      if (answer != null && document() == null) {
        Optional<ObjectNode> json = answer.object();
        if (answer.status() == 200 && json.isPresent() && json.get().has("issuer")) {
          take(answer, json.get());
        }
      }
    }
  }

  /** The issuer that the resource names, or its origin, as the oldest clients take it. */
  public @Nullable URI issuer() throws IOException {
    String named = named();
    try {
      URI issuer = URI.create(named);
      return issuer.getScheme() == null || issuer.getRawAuthority() == null ? null : issuer;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** The issuer's text, exactly as it is named. */
  public String named() throws IOException {
    List<String> servers = target.resource().texts("authorization_servers");
    return servers.isEmpty() ? target.origin() : servers.getFirst();
  }

  /** Every form that was answered at all. */
  public Map<String, Answer> forms() {
    forms.values().forEach(target.http()::cite);
    return forms;
  }

  private @Nullable Answer ask(String form) {
    try {
      Answer answer = target.http().get(form, "Accept", "application/json");
      forms.put(form, answer);
      return answer;
    } catch (IOException unreachable) {
      return null;
    }
  }
}
