package dev.ostiary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** nginx as {@code docs/how-to/behind-a-proxy.md} has it: the page's own server block is used. */
final class Nginx implements AutoCloseable {
  private static final Path EXECUTABLE = Path.of("/usr/sbin/nginx");

  private final int port;
  private final Process process;

  private Nginx(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Ends TLS for {@code mcp.example.com} in front of a port of this machine. */
  static Nginx before(int backendPort, Path folder) throws IOException, InterruptedException {
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        required || Files.isExecutable(EXECUTABLE), "the proxy page is tried with " + EXECUTABLE);
    int port = FreePort.find();
    certificate(folder);
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
        %2$s
        }
        """
            .formatted(folder, serverBlock(backendPort, port, folder)));
    Process process =
        new ProcessBuilder(
                EXECUTABLE.toString(), "-c", configuration.toString(), "-p", folder + "/")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    return new Nginx(port, process);
  }

  private static String serverBlock(int backendPort, int port, Path folder) throws IOException {
    String page = Files.readString(SourceTree.root().resolve("docs/how-to/behind-a-proxy.md"));
    int begin = page.indexOf("```nginx\n") + "```nginx\n".length();
    return page.substring(begin, page.indexOf("```", begin))
        .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
        .replace("/etc/ssl/mcp.example.com.pem", folder.resolve("certificate.pem").toString())
        .replace("/etc/ssl/mcp.example.com.key", folder.resolve("key.pem").toString())
        .replace("http://127.0.0.1:8080", "http://127.0.0.1:" + backendPort);
  }

  private static void certificate(Path folder) throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                    .concat(" -subj /CN=mcp.example.com -keyout key.pem -out certificate.pem")
                    .split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
      throw new IllegalStateException("openssl made no certificate");
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
