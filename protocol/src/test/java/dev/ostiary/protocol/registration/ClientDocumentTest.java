package dev.ostiary.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentTest {
  private static final ClientId ID = new ClientId("https://client.example/c");

  @Test
  @Requirement("A-41")
  void hasIdentifierNameAndRedirectUris() {
    var document = ok(members(""));

    assertThat(document.metadata().clientName()).isEqualTo("Example");
    assertThat(document.metadata().redirectUris()).isEqualTo(List.of("http://127.0.0.1/callback"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | none",
        ", \"token_endpoint_auth_method\": \"none\" | none",
        ", \"token_endpoint_auth_method\": \"private_key_jwt\" | private_key_jwt",
        ", \"token_endpoint_auth_method\": \"private_key_jwt\","
            + " \"token_endpoint_auth_methods_supported\": [\"none\", \"private_key_jwt\"]"
            + " | private_key_jwt none",
        ", \"token_endpoint_auth_methods_supported\": [\"private_key_jwt\", \"none\"]"
            + " | private_key_jwt none",
        ", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"] | none"
      })
  void authenticatesAsItLikesBest(String member, String methods) {
    assertThat(ok(members(member)).methods()).isEqualTo(List.of(methods.split(" ")));
  }

  @Test
  void hasChoicesThatAreTexts() {
    assertThat(parse(members(", \"token_endpoint_auth_methods_supported\": \"none\"")))
        .isEqualTo(
            Result.refused(
                new ClientDocument.Refusal.Malformed(
                    "token_endpoint_auth_methods_supported", "must be an array of strings")));
  }

  @Nested
  class Identity {
    @ParameterizedTest
    @Requirement({"A-40", "R-40"})
    @ValueSource(
        strings = {
          "https://client.example/C",
          "https://client.example/c/",
          "https://client.example:443/c",
          "https://client.example/%63",
          "https://other.example/c",
          ""
        })
    void isTheUrlByteForByte(String id) {
      assertThat(parse(members("").replace(ID.value(), id)))
          .isEqualTo(Result.refused(new ClientDocument.Refusal.OtherClient()));
    }

    @Test
    @Requirement("A-41")
    void isThere() {
      assertThat(parse("{\"client_name\": \"Example\", \"redirect_uris\": [\"a:/\"]}"))
          .isEqualTo(missing("client_id"));
      assertThat(parse(members("").replace("\"" + ID + "\"", "7"))).isEqualTo(missing("client_id"));
    }
  }

  @Nested
  class Members {
    @Test
    @Requirement("A-41")
    void includeAName() {
      assertThat(parse(members("").replace("client_name", "name")))
          .isEqualTo(missing("client_name"));
      assertThat(parse(members("").replace("\"Example\"", "\"  \"")))
          .isEqualTo(missing("client_name"));
    }

    @Test
    @Requirement("A-41")
    void includeRedirectUris() {
      assertThat(parse(members("").replace("redirect_uris", "uris")))
          .isEqualTo(missing("redirect_uris"));
      assertThat(parse(members("").replace("[\"http://127.0.0.1/callback\"]", "[]")))
          .isEqualTo(missing("redirect_uris"));
    }

    @Test
    void haveTheirTypes() {
      assertThat(parse(members("").replace("\"Example\"", "7")))
          .isEqualTo(
              Result.refused(
                  new ClientDocument.Refusal.Malformed("client_name", "must be a string")));
    }

    @ParameterizedTest
    @Requirement("A-41")
    @ValueSource(
        strings = {
          "",
          "[]",
          "null",
          "{} {}",
          "<html>",
          "{\"client_id\": \"https://client.example/c\", \"client_id\": \"https://b.example/c\"}"
        })
    void areThoseOfOneObject(String json) {
      assertThat(parse(json)).isEqualTo(Result.refused(new ClientDocument.Refusal.NotAnObject()));
    }
  }

  @Nested
  class Secrets {
    @ParameterizedTest
    @Requirement("R-43")
    @ValueSource(strings = {"client_secret", "client_secret_expires_at"})
    void areNotThere(String member) {
      assertThat(parse(members(", \"" + member + "\": 0")))
          .isEqualTo(Result.refused(new ClientDocument.Refusal.Secret(member)));
    }

    @ParameterizedTest
    @Requirement("R-43")
    @ValueSource(strings = {"client_secret_basic", "client_secret_post", "client_secret_jwt"})
    void areNotWhatItAuthenticatesWith(String method) {
      assertThat(parse(members(", \"token_endpoint_auth_method\": \"" + method + "\"")))
          .isEqualTo(Result.refused(new ClientDocument.Refusal.SecretMethod()));
    }

    @ParameterizedTest
    @Requirement("R-43")
    @ValueSource(
        strings = {
          "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"a\", \"y\": \"b\", \"d\": \"c\"}",
          "{\"kty\": \"RSA\", \"n\": \"a\", \"e\": \"AQAB\", \"p\": \"c\"}",
          "{\"kty\": \"oct\", \"k\": \"c\"}",
          "{\"kty\": \"oct\"}",
          "{\"kty\": \"AKP\", \"priv\": \"c\"}"
        })
    void areNotAmongItsKeys(String key) {
      String publicKey = "{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"a\", \"y\": \"b\"}";
      assertThat(parse(members(", \"jwks\": {\"keys\": [" + publicKey + ", " + key + "]}")))
          .isEqualTo(Result.refused(new ClientDocument.Refusal.Secret("jwks")));
      assertThat(parse(members(", \"jwk\": " + key)))
          .isEqualTo(Result.refused(new ClientDocument.Refusal.Secret("a private key")));
    }

    @Test
    void areNotPublicKeys() {
      assertThat(
              parse(
                  members(
                      ", \"jwks\": {\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"a\","
                          + " \"y\": \"b\"}]}")))
          .isInstanceOf(Result.Ok.class);
    }
  }

  private static String members(String more) {
    return """
    {"client_id": "https://client.example/c", "client_name": "Example",
     "redirect_uris": ["http://127.0.0.1/callback"]%s}
    """
        .formatted(more);
  }

  private static Result<ClientDocument, ClientDocument.Refusal> parse(String json) {
    return ClientDocument.parse(json.getBytes(StandardCharsets.UTF_8), ID);
  }

  private static ClientDocument ok(String json) {
    return ((Result.Ok<ClientDocument, ClientDocument.Refusal>) parse(json)).value();
  }

  private static Result<ClientDocument, ClientDocument.Refusal> missing(String member) {
    return Result.refused(new ClientDocument.Refusal.Missing(member));
  }
}
