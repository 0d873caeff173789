package dev.ostiary.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.ClientAssertion;
import dev.ostiary.protocol.ClientCredentials;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.protocol.Golden;
import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMessagesTest {
  private static final String VERIFIER = "v".repeat(43);

  @Test
  void writesAResponse() {
    var response =
        new TokenResponse(
            new Secret("header.claims.signature"),
            Duration.ofHours(1),
            new Secret("ort_successor"),
            Scopes.of("read:user", "offline_access"));

    Golden.assertSame(response.toJson(), "token-response.json");
    assertThat(response.toString()).doesNotContain("signature", "ort_");
  }

  @Nested
  class AForm {
    /** The platform's decoder would read each of them as something. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%+1", "%-1", "%\uff14\uff11", "%c3", "%ed%a0%80"})
    @Requirement("R-4")
    void hasTwoDigitsOfUtf8AfterEachPercentSign(String misshapen) {
      assertThat(Parameters.parse("code=" + misshapen))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
      assertThat(Parameters.parse(misshapen + "=x"))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
    }
  }

  @Nested
  class Code {
    @Test
    void readsWhatIsThere() {
      var request =
          CodeTokenRequest.parse(
              form("code=oac_1&code_verifier=" + VERIFIER + "&redirect_uri=a:/b&resource=r"));

      assertThat(request)
          .isEqualTo(
              Result.ok(
                  new CodeTokenRequest(
                      new Secret("oac_1"),
                      new CodeVerifier(VERIFIER),
                      new RedirectUri("a:/b"),
                      List.of("r"))));
    }

    @Test
    @Requirement("R-12")
    void refusesAMissingOrMisshapenVerifier() {
      assertThat(CodeTokenRequest.parse(form("code=c")))
          .isEqualTo(Result.refused(new ParameterRefusal.Missing("code_verifier")));
      assertThat(CodeTokenRequest.parse(form("code=c&code_verifier=short")))
          .isEqualTo(Result.refused(new ParameterRefusal.Malformed("code_verifier")));
    }

    @Test
    @Requirement("R-4")
    void countsAnEmptyParameterAsAbsent() {
      assertThat(CodeTokenRequest.parse(form("code=&code_verifier=" + VERIFIER)))
          .isEqualTo(Result.refused(new ParameterRefusal.Missing("code")));
    }
  }

  @Nested
  class Refresh {
    @Test
    void readsWhatIsThere() {
      assertThat(RefreshTokenRequest.parse(form("refresh_token=ort_1&scope=a%20b")))
          .isEqualTo(
              Result.ok(
                  new RefreshTokenRequest(new Secret("ort_1"), Scopes.of("a", "b"), List.of())));
    }

    @Test
    void takesAScopeOfNothingButSpacesForNone() {
      assertThat(RefreshTokenRequest.parse(form("refresh_token=ort_1&scope=%20%20")))
          .isEqualTo(
              Result.ok(new RefreshTokenRequest(new Secret("ort_1"), Scopes.none(), List.of())));
    }

    @Test
    void refusesAMisshapenScope() {
      assertThat(RefreshTokenRequest.parse(form("refresh_token=ort_1&scope=%22")))
          .isEqualTo(Result.refused(new ParameterRefusal.Malformed("scope")));
    }
  }

  @Nested
  class Json {
    @Test
    void isReadLikeAForm() {
      Parameters parameters =
          json("{\"a\":\"1\",\"n\":null,\"e\":\"\",\"i\":5,\"resource\":[\"x\",\"y\"]}");

      assertThat(parameters.first("a")).contains("1");
      assertThat(parameters.first("i")).contains("5");
      assertThat(parameters.first("n")).isEmpty();
      assertThat(parameters.first("e")).isEmpty();
      assertThat(parameters.all("resource")).containsExactly("x", "y");
    }

    @ParameterizedTest
    @Requirement("R-4")
    @ValueSource(
        strings = {
          "{\"a\":\"1\",\"a\":\"1\"}",
          "{\"a\":{}}",
          "{\"a\":[1]}",
          "{\"a\":\"\\ud800\"}",
          "{\"a\":\"\\u006\u0463\"}",
          "\ufeff{}",
          "{\"resource\":[\"\\udc00\"]}",
          "[]",
          "\"a\"",
          "{} {}",
          "{",
          ""
        })
    void refusesAnythingButOneObjectOfTexts(String text) {
      assertThat(Parameters.parseJson(text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
    }

    @Test
    void refusesOtherEncodingsAndWhatIsTooDeep() {
      assertThat(Parameters.parseJson("{\"a\":\"1\"}".getBytes(StandardCharsets.UTF_16LE)))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
      assertThat(Parameters.parseJson("{\"a\":\"1\"}".getBytes(StandardCharsets.UTF_16)))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
      assertThat(Parameters.parseJson(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
      String deep = "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
      assertThat(Parameters.parseJson(deep.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Result.refused(new Parameters.Refusal.Malformed()));
    }

    @Test
    @Requirement("R-4")
    void refusesARepeatedParameter() {
      assertThat(Parameters.parseJson("{\"a\":[\"1\",\"2\"]}".getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Result.refused(new Parameters.Refusal.Repeated("a")));
    }

    private static Parameters json(String text) {
      return switch (Parameters.parseJson(text.getBytes(StandardCharsets.UTF_8))) {
        case Result.Ok(Parameters parameters) -> parameters;
        case Result.Refused(var reason) -> throw new AssertionError(reason);
      };
    }
  }

  @Nested
  class Credentials {
    @Test
    void areANameOnly() {
      assertThat(ClientCredentials.parse(List.of(), form("client_id=oc_1")))
          .isEqualTo(Result.ok(new ClientCredentials.Named(new ClientId("oc_1"))));
    }

    @Test
    @Requirement("R-18")
    void areInTheForm() {
      assertThat(ClientCredentials.parse(List.of(), form("client_id=oc_1&client_secret=s")))
          .isEqualTo(
              Result.ok(new ClientCredentials.Posted(new ClientId("oc_1"), new Secret("s"))));
    }

    @Test
    @Requirement("R-17")
    void areInTheHeaderAndFormEncoded() {
      // https%3A%2F%2Fc.example:p%25q%2Br+s%3At
      String header = "bAsIc aHR0cHMlM0ElMkYlMkZjLmV4YW1wbGU6cCUyNXElMkJyK3MlM0F0";

      assertThat(ClientCredentials.parse(List.of(header), form("client_id=https://c.example")))
          .isEqualTo(
              Result.ok(
                  new ClientCredentials.Basic(
                      new ClientId("https://c.example"), new Secret("p%q+r s:t"))));
    }

    @Test
    void areAnAssertionOfTheClientThatItNames() {
      String claims = encode("{\"sub\":\"oc_1\"}");

      assertThat(ClientCredentials.parse(List.of(), asserted("e30." + claims + ".c2ln")))
          .isEqualTo(Result.ok(assertion("oc_1", "e30." + claims + ".c2ln")));
    }

    @Test
    void areAnAssertionOfTheClientThatTheFormNames() {
      assertThat(ClientCredentials.parse(List.of(), asserted("jwt&client_id=oc_2")))
          .isEqualTo(Result.ok(assertion("oc_2", "jwt")));
      assertThat(assertion("oc_2", "jwt").toString()).doesNotContain("jwt=jwt");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "{}",
          "{\"sub\":5}",
          "{\"sub\":\"\"}",
          "{\"sub\":\"a\",\"sub\":\"b\"}",
          "{\"sub\":\"a\"}{}",
        })
    void areNotAnAssertionThatNamesNobody(String claims) {
      assertThat(ClientCredentials.parse(List.of(), asserted("e30." + encode(claims) + ".c2ln")))
          .isEqualTo(Result.refused(ClientCredentials.Refusal.UNREADABLE_ASSERTION));
    }

    @Test
    void areNotWhatIsNoJwt() {
      String claims = encode("{\"sub\":\"oc_1\"}");
      String large = "a".repeat(ClientAssertion.LONGEST);
      for (String jwt :
          List.of(claims, "e30." + claims, "." + claims + "*..", "." + claims + "." + large)) {
        assertThat(ClientCredentials.parse(List.of(), asserted(jwt)))
            .as(jwt)
            .isEqualTo(Result.refused(ClientCredentials.Refusal.UNREADABLE_ASSERTION));
      }
    }

    private static ClientCredentials assertion(String client, String jwt) {
      return new ClientCredentials.Asserted(
          new ClientAssertion(new ClientId(client), new Secret(jwt)));
    }

    private static Parameters asserted(String jwt) {
      return form(
          "client_assertion_type="
              + ClientAssertion.TYPE.replace(":", "%3A")
              + "&client_assertion="
              + jwt);
    }

    private static String encode(String json) {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @Requirement("R-16")
    @CsvSource({
      "Basic YTpi,client_id=a&client_secret=b,SEVERAL",
      "Basic YTpi,client_id=other,SEVERAL",
      "Basic YTpi,client_assertion=j,SEVERAL",
      "'',client_id=a&client_secret=b&client_assertion=j,SEVERAL",
      "Basic YTpi,client_assertion_type=t,SEVERAL",
      "'',client_secret=b&client_assertion_type=t,SEVERAL",
      "'',client_id=a&client_assertion=j,HALF_AN_ASSERTION",
      "'',client_id=a&client_assertion_type=t,HALF_AN_ASSERTION",
      "'',client_id=a&client_assertion=j&client_assertion_type=t,OTHER_ASSERTION",
      "'',client_secret=b,ABSENT",
      "'','',ABSENT",
      "Bearer YTpi,'',ABSENT",
      "Basic ***,'',MALFORMED_HEADER",
      "Basic YQ==,'',MALFORMED_HEADER",
      "Basic OmI=,'',MALFORMED_HEADER",
      "Basic JXp6OmI=,'',MALFORMED_HEADER",
      "Basic JUZGOmI=,'',MALFORMED_HEADER",
      "Basic YSUrMTpi,'',MALFORMED_HEADER",
      "Basic /zpi,'',MALFORMED_HEADER",
      "Basic,'',MALFORMED_HEADER",
    })
    void areRefusedIfTheySayTooMuchOrTooLittle(
        String header, String body, ClientCredentials.Refusal refusal) {
      List<String> headers = header.isEmpty() ? List.of() : List.of(header);
      assertThat(ClientCredentials.parse(headers, form(body))).isEqualTo(Result.refused(refusal));
    }

    @Test
    @Requirement("R-16")
    void areRefusedInTwoHeaders() {
      assertThat(ClientCredentials.parse(List.of("Basic YTpi", "Basic YTpi"), form("")))
          .isEqualTo(Result.refused(ClientCredentials.Refusal.SEVERAL));
    }
  }

  private static Parameters form(String text) {
    return switch (Parameters.parse(text)) {
      case Result.Ok(Parameters parameters) -> parameters;
      case Result.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
