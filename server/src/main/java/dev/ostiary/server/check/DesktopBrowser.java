package dev.ostiary.server.check;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The browser of this machine's desktop, if there is one. */
final class DesktopBrowser {
  private static final System.Logger LOG = System.getLogger(DesktopBrowser.class.getName());

  private DesktopBrowser() {}

  /** Opens it at an address. That it cannot be is no trouble: the address has been printed. */
  static void open(URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return;
    }
    try {
      new ProcessBuilder(command(address.toASCIIString()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException none) {
      LOG.log(System.Logger.Level.DEBUG, "no browser can be opened: {0}", none.getMessage());
    }
  }

  /** A program and its arguments; no shell reads the address. */
  private static List<String> command(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return List.of("open", address);
    }
    return system.startsWith("windows")
        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
        : List.of("xdg-open", address);
  }
}
