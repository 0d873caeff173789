package dev.ostiary.authorization.store;

/** Names a kept upstream token. No secret. */
public record UpstreamTokenId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
