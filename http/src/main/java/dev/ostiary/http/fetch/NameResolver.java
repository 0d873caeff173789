package dev.ostiary.http.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. May block; it is asked on a thread that waits for it. */
@FunctionalInterface
public interface NameResolver {
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** Asks the resolver of the operating system. */
  static NameResolver system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
