package dev.ostiary.authorization.client.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.registration.ClientMetadata;
import dev.ostiary.requirements.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatedRedirectTest {
  /** As a client that prints one of them by way of a URL class sends it to the token endpoint. */
  @ParameterizedTest
  @CsvSource({
    "http://localhost:7777,http://localhost:7777/,true",
    "http://127.0.0.1:1?a=b,http://127.0.0.1:1/?a=b,true",
    "http://localhost:7777,http://localhost:7778,false",
    "http://localhost:7777,http://localhost,false",
    "http://localhost:7777/,http://127.0.0.1:7777/,false",
    "http://localhost:7777/cb,http://localhost:7777/cb/,false",
    "https://app.example,https://app.example/,false",
    "https://app.example/cb,https://app.example/cb,true",
  })
  void isTheSameWithAndWithoutThePathThatABrowserAdds(String one, String other, boolean same) {
    assertThat(ValidatedRedirect.areSame(new RedirectUri(one), new RedirectUri(other)))
        .isEqualTo(same);
  }

  @Test
  void acceptsExactlyWhatIsRegistered() {
    ClientMetadata client = client("https://app.example/cb", "cursor://auth/cb");

    assertThat(ValidatedRedirect.match(client, "https://app.example/cb"))
        .map(ValidatedRedirect::uri)
        .contains(new RedirectUri("https://app.example/cb"));
    assertThat(ValidatedRedirect.match(client, "cursor://auth/cb")).isPresent();
  }

  @ParameterizedTest
  @Requirement({"R-2", "A-28", "A-57"})
  @ValueSource(
      strings = {
        "https://app.example/cb/",
        "https://app.example/cb/more",
        "https://app.example/cb?more=1",
        "https://app.example/CB",
        "https://APP.example/cb",
        "HTTPS://app.example/cb",
        "https://app.example:443/cb",
        "https://app.example:8443/cb",
        "https://app.example.evil.example/cb",
        "https://evil.example/cb",
        "https://app.example@evil.example/cb",
        "https://app.example/cb#f",
        "https://app.example/./cb",
        "https://app.example/%63b",
        " https://app.example/cb",
        "http://app.example/cb",
        "http://127.0.0.1/cb",
        "",
      })
  void refusesWhateverDiffersFromTheRegisteredOne(String requested) {
    assertThat(ValidatedRedirect.match(client("https://app.example/cb"), requested)).isEmpty();
  }

  @ParameterizedTest
  @Requirement("R-2")
  @CsvSource({
    "http://127.0.0.1/cb,http://127.0.0.1:49152/cb",
    "http://127.0.0.1:1/cb,http://127.0.0.1:65535/cb",
    "http://127.0.0.1:3000/cb,http://127.0.0.1/cb",
    "http://127.8.9.10/cb,http://127.8.9.10:80/cb",
    "http://[::1]/cb?a=b,http://[::1]:5000/cb?a=b",
    "http://localhost:3334/oauth/callback,http://localhost:40000/oauth/callback",
    "http://localhost,http://localhost:40000",
    "http://localhost,http://localhost:7777/",
    "http://localhost/,http://localhost:7777",
    "http://localhost/,http://localhost",
    "http://127.0.0.1,http://127.0.0.1:80/",
    "http://127.0.0.1?a=b,http://127.0.0.1:80/?a=b",
    "http://app.localhost/cb,http://app.localhost:3000/cb",
  })
  void leavesThePortOfALoopbackAddressFree(String registered, String requested) {
    assertThat(ValidatedRedirect.match(client(registered), requested))
        .map(ValidatedRedirect::uri)
        .contains(new RedirectUri(requested));
  }

  @ParameterizedTest
  @Requirement("R-2")
  @CsvSource({
    "http://127.0.0.1/cb,http://localhost/cb",
    "http://localhost/cb,http://127.0.0.1:80/cb",
    "http://127.0.0.1/cb,http://127.0.0.2:80/cb",
    "http://127.0.0.1/cb,http://[::1]:80/cb",
    "http://127.0.0.1/cb,https://127.0.0.1:80/cb",
    "https://127.0.0.1/cb,https://127.0.0.1:80/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:80/cb/",
    "http://127.0.0.1/cb,http://127.0.0.1:80/cb?x",
    "http://app.localhost/cb,http://other.localhost/cb",
    "http://app.localhost/cb,http://localhost/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:65536/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:0/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:080/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:/cb",
    "http://127.0.0.1/cb,http://127.0.0.1:80@evil.example/cb",
    "http://127.0.0.1/cb,http://u@127.0.0.1:80/cb",
    "http://localhost/cb,http://LOCALHOST:80/cb",
    "http://localhost/cb,http://localhost.evil.example/cb",
    "http://evil.example/cb,http://evil.example:80/cb",
    "cursor://localhost/cb,cursor://localhost:80/cb",
  })
  void comparesEverythingElseOfALoopbackAddress(String registered, String requested) {
    assertThat(ValidatedRedirect.match(client(registered), requested)).isEmpty();
  }

  @Test
  void takesTheOnlyRegisteredOneWhenTheRequestNamesNone() {
    assertThat(ValidatedRedirect.match(client("https://a.example/"), null))
        .map(ValidatedRedirect::toString)
        .contains("https://a.example/");
    assertThat(ValidatedRedirect.match(client("https://a.example/", "https://b.example/"), null))
        .isEmpty();
    assertThat(ValidatedRedirect.match(client(), null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,https://a.example?code=c%201&state=%26%3D%2B%C3%A9",
    "https://a.example/cb,https://a.example/cb?code=c%201&state=%26%3D%2B%C3%A9",
    "https://a.example/cb?,https://a.example/cb?code=c%201&state=%26%3D%2B%C3%A9",
    "https://a.example/cb?x=%2F,https://a.example/cb?x=%2F&code=c%201&state=%26%3D%2B%C3%A9",
    "com.example:/cb,com.example:/cb?code=c%201&state=%26%3D%2B%C3%A9",
  })
  void appendsParametersToTheQueryThatIsThere(String registered, String expected) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("code", "c 1");
    parameters.put("state", "&=+é");

    Optional<ValidatedRedirect> redirect = ValidatedRedirect.match(client(registered), registered);

    assertThat(redirect.map(uri -> uri.withParameters(parameters))).contains(expected);
    assertThat(redirect.map(uri -> uri.withParameters(Map.of()))).contains(registered);
  }

  private static ClientMetadata client(String... redirectUris) {
    return new ClientMetadata(
        null,
        Stream.of(redirectUris).map(RedirectUri::new).toList(),
        "none",
        List.of("authorization_code"),
        List.of("code"),
        null,
        null,
        Map.of());
  }
}
