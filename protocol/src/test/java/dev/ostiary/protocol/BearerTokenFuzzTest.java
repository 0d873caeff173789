package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as the {@code Authorization} header of a call. */
final class BearerTokenFuzzTest {
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        "bearer  a.b.c ",
        "Bearer a.b.c d",
        "Bearer a.b.c, Bearer d",
        "Bearer a=b",
        "Bearer\ta",
        "Basic YTpi"
      })
  @FuzzTest
  void isOneTokenAndNothingElse(@NotNull String header) {
    if (BearerToken.parse(List.of(header)) instanceof Result.Ok(BearerToken(Secret token))) {
      assertThat(token.reveal()).matches("[A-Za-z0-9._~+/-]+=*");
      assertThat(header.substring("Bearer".length()).strip()).isEqualTo(token.reveal());
      assertThat(BearerToken.parse(List.of("Bearer " + token.reveal())))
          .isEqualTo(Result.ok(new BearerToken(token)));
      assertThat(BearerToken.parse(List.of(header, header)))
          .isEqualTo(Result.refused(BearerToken.Refusal.MALFORMED));
    }
  }
}
