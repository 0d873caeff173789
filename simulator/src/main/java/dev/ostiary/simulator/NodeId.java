package dev.ostiary.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The opaque identifier that GraphQL knows an object by. */
final class NodeId {
  private NodeId() {}

  static String of(String type, long id) {
    String plain = "0" + type.length() + ":" + type + id;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
