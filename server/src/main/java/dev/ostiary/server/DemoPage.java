package dev.ostiary.server;

import picocli.CommandLine.Help.Ansi;

/** What a demonstration tells its user, ready to paste. */
final class DemoPage {
  private final Invocation invocation;
  private final Demo demo;
  private final DemoData data;

  DemoPage(Invocation invocation, Demo demo, DemoData data) {
    this.invocation = invocation;
    this.demo = demo;
    this.data = data;
  }

  void print() {
    Ansi ansi = invocation.colour() ? Ansi.ON : Ansi.OFF;
    String text =
        """

          @|bold,green Ostiary is ready.|@ Everything runs on this machine: the identity provider is simulated, and the
          metadata documents of Claude, Claude Code, ChatGPT, Codex and VS Code are copies shipped with Ostiary.

            @|bold MCP server|@         %1$s%7$s
            @|bold Simulated %8$s|@%9$s %2$s
            @|bold Data|@               %3$s

          Use the server's address as it is written here: localhost is another name, and clients refuse it.
          A browser shows more at %6$s

          List its tools with the MCP Inspector:

            @|cyan npx @modelcontextprotocol/inspector --cli %1$s --transport http --method tools/list|@

          Add it to Claude Code, and sign in there with /mcp:

            @|cyan claude mcp add --transport http ostiary-demo %1$s|@

          See what a client discovers, in a browser:

            @|cyan %4$s|@

          When a sign-in fails, its page shows a reference. Explain it, in another terminal:

            @|cyan ./ostiary doctor --data %3$s --reference ID|@

          Ctrl+C ends it%5$s.
        """
            .formatted(
                demo.server(),
                demo.provider(),
                data.path(),
                demo.url().at("/.well-known/oauth-protected-resource/mcp"),
                data.temporary() ? " and deletes the data" : "",
                demo.url().at("/"),
                demo.backend() == null ? "" : ", in front of " + demo.backend(),
                demo.providerTitle(),
                " ".repeat(8 - demo.providerTitle().length()));
    invocation.out().println(ansi.string(text));
    invocation.out().flush();
  }
}
