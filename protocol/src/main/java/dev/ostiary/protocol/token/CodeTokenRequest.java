package dev.ostiary.protocol.token;

import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to trade an authorization code (OAuth 2.1 §4.1.3).
 *
 * @param redirectUri null if it was not sent; OAuth 2.1 has no need of it (§10.2)
 * @param resources as they were sent (RFC 8707 §2.2)
 */
public record CodeTokenRequest(
    Secret code,
    CodeVerifier codeVerifier,
    @Nullable RedirectUri redirectUri,
    List<String> resources) {
  public CodeTokenRequest {
    resources = List.copyOf(resources);
  }

  public static Result<CodeTokenRequest, ParameterRefusal> parse(Parameters parameters) {
    Optional<String> code = parameters.first("code");
    if (code.isEmpty()) {
      return Result.refused(new ParameterRefusal.Missing("code"));
    }
    Optional<String> verifier = parameters.first("code_verifier");
    if (verifier.isEmpty()) {
      return Result.refused(new ParameterRefusal.Missing("code_verifier"));
    }
    Optional<CodeVerifier> codeVerifier = CodeVerifier.parse(verifier.get());
    if (codeVerifier.isEmpty()) {
      return Result.refused(new ParameterRefusal.Malformed("code_verifier"));
    }
    return Result.ok(
        new CodeTokenRequest(
            new Secret(code.get()),
            codeVerifier.get(),
            parameters.first("redirect_uri").map(RedirectUri::new).orElse(null),
            parameters.all("resource")));
  }
}
