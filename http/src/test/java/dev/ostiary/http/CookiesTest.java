package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {
  private static Cookies cookies(String... lines) {
    Headers headers = Headers.none();
    for (String line : lines) {
      headers = headers.with("Cookie", line);
    }
    return Cookies.of(headers);
  }

  @Test
  void findsACookieThatIsThereOnce() {
    Cookies cookies = cookies("a=1; __Host-b=x=y;c=");

    assertThat(cookies.only("a")).contains("1");
    assertThat(cookies.only("__Host-b")).contains("x=y");
    assertThat(cookies.only("c")).contains("");
  }

  @Test
  void trustsNeitherOfTwoCookiesOfOneName() {
    assertThat(cookies("sid=mine; sid=tossed").only("sid")).isEmpty();
    assertThat(cookies("sid=mine", "sid=tossed").only("sid")).isEmpty();
    assertThat(cookies("sid=mine; sid=mine").only("sid")).isEmpty();
  }

  @Test
  void comparesNamesExactly() {
    assertThat(cookies("SID=1; sidx=2; nothing").only("sid")).isEmpty();
    assertThat(cookies().only("sid")).isEmpty();
  }

  @Test
  void printsNoValue() {
    assertThat(cookies("sid=secret").toString()).isEqualTo("[sid]");
    assertThat(new SetCookie("sid", "secret", Duration.ZERO, false).toString()).isEqualTo("sid");
  }

  @Test
  void setsCookiesThatScriptsAndOtherSitesCannotUse() {
    assertThat(new SetCookie("__Host-sid", "abc", Duration.ofHours(8), true).header())
        .isEqualTo("__Host-sid=abc; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax");
    assertThat(SetCookie.removing("ostiary-8080-sid", false).header())
        .isEqualTo("ostiary-8080-sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a b", "a,b", "a\"b", "a\\b", "a\r\nb", "é"})
  void refusesValuesThatCookiesCannotCarry(String value) {
    assertThatThrownBy(() -> new SetCookie("sid", value, Duration.ZERO, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(value);
  }

  @Test
  void refusesNamesAndAgesThatMakeNoSense() {
    assertThatThrownBy(() -> new SetCookie("a=b", "", Duration.ZERO, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SetCookie("sid", "", Duration.ofSeconds(-1), true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SetCookie("__Host-sid", "", Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
