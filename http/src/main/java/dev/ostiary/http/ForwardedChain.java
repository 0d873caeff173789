package dev.ostiary.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nodes that a request came through, as proxies wrote them down: the client first, the last
 * proxy's peer last. It is read from its end, where the trusted proxies write, and what a client
 * put before that is never looked at.
 */
final class ForwardedChain {
  private static final Pattern PAIR =
      Pattern.compile(
          "[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)="
              + "(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|\"([^\"\\\\]*)\")[ \t]*");

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\]]*)\\]|([0-9.]+))(?::[0-9]{1,5})?");

  private final List<String> nodes;

  private ForwardedChain(List<String> nodes) {
    this.nodes = nodes;
  }

  /** Of {@code X-Forwarded-For}: addresses with commas between. */
  static ForwardedChain listed(List<String> lines) {
    List<String> nodes = new ArrayList<>();
    for (String line : lines) {
      for (String node : line.split(",", -1)) {
        nodes.add(node.strip());
      }
    }
    return new ForwardedChain(nodes);
  }

  /** Of {@code Forwarded}: the {@code for} of each element (RFC 7239 §4). */
  static ForwardedChain forwarded(List<String> lines) {
    List<String> nodes = new ArrayList<>();
    for (String line : lines) {
      nodes.addAll(elements(line).orElse(List.of("")));
    }
    return new ForwardedChain(nodes);
  }

  /** The right-most node that is no trusted proxy; none if it is not an address. */
  Optional<InetAddress> client(Predicate<InetAddress> isProxy) {
    Optional<InetAddress> last = Optional.empty();
    for (String node : nodes.reversed()) {
      last = address(node);
      if (last.isEmpty() || !isProxy.test(last.get())) {
        return last;
      }
    }
    return last;
  }

  /** The nodes of a line, an empty text for an element without one. */
  private static Optional<List<String>> elements(String line) {
    List<String> nodes = new ArrayList<>();
    String node = "";
    Matcher pair = PAIR.matcher(line);
    int at = 0;
    while (pair.region(at, line.length()).lookingAt()) {
      if (pair.group(1).equalsIgnoreCase("for")) {
        node = pair.group(2) == null ? pair.group(3) : pair.group(2);
      }
      boolean isLast = pair.end() == line.length();
      if (isLast || line.charAt(pair.end()) == ',') {
        nodes.add(node);
        node = "";
      }
      if (isLast) {
        return Optional.of(nodes);
      }
      if (";,".indexOf(line.charAt(pair.end())) < 0) {
        return Optional.empty();
      }
      at = pair.end() + 1;
    }
    return Optional.empty();
  }

  /** An address, which may have a port; neither "unknown" nor a made-up name is one. */
  private static Optional<InetAddress> address(String node) {
    Matcher withPort = WITH_PORT.matcher(node);
    if (!withPort.matches()) {
      return AddressLiteral.parse(node);
    }
    String bracketed = withPort.group(1);
    return AddressLiteral.parse(bracketed == null ? withPort.group(2) : bracketed)
        .filter(_ -> bracketed == null || bracketed.indexOf(':') >= 0);
  }
}
