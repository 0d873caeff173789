package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as the {@code Authorization} header of a client. */
final class ClientCredentialsFuzzTest {
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic YTpi",
        "basic   YTpi",
        "Basic YTpi=",
        "Basic OmI=",
        "Basic YSUrMTpi",
        "Basic b2NfJTQxOiUyMCUyNQ==",
        "Basic /zpi",
        "Basic YTo=",
        "Bearer YTpi"
      })
  @FuzzTest
  void readsOnlyWhatCanBePrintedAndReadAgain(@NotNull String header) {
    switch (ClientCredentials.parse(List.of(header), Parameters.none())) {
      case Result.Ok(ClientCredentials.Basic basic) -> {
        assertThat(header.strip().toLowerCase(Locale.ROOT)).startsWith("basic");
        assertThat(basic.client().value()).isNotEmpty();
        assertThat(ClientCredentials.parse(List.of(Printed.basic(basic)), Parameters.none()))
            .isEqualTo(Result.ok(basic));
      }
      case Result.Ok(ClientCredentials.Named named) ->
          assertThat(named.client().value()).isNotEmpty();
      case Result.Ok(ClientCredentials other) -> throw new AssertionError(other.toString());
      case Result.Refused(ClientCredentials.Refusal refusal) ->
          assertThat(refusal)
              .isEqualTo(
                  header.strip().toLowerCase(Locale.ROOT).matches("(?s)basic(?:[ \\t].*)?")
                      ? ClientCredentials.Refusal.MALFORMED_HEADER
                      : ClientCredentials.Refusal.ABSENT);
    }
  }
}
