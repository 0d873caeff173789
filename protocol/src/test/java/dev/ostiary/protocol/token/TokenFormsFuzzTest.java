package dev.ostiary.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Printed;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.provider.ValueSource;

/** Any form as each of the messages that have to do with tokens. */
final class TokenFormsFuzzTest {
  private static final Set<String> NAMES =
      Set.of("code", "code_verifier", "refresh_token", "scope", "token", "grant_type");

  @ValueSource(
      strings = {
        "grant_type=authorization_code&code=c&redirect_uri=a:/b&resource=x&resource=y"
            + "&code_verifier=vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv",
        "grant_type=refresh_token&refresh_token=r&scope=a+b",
        "grant_type=refresh_token&refresh_token=r&scope=+",
        "token=t&token_type_hint=access_token",
        "code=c&code_verifier=short",
        "scope=%22"
      })
  @FuzzTest
  void areReadTheSameWhenPrintedAgain(@NotNull String form) {
    if (Parameters.parse(form) instanceof Result.Ok(Parameters parameters)) {
      check(TokenRequest.parse(parameters).map(TokenRequest::grantType), Result::ok);
      check(CodeTokenRequest.parse(parameters), TokenFormsFuzzTest::again);
      check(RefreshTokenRequest.parse(parameters), TokenFormsFuzzTest::again);
      check(
          RevocationRequest.parse(parameters),
          request -> RevocationRequest.parse(form("token", request.token().reveal())));
      check(
          IntrospectionRequest.parse(parameters),
          request -> IntrospectionRequest.parse(form("token", request.token().reveal())));
    }
  }

  private static <T> void check(
      Result<T, ParameterRefusal> parsed, Function<T, Result<T, ParameterRefusal>> again) {
    switch (parsed) {
      case Result.Ok<T, ParameterRefusal>(T message) ->
          assertThat(again.apply(message)).isEqualTo(parsed);
      case Result.Refused<T, ParameterRefusal>(ParameterRefusal refusal) ->
          assertThat(NAMES).contains(refusal.name());
    }
  }

  private static Result<CodeTokenRequest, ParameterRefusal> again(CodeTokenRequest request) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    pairs.add(Map.entry("code", request.code().reveal()));
    pairs.add(Map.entry("code_verifier", request.codeVerifier().value()));
    RedirectUri redirect = request.redirectUri();
    if (redirect != null) {
      pairs.add(Map.entry("redirect_uri", redirect.value()));
    }
    request.resources().forEach(resource -> pairs.add(Map.entry("resource", resource)));
    return CodeTokenRequest.parse(form(pairs));
  }

  private static Result<RefreshTokenRequest, ParameterRefusal> again(RefreshTokenRequest request) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    pairs.add(Map.entry("refresh_token", request.refreshToken().reveal()));
    Scopes scopes = request.scopes();
    if (scopes != null) {
      pairs.add(Map.entry("scope", scopes.toWire()));
    }
    request.resources().forEach(resource -> pairs.add(Map.entry("resource", resource)));
    return RefreshTokenRequest.parse(form(pairs));
  }

  private static Parameters form(String name, String value) {
    return form(List.of(Map.entry(name, value)));
  }

  private static Parameters form(List<Map.Entry<String, String>> pairs) {
    if (Parameters.parse(Printed.form(pairs)) instanceof Result.Ok(Parameters parameters)) {
      return parameters;
    }
    throw new AssertionError("a printed form cannot be read");
  }
}
