package dev.ostiary.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Golden;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationMessagesTest {
  @Test
  void namesMayHaveJoinersAndNothingElseThatCannotBeSeen() {
    for (String name :
        List.of(
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0915\u094d\u200d\u0937",
            "\ud83d\udc68\u200d\ud83d\udcbb app")) {
      assertThat(RegistrationRequest.parse(json(name)))
          .isInstanceOfSatisfying(
              Result.Ok.class,
              read ->
                  assertThat(((RegistrationRequest) read.value()).clientName()).isEqualTo(name));
    }
    assertThat(RegistrationRequest.parse(json("\u200d\u200c")))
        .isInstanceOfSatisfying(
            Result.Ok.class,
            read -> assertThat(((RegistrationRequest) read.value()).clientName()).isNull());
    assertThat(RegistrationRequest.parse(json("a\u200bb"))).isInstanceOf(Result.Refused.class);
  }

  private static byte[] json(String name) {
    return ("{\"client_name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsEveryMember() {
    assertThat(RegistrationRequest.parse(Golden.read("registration-request.json")))
        .isEqualTo(
            Result.ok(
                new RegistrationRequest(
                    "Example client",
                    List.of("https://client.example/cb", "cursor://auth/cb"),
                    "client_secret_post",
                    List.of("authorization_code", "refresh_token"),
                    List.of("code"),
                    "read:user",
                    "native",
                    Map.of(
                        "client_uri", "https://client.example",
                        "software_id", "example",
                        "software_version", "1.2",
                        "contacts", "a@client.example,b@client.example"),
                    new RegistrationRequest.Keys(
                        "{\"keys\":[{\"kty\":\"EC\"}]}", "https://client.example/keys", "ES256"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"unknown\":{\"a\":[1]}}",
        "{\"client_name\":null,\"grant_types\":null,\"redirect_uris\":null}",
        "{\"client_name\":\" \",\"client_uri\":\"\",\"grant_types\":[],\"redirect_uris\":[]}",
      })
  void takesWhatIsNullOrEmptyForLeftOut(String json) {
    assertThat(parse(json))
        .isEqualTo(
            Result.ok(
                new RegistrationRequest(null, List.of(), null, null, null, null, null, Map.of())));
  }

  @ParameterizedTest
  @Requirement("R-29")
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"a\"",
        "{\"client_name\":\"a\",\"client_name\":\"a\"}",
        "{}{}",
        "{\"a\":}"
      })
  void refusesWhatIsNoObject(String json) {
    assertThat(parse(json))
        .isEqualTo(Result.refused(new RegistrationRequest.Refusal.NotAnObject()));
  }

  @ParameterizedTest
  @Requirement("R-29")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'client_name':5}|client_name|must be a string",
        "{'client_name':'a\\u202eb'}|client_name|has an invisible character",
        "{'client_name':'a\\nb'}|client_name|has an invisible character",
        "{'redirect_uris':'https://a.example'}|redirect_uris|must be an array of strings",
        "{'redirect_uris':[5]}|redirect_uris|must be an array of strings",
        "{'grant_types':{}}|grant_types|must be an array of strings",
        "{'scope':['a']}|scope|must be a string",
        "{'jwks':'a'}|jwks|must be an object",
        "{'jwks':[]}|jwks|must be an object",
        "{'jwks_uri':{}}|jwks_uri|must be a string",
        "{'token_endpoint_auth_signing_alg':1}|token_endpoint_auth_signing_alg|must be a string",
      })
  void namesTheMemberThatIsWrong(String json, String member, String problem) {
    assertThat(parse(json.replace('\'', '"')))
        .isEqualTo(Result.refused(new RegistrationRequest.Refusal.Malformed(member, problem)));
  }

  @Test
  void keepsNoContactThatIsEmpty() {
    assertThat(parse("{\"contacts\":[\"\", \"a@example.com\", \"\"]}"))
        .isEqualTo(parse("{\"contacts\":[\"a@example.com\"]}"));
    assertThat(parse("{\"contacts\":[\"\", \"a\\u0000\"]}")).isEqualTo(parse("{}"));
  }

  @Test
  @Requirement("R-29")
  void limitsLengthsAndCounts() {
    assertThat(parse("{\"client_name\":\"" + "n".repeat(201) + "\"}"))
        .isEqualTo(
            Result.refused(
                new RegistrationRequest.Refusal.Malformed(
                    "client_name", "is longer than 200 characters")));
    assertThat(parse("{\"redirect_uris\":[" + "\"a:/b\",".repeat(20) + "\"a:/b\"]}"))
        .isEqualTo(
            Result.refused(
                new RegistrationRequest.Refusal.Malformed(
                    "redirect_uris", "has more than 20 entries")));
    assertThat(parse("{\"jwks\":{\"a\":\"" + "n".repeat(16 * 1024) + "\"}}"))
        .isEqualTo(
            Result.refused(
                new RegistrationRequest.Refusal.Malformed(
                    "jwks", "is longer than 16384 characters")));
  }

  @Test
  void writesTheAnswerToAConfidentialClient() {
    var response =
        new RegistrationResponse(
            new ClientId("oc_1"),
            new Secret("ocs_1"),
            Instant.ofEpochSecond(1_800_000_000),
            new ClientMetadata(
                "Example client",
                List.of(new RedirectUri("https://client.example/cb")),
                "client_secret_post",
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                "read:user",
                "web",
                Map.of("contacts", "a@client.example,b@client.example", "software_id", "x")),
            "https://mcp.example.com/register/oc_1",
            new Secret("ora_1"),
            List.of());

    Golden.assertSame(response.toJson(), "registration-confidential.json");
    assertThat(response.toString()).doesNotContain("ocs_1", "ora_1");
  }

  @Test
  void writesTheAnswerToAPublicClient() {
    var response =
        new RegistrationResponse(
            new ClientId("oc_1"),
            null,
            Instant.ofEpochSecond(1_800_000_000),
            new ClientMetadata(
                null,
                List.of(),
                "none",
                List.of("authorization_code"),
                List.of("code"),
                null,
                null,
                Map.of()),
            "https://mcp.example.com/register/oc_1",
            new Secret("ora_1"),
            List.of());

    Golden.assertSame(response.toJson(), "registration-public.json");
  }

  @Test
  void writesTheAnswerToAClientWithKeys() {
    ClientKeys inline =
        new ClientKeys(
            new ClientKeys.Inline("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"1\"}]}"), "ES256");
    ClientKeys elsewhere =
        new ClientKeys(new ClientKeys.At(URI.create("https://client.example/keys")), null);

    Golden.assertSame(withKeys(inline).toJson(), "registration-inline-keys.json");
    Golden.assertSame(withKeys(elsewhere).toJson(), "registration-keys-elsewhere.json");
  }

  private static RegistrationResponse withKeys(ClientKeys keys) {
    return new RegistrationResponse(
        new ClientId("oc_1"),
        null,
        Instant.ofEpochSecond(1_800_000_000),
        new ClientMetadata(
            null,
            List.of(),
            "private_key_jwt",
            List.of("authorization_code"),
            List.of("code"),
            null,
            null,
            Map.of(),
            keys),
        "https://mcp.example.com/register/oc_1",
        new Secret("ora_1"),
        List.of());
  }

  @Test
  @Requirement("R-52")
  void readsAnUpdate() {
    assertThat(update("{'client_id':'oc_1','client_secret':'ocs_1','client_name':'New'}"))
        .isEqualTo(
            Result.ok(
                new RegistrationUpdate(
                    new ClientId("oc_1"),
                    new Secret("ocs_1"),
                    new RegistrationRequest(
                        "New", List.of(), null, null, null, null, null, Map.of()))));
  }

  @ParameterizedTest
  @Requirement("R-52")
  @ValueSource(
      strings = {
        "'registration_access_token':'x'",
        "'registration_client_uri':'x'",
        "'client_secret_expires_at':0",
        "'client_id_issued_at':null",
      })
  void refusesAnUpdateOfWhatTheServerManages(String member) {
    assertThat(update("{'client_id':'oc_1'," + member + "}"))
        .isEqualTo(
            Result.refused(
                new RegistrationRequest.Refusal.Malformed(
                    member.split("'", -1)[1], "is set by the server and must be left out")));
  }

  @ParameterizedTest
  @Requirement("R-52")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|client_id|must be the identifier of the client",
        "{'client_id':null}|client_id|must be the identifier of the client",
        "{'client_id':5}|client_id|must be the identifier of the client",
        "{'client_id':'oc_1','client_secret':5}|client_secret|must be a string",
        "{'client_id':'oc_1','client_name':5}|client_name|must be a string",
      })
  void refusesAMalformedUpdate(String json, String member, String problem) {
    assertThat(update(json))
        .isEqualTo(Result.refused(new RegistrationRequest.Refusal.Malformed(member, problem)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{'client_id':'oc_1','client_id':'oc_1'}", "{'client_id':'oc_1'}{}"})
  void refusesAnUpdateThatIsNoObject(String json) {
    assertThat(update(json))
        .isEqualTo(Result.refused(new RegistrationRequest.Refusal.NotAnObject()));
  }

  private static Result<RegistrationUpdate, RegistrationRequest.Refusal> update(String json) {
    return RegistrationUpdate.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Result<RegistrationRequest, RegistrationRequest.Refusal> parse(String json) {
    return RegistrationRequest.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
