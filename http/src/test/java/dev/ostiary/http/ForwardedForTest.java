package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer is 127.0.0.1 in each request here. */
class ForwardedForTest {
  private static final String PEER = "127.0.0.1";

  private final Router router =
      new Router(
          List.of(
              new FakeEndpoint(
                  Route.get("/"), request -> Reply.text(200, request.remote().getHostAddress()))),
          Map.of(),
          Runnable::run);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7                                | 192.0.2.7",
        "192.0.2.7:4711                           | 192.0.2.7",
        "2001:db8::7                              | 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:4711                       | 2001:db8:0:0:0:0:0:7",
        "::ffff:192.0.2.7                         | 192.0.2.7",
        "203.0.113.1, 192.0.2.7                   | 192.0.2.7",
        "203.0.113.1, 192.0.2.7, 10.0.0.3         | 192.0.2.7",
        "203.0.113.1,192.0.2.7,10.0.0.3 , 10.0.0.4| 192.0.2.7",
        "10.0.0.3, 10.0.0.4                       | 10.0.0.3",
        "<script>, unknown, , 192.0.2.7           | 192.0.2.7"
      })
  void isTheRightMostAddressThatIsNoTrustedProxy(String header, String client) {
    assertThat(behindProxies("X-Forwarded-For", header)).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.7                                            | 192.0.2.7",
        "For=192.0.2.7;proto=https;by=203.0.113.43                | 192.0.2.7",
        "proto=https;for=\"192.0.2.7:4711\"                       | 192.0.2.7",
        "for=\"[2001:db8::7]:4711\";host=\"a,b;for=203.0.113.9\"  | 2001:db8:0:0:0:0:0:7",
        "for=203.0.113.1, for=192.0.2.7, for=10.0.0.3;proto=http  | 192.0.2.7",
        "for=_hidden, for=unknown, for=192.0.2.7                  | 192.0.2.7"
      })
  void readsTheStandardHeader(String header, String client) {
    assertThat(behindProxies("Forwarded", header)).isEqualTo(client);
  }

  @Test
  void readsSeveralLinesAsOne() {
    assertThat(
            behindProxies(
                "X-Forwarded-For", "203.0.113.1, 192.0.2.7", "X-Forwarded-For", "10.0.0.3"))
        .isEqualTo("192.0.2.7");
    assertThat(behindProxies("Forwarded", "for=\"broken", "Forwarded", "for=192.0.2.7"))
        .isEqualTo("192.0.2.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "localhost",
        "example.com",
        "127.1",
        "2130706433",
        "192.0.2.7:",
        "192.0.2.7:x",
        "192.0.2.256",
        "[192.0.2.7]",
        "[2001:db8::7",
        "fe80::1%lo",
        "192.0.2.7,",
        "192.0.2.7, unknown",
        "192.0.2.7, unknown, 10.0.0.3"
      })
  void keepsThePeerWhenAProxyNamesNoAddress(String node) {
    assertThat(behindProxies("X-Forwarded-For", node)).isEqualTo(PEER);
    String standard =
        Stream.of(node.split(",", -1))
            .map(one -> "for=\"" + one.strip() + "\"")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    assertThat(behindProxies("Forwarded", standard)).isEqualTo(PEER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        "for",
        "for=",
        "for=192.0.2.7 x",
        "for=192.0.2.7;",
        "for=192.0.2.7,",
        "for=\"192.0.2.7",
        "for=2001:db8::7",
        "proto=https",
        "for=192.0.2.7, proto=https",
        "for = 192.0.2.7"
      })
  void keepsThePeerWhenTheStandardHeaderIsMalformed(String header) {
    assertThat(behindProxies("Forwarded", header)).isEqualTo(PEER);
  }

  @Test
  void believesTwoHeadersOnlyIfTheyAgree() {
    assertThat(behindProxies("Forwarded", "for=192.0.2.7", "X-Forwarded-For", "192.0.2.7"))
        .isEqualTo("192.0.2.7");
    assertThat(behindProxies("Forwarded", "for=203.0.113.9", "X-Forwarded-For", "192.0.2.7"))
        .isEqualTo(PEER);
    assertThat(behindProxies("Forwarded", "for=192.0.2.7", "X-Forwarded-For", "unknown"))
        .isEqualTo(PEER);
  }

  @Test
  void ignoresBothHeadersFromAnybodyElse() {
    for (List<AddressRange> trusted :
        List.of(List.<AddressRange>of(), List.of(AddressRange.parse("127.0.0.2")))) {
      assertThat(client(trusted, "X-Forwarded-For", "192.0.2.7")).isEqualTo(PEER);
      assertThat(client(trusted, "Forwarded", "for=192.0.2.7")).isEqualTo(PEER);
    }
  }

  @Test
  void changesNothingButTheAddress() {
    var seen =
        new Router(
            List.of(
                new FakeEndpoint(
                    Route.get("/"),
                    request ->
                        Reply.text(
                            200,
                            request.id()
                                + request.query()
                                + request.headers().all("Host")
                                + request.headers().all("Forwarded")))),
            Map.of(),
            Runnable::run);
    String[] headers = {"Host", "a.example", "Forwarded", "for=192.0.2.7;host=evil;proto=https"};

    assertThat(text(FakeExchange.serve(new ForwardedFor(trusted(), seen), "GET", "/", headers)))
        .isEqualTo(text(FakeExchange.serve(seen, "GET", "/", headers)));
    assertThat(FakeExchange.send(new ForwardedFor(trusted(), seen), "GET", "/", 1, headers))
        .isEqualTo(413);
  }

  private String behindProxies(String... headers) {
    return client(trusted(), headers);
  }

  private String client(List<AddressRange> trusted, String... headers) {
    return text(FakeExchange.serve(new ForwardedFor(trusted, router), "GET", "/", headers));
  }

  private static List<AddressRange> trusted() {
    return List.of(AddressRange.parse(PEER), AddressRange.parse("10.0.0.0/8"));
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
