package dev.ostiary.checker;

import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.util.List;

/**
 * One thing that is asked of a server, and how it is found out.
 *
 * @param id a slug that stays: programs refer to it
 * @param title what holds where the check passes
 * @param section of the specification that asks for it
 * @param requirements the ids of {@code docs/reference/requirements.md}
 * @param remedy what to do about it
 * @param needs what has to be there before it can be tried, in this order
 */
public record Check(
    String id,
    Specification row,
    Level level,
    String title,
    String section,
    List<String> requirements,
    String remedy,
    List<Need> needs,
    Probe probe) {
  public Check {
    requirements = List.copyOf(requirements);
    needs = List.copyOf(needs);
  }

  /** Finds it out. */
  @FunctionalInterface
  public interface Probe {
    Verdict run(TargetServer target) throws java.io.IOException;
  }

  public static Draft must(String id, Specification row, String title) {
    return new Draft(id, row, Level.MUST, title);
  }

  public static Draft should(String id, Specification row, String title) {
    return new Draft(id, row, Level.SHOULD, title);
  }

  /** A check that is being written down. */
  public static final class Draft {
    private final String id;
    private final Specification row;
    private final Level level;
    private final String title;
    private String section = "";
    private List<String> requirements = List.of();
    private String remedy = "";
    private List<Need> needs = List.of();

    private Draft(String id, Specification row, Level level, String title) {
      this.id = id;
      this.row = row;
      this.level = level;
      this.title = title;
    }

    public Draft section(String section, String... requirements) {
      this.section = section;
      this.requirements = List.of(requirements);
      return this;
    }

    public Draft remedy(String remedy) {
      this.remedy = remedy;
      return this;
    }

    public Draft needs(Need... needs) {
      this.needs = List.of(needs);
      return this;
    }

    public Check by(Probe probe) {
      return new Check(id, row, level, title, section, requirements, remedy, needs, probe);
    }
  }
}
