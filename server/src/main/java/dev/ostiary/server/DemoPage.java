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

          @|bold,green Ostiary is ready.|@ Everything runs on this machine; GitHub is simulated.

            @|bold MCP server|@         %1$s
            @|bold Simulated GitHub|@   %2$s
            @|bold Data|@               %3$s

          List its tools with the MCP Inspector:

            @|cyan npx @modelcontextprotocol/inspector --cli %1$s --transport http --method tools/list|@

          Add it to Claude Code, and sign in there with /mcp:

            @|cyan claude mcp add --transport http ostiary-demo %1$s|@

          See what a client discovers, in a browser:

            @|cyan %4$s|@

          Ctrl+C ends it%5$s.
        """
            .formatted(
                demo.server(),
                demo.gitHub(),
                data.path(),
                demo.url().at("/.well-known/oauth-protected-resource/mcp"),
                data.temporary() ? " and deletes the data" : "");
    invocation.out().println(ansi.string(text));
    invocation.out().flush();
  }
}
