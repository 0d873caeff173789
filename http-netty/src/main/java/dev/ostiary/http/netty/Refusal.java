package dev.ostiary.http.netty;

import dev.ostiary.http.CrossOrigin;
import dev.ostiary.http.Reply;

/** Why a request never reached the service. The connection ends with it. */
record Refusal(int status, String error, String description) implements ReadHead {
  /** What a person sees whose browser was sent to an address that is too long. */
  private static final String LONG_ADDRESS =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Address too long</title></head>
      <body><h1>This address is too long</h1>
      <p>An app sent you here with more than this server can read. This is a mistake in the app, not
      yours: go back to it, and tell its makers. Nothing was shared.</p>
      <p lang="ja">アドレスが長すぎます。これはアプリの誤りです。アプリに戻り、提供元にお知らせください。何も共有されていません。</p>
      </body></html>
      """;

  static Refusal malformed(String what) {
    return new Refusal(400, "bad_request", what);
  }

  static Refusal late(String what) {
    return new Refusal(408, "request_timeout", what + " did not arrive in time.");
  }

  static Refusal longLine() {
    return new Refusal(414, "uri_too_long", "The request line is too long.");
  }

  static Refusal expectation() {
    return new Refusal(417, "expectation_failed", "Only 100-continue can be expected.");
  }

  static Refusal manyHeaders() {
    return new Refusal(431, "header_fields_too_large", "The header is too large.");
  }

  static Refusal notImplemented(String what) {
    return new Refusal(501, "not_implemented", what + " is not supported.");
  }

  static Refusal busy() {
    return new Refusal(
        503, "busy", "There is no memory for this content now. Try again in a moment.");
  }

  static Refusal version() {
    return new Refusal(505, "http_version", "This server speaks HTTP/1.1.");
  }

  /** Nothing is known yet of who may read what is at the path; this tells scripts nothing. */
  Reply reply(String requestId) {
    Reply told = status == 414 ? page() : json();
    Reply reply = told.with("X-Request-Id", requestId).with("X-Content-Type-Options", "nosniff");
    return CrossOrigin.readable(status == 503 ? reply.with("Retry-After", "1") : reply);
  }

  private Reply page() {
    return Reply.html(status, LONG_ADDRESS)
        .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  private Reply json() {
    return Reply.json(
        status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
  }
}
