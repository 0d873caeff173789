package dev.ostiary.http.netty;

/**
 * How much a listener takes in.
 *
 * @param requestLine octets of method, target and version; more is 414
 * @param headerOctets octets of all header fields together; more is 431
 * @param headerFields number of header fields; more is 431
 * @param bufferedBodies octets of all request contents held at one time; beyond it, requests that
 *     bring content are answered 503
 * @param connections open at one time; more are closed at once
 */
public record Limits(
    int requestLine, int headerOctets, int headerFields, long bufferedBodies, int connections) {
  public static final Limits DEFAULT =
      new Limits(8 * 1024, 32 * 1024, 100, 256L * 1024 * 1024, 20_000);
}
