package dev.ostiary.simulator.world;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The opaque identifier that GraphQL knows an object by. */
public final class NodeId {
  private NodeId() {}

  public static String of(String type, long id) {
    String plain = "0" + type.length() + ":" + type + id;
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
