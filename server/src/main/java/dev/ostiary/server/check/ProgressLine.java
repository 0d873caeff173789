package dev.ostiary.server.check;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Progress;
import java.io.PrintStream;

/** How far the checker is: one line that is written over, or nothing without a terminal. */
public final class ProgressLine implements Progress {
  private static final int WIDTH = 78;

  private final PrintStream terminal;
  private final boolean shown;
  private final int all;
  private int done;

  public ProgressLine(PrintStream terminal, boolean shown, int all) {
    this.terminal = terminal;
    this.shown = shown;
    this.all = all;
  }

  @Override
  public void begins(Check check) {
    done++;
    if (shown) {
      String line = "%3d/%d %s".formatted(done, all, check.title());
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
      terminal.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
      terminal.flush();
    }
  }

  @Override
  public void ended(Finding finding) {}

  /** Clears the line. */
  public void close() {
    if (shown) {
      terminal.print("\r" + " ".repeat(WIDTH) + "\r");
      terminal.flush();
    }
  }
}
