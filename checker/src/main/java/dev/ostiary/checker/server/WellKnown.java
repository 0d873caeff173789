package dev.ostiary.checker.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where metadata documents are looked for: RFC 8414 §3, RFC 9728 §3, MCP authorization. */
public final class WellKnown {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private WellKnown() {}

  /** The path-inserted form of a resource's address. */
  public static String resource(URI resource) {
    return inserted(resource, RESOURCE);
  }

  /** The form without the path. */
  public static String resourceRoot(URI resource) {
    return origin(resource) + RESOURCE;
  }

  /** The forms that clients try for an issuer, in their order. */
  public static List<String> server(URI issuer) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(inserted(issuer, SERVER));
    forms.add(inserted(issuer, OPENID));
    String path = path(issuer);
    if (!path.isEmpty()) {
      forms.add(origin(issuer) + path + OPENID);
    }
    return new ArrayList<>(forms);
  }

  private static String inserted(URI uri, String name) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
    boolean issuer = !name.equals(RESOURCE);
    return origin(uri) + name + (issuer ? path(uri) : path) + query;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
