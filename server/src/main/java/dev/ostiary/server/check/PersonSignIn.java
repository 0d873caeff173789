package dev.ostiary.server.check;

import dev.ostiary.checker.http.RecordingHttpClient;
import dev.ostiary.checker.signin.SignIn;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A person signs in: the link is printed, and opened where there is a browser; the answer comes to
 * a port of this machine.
 */
public final class PersonSignIn implements SignIn.Person, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LOOPBACK = "127.0.0.1";

  private final PrintStream terminal;
  private final Consumer<URI> browser;
  private final NettyServer server;
  private final String redirectUri;
  private final BlockingQueue<URI> answers = new LinkedBlockingQueue<>();

  private PersonSignIn(
      PrintStream terminal, Consumer<URI> browser, URI wanted, EventLoops loops, InstantSource time)
      throws IOException {
    this.terminal = terminal;
    this.browser = browser;
    String host = wanted.getHost() == null ? LOOPBACK : wanted.getHost();
    int port = Math.max(wanted.getPort(), 0);
    this.server =
        NettyServer.start(
            Options.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), time),
            loops,
            new Callback(wanted.getRawPath()));
    this.redirectUri = "http://" + host + ":" + server.address().getPort() + wanted.getRawPath();
  }

  /**
   * Listens.
   *
   * @param browser opens an address, where there is one to open
   * @param redirectUri on loopback; port 0 is any that is free
   */
  public static PersonSignIn listen(
      PrintStream terminal,
      Consumer<URI> browser,
      URI redirectUri,
      EventLoops loops,
      InstantSource time)
      throws IOException {
    return new PersonSignIn(terminal, browser, redirectUri, loops, time);
  }

  @Override
  public String redirectUri() {
    return redirectUri;
  }

  @Override
  public URI complete(URI authorization, RecordingHttpClient http) throws IOException {
    answers.clear();
    terminal.println();
    terminal.println("Sign in here, within five minutes:");
    terminal.println("  " + authorization.toASCIIString());
    browser.accept(authorization);
    try {
      URI answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new IOException("nobody signed in within five minutes");
      }
      return answer;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** Where the browser brings the answer. */
  private final class Callback implements Service {
    private final String path;

    Callback(String path) {
      this.path = path;
    }

    @Override
    public void serve(Exchange exchange) {
      Request request = exchange.request();
      if (!request.path().equals(path) || !request.method().equals("GET")) {
        exchange.reply(Reply.text(404, "There is nothing at this address.\n"));
        return;
      }
      answers.add(URI.create(redirectUri + "?" + request.query()));
      exchange.reply(
          Reply.text(200, "The checker has its answer. You can close this window.\n").noStore());
    }
  }
}
