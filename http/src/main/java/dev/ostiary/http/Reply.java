package dev.ostiary.http;

import java.nio.charset.StandardCharsets;

/** What a request is answered with: by an endpoint to its client, or by a server to our call. */
public record Reply(int status, Headers headers, Body body) {
  /** No content. */
  public static Reply of(int status) {
    return new Reply(status, Headers.none(), Body.empty());
  }

  public static Reply json(int status, byte[] json) {
    return new Reply(status, Headers.of("Content-Type", "application/json"), Body.of(json));
  }

  public static Reply json(int status, String json) {
    return json(status, json.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply html(int status, String html) {
    return new Reply(
        status, Headers.of("Content-Type", "text/html; charset=utf-8"), Body.utf8(html));
  }

  public static Reply text(int status, String text) {
    return new Reply(
        status, Headers.of("Content-Type", "text/plain; charset=utf-8"), Body.utf8(text));
  }

  /**
   * See Other: the browser goes on with GET, whatever it came with (RFC 9700 §4.12 forbids 307).
   */
  public static Reply seeOther(String location) {
    return of(303).with("Location", location);
  }

  public Reply with(String name, String value) {
    return new Reply(status, headers.with(name, value), body);
  }

  /** This reply with the field in place of all of its name. */
  public Reply replace(String name, String value) {
    return new Reply(status, headers.replace(name, value), body);
  }

  /** Kept by no cache: for everything that carries a token, a code or a secret (RFC 6749 §5.1). */
  public Reply noStore() {
    return replace("Cache-Control", "no-store").replace("Pragma", "no-cache");
  }

  @Override
  public String toString() {
    return status + " " + headers;
  }
}
