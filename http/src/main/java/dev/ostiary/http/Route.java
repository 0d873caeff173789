package dev.ostiary.http;

import java.util.List;

/**
 * Where an endpoint listens.
 *
 * @param methods in upper case; GET includes HEAD
 * @param path compared exactly, byte for byte; only a last segment {@code *} stands for any one
 *     segment that is not empty, unless an endpoint or a service has exactly that path
 * @param bodyLimit the largest content in bytes
 * @param crossOrigin whether scripts of any origin may read the reply, always without credentials
 */
public record Route(List<String> methods, String path, int bodyLimit, boolean crossOrigin) {
  /** The largest form or metadata document that an endpoint reads: 64 KiB. */
  public static final int FORM_LIMIT = 64 * 1024;

  public Route {
    methods = List.copyOf(methods);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + path);
    }
    int star = path.indexOf('*');
    if (star >= 0 && (star != path.length() - 1 || path.charAt(star - 1) != '/')) {
      throw new IllegalArgumentException("only a whole last segment may be any: " + path);
    }
  }

  public static Route get(String path) {
    return new Route(List.of("GET"), path, 0, false);
  }

  public static Route post(String path) {
    return new Route(List.of("POST"), path, FORM_LIMIT, false);
  }

  public static Route getOrPost(String path) {
    return new Route(List.of("GET", "POST"), path, FORM_LIMIT, false);
  }

  /** The route of a thing that is read, replaced and deleted under its own URL (RFC 9110 §9.3). */
  public static Route getPutOrDelete(String path) {
    return new Route(List.of("GET", "PUT", "DELETE"), path, FORM_LIMIT, false);
  }

  /** This route, readable by scripts of any origin. */
  public Route anyOrigin() {
    return new Route(methods, path, bodyLimit, true);
  }
}
