package dev.ostiary.http.netty;

import dev.ostiary.http.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Servers for one test, on loops for one class; afterwards nothing may have leaked. */
abstract class ServerTest {
  static final InstantSource TIME = InstantSource.fixed(Instant.parse("2026-11-05T08:49:37Z"));
  private static EventLoops loops;
  private final List<NettyServer> servers = new ArrayList<>();

  @BeforeAll
  static void startLoops() {
    loops = EventLoops.start();
  }

  @AfterAll
  static void stopLoops() {
    loops.close();
    Assertions.assertThat(FailingLeakDetector.afterCollecting()).isEmpty();
  }

  @AfterEach
  void stopServers() {
    servers.forEach(NettyServer::close);
  }

  static EventLoops loops() {
    return loops;
  }

  static Options options() {
    return Options.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TIME);
  }

  static Timeouts patient(Duration head, Duration body, Duration idle, Duration write) {
    return new Timeouts(head, body, idle, write);
  }

  NettyServer server(Options options, Service service) throws IOException {
    NettyServer server = NettyServer.start(options, loops, service);
    servers.add(server);
    return server;
  }

  RawClient client(Options options, Service service) throws IOException {
    return new RawClient(server(options, service).address());
  }

  RawClient client(Service service) throws IOException {
    return client(options(), service);
  }
}
