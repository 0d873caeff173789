package dev.ostiary.http;

import java.util.List;

/**
 * Where an endpoint listens.
 *
 * @param methods in upper case; GET includes HEAD
 * @param path compared exactly, byte for byte
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

  /** This route, readable by scripts of any origin. */
  public Route anyOrigin() {
    return new Route(methods, path, bodyLimit, true);
  }
}
