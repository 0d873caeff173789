package dev.ostiary.protocol.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.protocol.Printed;
import dev.ostiary.protocol.Result;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a registration. */
final class RegistrationRequestFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void readsOnlyWhatCanBePrintedAndReadAgain(byte @NotNull [] content) {
    switch (RegistrationRequest.parse(content)) {
      case Result.Ok(RegistrationRequest request) -> {
        assertThat(request.redirectUris()).hasSizeLessThanOrEqualTo(20);
        assertThat(String.valueOf(request.clientName())).doesNotContainPattern("\\p{Cc}|\\p{Cf}");
        assertThat(RegistrationRequest.parse(Printed.utf8(Printed.registration(request))))
            .isEqualTo(Result.ok(request));
      }
      case Result.Refused(RegistrationRequest.Refusal.Malformed(String member, String problem)) ->
          Printed.checkErrorText(member + " " + problem);
      case Result.Refused(RegistrationRequest.Refusal.NotAnObject()) -> {}
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "",
            "{}",
            "[]",
            "{\"redirect_uris\":[\"https://a.example/b\",\"cursor://c/d\"],\"client_name\":\"N\","
                + "\"token_endpoint_auth_method\":\"none\",\"application_type\":\"native\","
                + "\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
                + "\"response_types\":[\"code\"],\"scope\":\"read:user repo\"}",
            "{\"client_name\":\" a \",\"contacts\":[\"\",\"a@example.com\",\"b,c\"],"
                + "\"client_uri\":\"https://a.example\",\"software_id\":\"s\"}",
            "{\"client_name\":\"a\\u202eb\"}",
            "{\"client_name\":\"\\ud800\"}",
            "{\"scope\":5}",
            "{\"a\":1,\"a\":1}")
        .map(text -> text.getBytes(UTF_8));
  }
}
