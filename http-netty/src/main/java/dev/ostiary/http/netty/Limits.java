package dev.ostiary.http.netty;

/**
 * How much a listener takes in.
 *
 * @param requestLine octets of method, target and version; more is 414
 * @param headerOctets octets of all header fields together; more is 431
 * @param headerFields number of header fields; more is 431
 * @param contents octets of all request contents held at one time, copies included; beyond it,
 *     requests that bring content are answered 503
 * @param connections open at one time; more are closed at once
 */
public record Limits(
    int requestLine, int headerOctets, int headerFields, long contents, int connections) {
  private static final int MOST_CONNECTIONS = 20_000;

  /** What an idle connection may take of the heap: its buffers, its parser and its head. */
  private static final int CONNECTION = 16 * 1024;

  /** As this Java machine's heap allows: a quarter of it for contents. */
  public static Limits ofThisHeap() {
    return ofHeap(Runtime.getRuntime().maxMemory());
  }

  static Limits ofHeap(long octets) {
    return new Limits(
        8 * 1024,
        32 * 1024,
        100,
        octets / 4,
        (int) Math.min(MOST_CONNECTIONS, octets / CONNECTION));
  }
}
