package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One API resource: where it is, who may call it, and what it answers.
 *
 * @param path its segments; those in braces are variable
 * @param acceptedScopes what {@code X-Accepted-OAuth-Scopes} says; nothing where none is needed
 * @param acceptedPermissions the same for GitHub Apps
 */
record ApiRoute(
    String method,
    List<String> path,
    Needs needs,
    String acceptedScopes,
    String acceptedPermissions,
    Function<Call, Answer> resource) {

  /** The credentials that a resource wants. */
  enum Needs {
    NOTHING,
    TOKEN,
    APPLICATION
  }

  static ApiRoute open(String path, Function<Call, Answer> resource) {
    return new ApiRoute("GET", split(path), Needs.NOTHING, "", "metadata=read", resource);
  }

  static ApiRoute person(
      String path, String scopes, String permissions, Function<Call, Answer> resource) {
    return new ApiRoute("GET", split(path), Needs.TOKEN, scopes, permissions, resource);
  }

  static ApiRoute application(String method, String path, Function<Call, Answer> resource) {
    return new ApiRoute(method, split(path), Needs.APPLICATION, "", "", resource);
  }

  /** The variable segments of the path, if it is this route's. */
  Optional<Map<String, String>> match(String requestMethod, String requestPath) {
    List<String> given = split(requestPath);
    String asked = requestMethod.equals("HEAD") ? "GET" : requestMethod;
    if (!method.equals(asked) || given.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String expected = path.get(i);
      if (expected.startsWith("{")) {
        variables.put(expected, Parameters.decode(given.get(i)));
      } else if (!expected.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }
}
