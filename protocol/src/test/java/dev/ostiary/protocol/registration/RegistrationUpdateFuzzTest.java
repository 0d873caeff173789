package dev.ostiary.protocol.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.ostiary.protocol.Printed;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Any bytes as the update of a registration. */
final class RegistrationUpdateFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void readsOnlyWhatCanBePrintedAndReadAgain(byte @NotNull [] content) {
    switch (RegistrationUpdate.parse(content)) {
      case Result.Ok(RegistrationUpdate update) -> {
        ObjectNode printed = Printed.registration(update.metadata());
        printed.put("client_id", update.client().value());
        Secret secret = update.clientSecret();
        if (secret != null) {
          printed.put("client_secret", secret.reveal());
        }
        assertThat(RegistrationUpdate.parse(Printed.utf8(printed))).isEqualTo(Result.ok(update));
      }
      case Result.Refused(RegistrationRequest.Refusal.Malformed(String member, String problem)) ->
          Printed.checkErrorText(member + " " + problem);
      case Result.Refused(RegistrationRequest.Refusal.NotAnObject()) -> {}
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{}",
            "{\"client_id\":\"oc_1\",\"redirect_uris\":[\"https://a.example/b\"]}",
            "{\"client_id\":\"oc_1\",\"client_secret\":\"ocs_1\",\"client_name\":\"N\"}",
            "{\"client_id\":\"\\ud800\"}",
            "{\"client_id\":\"oc_1\",\"client_secret\":null}",
            "{\"client_id\":\"oc_1\",\"registration_access_token\":\"x\"}")
        .map(text -> text.getBytes(UTF_8));
  }
}
