package dev.ostiary.authorization.page;

import dev.ostiary.authorization.hash.Sha256;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages' stylesheet, under a path that changes with its content and so is kept for good. */
final class Stylesheet implements Endpoint {
  private final String path;
  private final String css;

  private Stylesheet(String base, String css) {
    this.path = base + "/assets/ostiary-" + Sha256.of(css) + ".css";
    this.css = css;
  }

  static Stylesheet load(String base) {
    try (InputStream file = Stylesheet.class.getResourceAsStream("ostiary.css")) {
      if (file == null) {
        throw new IllegalStateException("ostiary.css is not in this build");
      }
      return new Stylesheet(base, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String path() {
    return path;
  }

  @Override
  public Route route() {
    return Route.get(path);
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    Reply text = Reply.text(200, css);
    return new Reply(
        200,
        Headers.of(
            "Content-Type",
            "text/css; charset=utf-8",
            "Cache-Control",
            "public, max-age=31536000, immutable",
            "X-Content-Type-Options",
            "nosniff"),
        text.body());
  }
}
