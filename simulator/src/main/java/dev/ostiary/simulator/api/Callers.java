package dev.ostiary.simulator.api;

import dev.ostiary.http.Request;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.signin.TokenEndpoint;
import dev.ostiary.simulator.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@code Authorization} header. */
public final class Callers {
  private final SimulatorSettings settings;
  private final Tokens tokens;

  public Callers(SimulatorSettings settings, Tokens tokens) {
    this.settings = settings;
    this.tokens = tokens;
  }

  Caller recognize(Request request, Instant now) {
    Optional<String> header = request.headers().first("Authorization");
    if (header.isEmpty()) {
      return new Caller.Nobody(request.remote().getHostAddress());
    }
    String[] parts = header.get().strip().split(" +", 2);
    String credential = parts.length == 2 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer", "token" -> bearer(credential, now);
      case "basic" -> application(credential);
      default -> new Caller.Impostor();
    };
  }

  private Caller bearer(String value, Instant now) {
    return tokens.find(value, now).<Caller>map(Caller.Bearer::new).orElseGet(Caller.Impostor::new);
  }

  private Caller application(String encoded) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return new Caller.Impostor();
    }
    int colon = pair.indexOf(':');
    return settings
        .app(pair.substring(0, Math.max(colon, 0)))
        .filter(app -> TokenEndpoint.equal(app.clientSecret(), pair.substring(colon + 1)))
        .<Caller>map(Caller.Application::new)
        .orElseGet(Caller.Impostor::new);
  }
}
