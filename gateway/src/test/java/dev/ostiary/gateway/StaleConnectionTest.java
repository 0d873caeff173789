package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that closes a kept connection while a call is on its way. */
final class StaleConnectionTest extends BehindGateway {
  /** A connection that has served a call, and is closed when the next comes. */
  private Peer kept() throws IOException {
    RawCaller first = modern("tools/list");
    Peer peer = acceptAndHear().json(200, OK);
    assertThat(first.answer().status()).isEqualTo(200);
    return peer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/list", "resources/templates/list", "ping", "server/discover"})
  void isAskedAgainWhatOnlyReads(String method) throws IOException {
    Peer stale = kept();
    RawCaller caller = modern(method);
    stale.hear();
    stale.close();

    acceptAndHear().json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"idempotentHint", "readOnlyHint"})
  void isAskedAgainForAToolThatItsListAllows(String hint) throws IOException {
    Peer stale = kept();
    RawCaller caller = modern("tools/call");
    stale.hear();
    stale.close();

    acceptAndHear().json(200, list("{\"" + hint + "\":true}"));
    acceptAndHear().json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"idempotentHint\":false}", "{\"destructiveHint\":false}"})
  void isNotAskedAgainForAnyOtherTool(String annotations) throws IOException {
    Peer stale = kept();
    RawCaller caller = modern("tools/call");
    stale.hear();
    stale.close();

    acceptAndHear().json(200, list(annotations));

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(502);
    assertThat(said.message()).isEqualTo("The server docs broke off");
  }

  @Test
  void isAskedAgainOnce() throws IOException {
    Peer stale = kept();
    RawCaller caller = modern("tools/list");
    stale.hear();
    stale.close();

    acceptAndHear().close();

    assertThat(caller.answer().status()).isEqualTo(502);
  }

  private static String list(String annotations) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"tools-1\",\"result\":{\"tools\":[{\"name\":\"read\","
        + "\"annotations\":"
        + annotations
        + "}]}}";
  }
}
