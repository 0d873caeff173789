package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content is read only for a caller who may send it. */
class UnreadContentTest extends BehindGateway {
  /** Announces so many octets and sends the first. */
  private RawCaller head(String method, int octets, String... fields) throws IOException {
    String length = "Content-Length: " + octets + "\r\n\r\n{";
    String all = String.join("\r\n", fields);
    return caller()
        .send(method + " /docs/mcp HTTP/1.1\r\nHost: localhost\r\n" + all + "\r\n" + length);
  }

  private RawCaller head(String... fields) throws IOException {
    return head("POST", 4194304, fields);
  }

  @ParameterizedTest
  @CsvSource({
    "401, Content-Type: application/json",
    "401, Authorization: Bearer unheard-of",
    "401, Authorization: Bearer sibling",
    "400, Authorization: Bearer a b",
    "403, Origin: https://evil.example",
  })
  void isNotWaitedForWhereTheHeadDecides(int status, String field) throws IOException {
    RawCaller.Said said = head("Content-Type: application/json", field).answer();

    assertThat(said.status()).isEqualTo(status);
    assertThat(said.field("Connection")).isEqualTo("close");
  }

  @Test
  void isNotWaitedForWhereItIsNoJson() throws IOException {
    assertThat(head("Authorization: Bearer good", "Content-Type: text/plain").answer().status())
        .isEqualTo(415);
  }

  @Test
  void isNotWaitedForOfAMethodThatIsNotServed() throws IOException {
    assertThat(head("PUT", 4194304, "Authorization: Bearer good").answer().status()).isEqualTo(405);
  }

  @Test
  void ofManyCallersWithoutATokenKeepsNobodyWaiting() throws IOException {
    List<RawCaller> greedy = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      greedy.add(head("Content-Type: application/json"));
    }

    RawCaller honest = modern("tools/list");

    acceptAndHear().json(200, OK);
    assertThat(honest.answer().status()).isEqualTo(200);
    for (RawCaller caller : greedy) {
      assertThat(caller.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void thatIsTooLargeIsSaidSoToACallerWhoMaySendIt() throws IOException {
    RawCaller.Said said =
        head(
                "POST",
                4194305,
                "Authorization: Bearer good",
                "Origin: http://127.0.0.1:5173",
                "Content-Type: application/json")
            .answer();

    assertThat(said.status()).isEqualTo(413);
    assertThat(said.code()).isEqualTo(-32600);
    assertThat(said.message()).contains("4194304 bytes");
    assertThat(said.field("Access-Control-Allow-Origin")).isEqualTo("http://127.0.0.1:5173");
  }
}
