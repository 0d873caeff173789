package dev.ostiary.config;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Takes note of what is wrong with values, read or not, at a key and below it. */
public final class Problems {
  private final String path;
  private final List<Problem> problems;
  private final Set<String> faulty;
  private final ToIntFunction<String> lines;

  Problems(String path, List<Problem> problems, Set<String> faulty, ToIntFunction<String> lines) {
    this.path = path;
    this.problems = problems;
    this.faulty = faulty;
    this.lines = lines;
  }

  /** For a configuration that was not read. */
  public static Problems into(List<Problem> problems) {
    return new Problems("", problems, Set.of(), _ -> 0);
  }

  /** At a key below. */
  public Problems in(String key) {
    return new Problems(Place.join(path, key), problems, faulty, lines);
  }

  /** Whether a key below could not be read, so that its value means nothing. */
  public boolean isFaulty(String key) {
    return faulty.contains(Place.join(path, key));
  }

  /** Notes a problem with this key. */
  public void add(@Nullable String value, String what, String remedy) {
    if (!faulty.contains(path)) {
      problems.add(new Problem(path, value, lines.applyAsInt(path), what, remedy));
    }
  }

  /** Notes a problem with a key below. */
  public void add(String key, @Nullable String value, String what, String remedy) {
    in(key).add(value, what, remedy);
  }
}
