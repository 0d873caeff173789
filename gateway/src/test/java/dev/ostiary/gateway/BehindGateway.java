package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.backend.HttpBackendSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A backend of octets behind a gateway, which must have nothing left when a test ends. */
abstract class BehindGateway {
  static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";
  static final String ANSWER = "data: " + OK + "\n\n";
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  RawBackend docs;
  LiveGateway gateway;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
    gateway = LiveGateway.of(docs);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    try {
      eventually(gateway::isIdle);
    } finally {
      gateway.close();
      docs.close();
    }
  }

  /** Takes the place of the usual gateway. */
  void restart(HttpBackendSettings settings, LiveGateway.Variation with) throws IOException {
    gateway.close();
    gateway = LiveGateway.of(settings, with);
  }

  /** A caller that has sent a request of the modern era. */
  RawCaller modern(String method, String... fields) throws IOException {
    return modernAs("good", method, fields);
  }

  RawCaller modernAs(String token, String method, String... fields) throws IOException {
    String params = method.equals("tools/call") ? "\"name\":\"read\"," : "";
    List<String> all =
        new ArrayList<>(
            List.of(
                "Authorization: Bearer " + token,
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: " + method));
    if (method.equals("tools/call")) {
      all.add("Mcp-Name: read");
    }
    all.addAll(Arrays.asList(fields));
    return caller().send("POST", message(method, params + META), all.toArray(String[]::new));
  }

  /** A caller that has sent a request of 2025-11-25. */
  RawCaller legacy(String method, String token, String... fields) throws IOException {
    return legacyBody(message(method, "\"name\":\"read\""), token, fields);
  }

  RawCaller legacyBody(String body, String token, String... fields) throws IOException {
    return caller().send("POST", body, with(token, fields));
  }

  RawCaller other(String method, String token, String... fields) throws IOException {
    return caller().send(method, "", with(token, fields));
  }

  private static String[] with(String token, String... fields) {
    List<String> all = new ArrayList<>(List.of("Authorization: Bearer " + token));
    all.addAll(Arrays.asList(fields));
    return all.toArray(String[]::new);
  }

  static String message(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  RawCaller caller() throws IOException {
    RawCaller caller = gateway.caller();
    open.add(caller);
    return caller;
  }

  Peer accept() throws IOException {
    Peer peer = docs.accept();
    open.add(peer);
    return peer;
  }

  /** Accepts a connection and hears a request on it. */
  Peer acceptAndHear() throws IOException {
    Peer peer = accept();
    Heard heard = peer.hear();
    assertThat(heard.lines()).isNotEmpty();
    return peer;
  }

  /** Lets so much time pass, and looks until the caller has got something. */
  void passUntilNews(RawCaller caller, Duration time) {
    gateway.pass(time);
    eventually(
        () -> {
          gateway.ticker.tick();
          return caller.hasNews();
        });
  }

  static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to that").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
