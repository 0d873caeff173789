package dev.ostiary.simulator.api;

import dev.ostiary.http.Headers;
import dev.ostiary.simulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API resource says, before the headers that every answer has. */
record Answer(int status, @Nullable JsonNode json, Headers headers) {
  static Answer ok(JsonNode json) {
    return new Answer(200, json, Headers.none());
  }

  static Answer noContent() {
    return new Answer(204, null, Headers.none());
  }

  /** Also the answer about what exists but may not be seen. */
  static Answer notFound() {
    return error(404, "Not Found");
  }

  static Answer badCredentials() {
    return error(401, "Bad credentials");
  }

  static Answer error(int status, String message) {
    ObjectNode json = Json.object();
    json.put("message", message);
    json.put("documentation_url", "https://docs.github.com/rest");
    json.put("status", Integer.toString(status));
    return new Answer(status, json, Headers.none());
  }

  /** 422, naming what is wrong with which field. */
  static Answer invalid(String resource, String field, String code) {
    Answer error = error(422, "Validation Failed");
    if (error.json() instanceof ObjectNode json) {
      json.putArray("errors")
          .addObject()
          .put("resource", resource)
          .put("field", field)
          .put("code", code);
    }
    return error;
  }

  Answer with(String name, String value) {
    return new Answer(status, json, headers.with(name, value));
  }
}
