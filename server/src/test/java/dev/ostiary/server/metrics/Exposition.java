package dev.ostiary.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a scrape says, read as strictly as Prometheus' own linter reads its text format. */
final class Exposition {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

  /** Metrics of one name. */
  record Family(String name, String type, String help, Set<String> labels) {}

  private final Map<String, Family> families = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private Exposition() {}

  static Exposition parse(String text) {
    assertThat(text).endsWith("\n");
    Exposition read = new Exposition();
    @Nullable Family current = null;
    String help = "";
    for (String line : text.split("\n")) {
      Matcher comment = COMMENT.matcher(line);
      if (!line.startsWith("#")) {
        read.sample(line, Objects.requireNonNull(current, "a sample before its TYPE"));
      } else {
        assertThat(comment.matches()).as(line).isTrue();
        if (comment.group(1).equals("HELP")) {
          help = comment.group(3);
        } else {
          current = new Family(comment.group(2), comment.group(3), help, new TreeSet<>());
          assertThat(read.families.put(current.name(), current)).as("twice: %s", line).isNull();
        }
      }
    }
    read.families.values().forEach(read::check);
    return read;
  }

  private void sample(String line, Family family) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    Map<String, String> labels = labels(sample.group(2));
    labels.keySet().stream().filter(label -> !label.equals("le")).forEach(family.labels()::add);
    String name = sample.group(1);
    String suffix = name.substring(family.name().length());
    assertThat(name).startsWith(family.name());
    assertThat(suffix)
        .isIn(
            family.type().equals("histogram")
                ? List.of("_bucket", "_count", "_sum")
                : family.type().equals("summary") ? List.of("_count", "_sum") : List.of(""));
    assertThat(
            samples.put(name + labels, Double.valueOf(sample.group(3).replace("Inf", "Infinity"))))
        .as("twice: %s", line)
        .isNull();
  }

  private static Map<String, String> labels(@Nullable String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      int end = 0;
      while (label.find()) {
        assertThat(label.start()).as(text).isEqualTo(end);
        assertThat(labels.put(label.group(1), label.group(2))).as(text).isNull();
        end = label.end();
      }
      assertThat(end).as(text).isEqualTo(text.length());
    }
    return labels;
  }

  private void check(Family family) {
    assertThat(family.type()).isIn("counter", "gauge", "histogram", "summary");
    assertThat(family.help()).as(family.name()).isNotBlank();
    assertThat(family.name().endsWith("_total"))
        .as(family.name())
        .isEqualTo(family.type().equals("counter"));
    if (family.type().equals("histogram")) {
      checkBuckets(family);
    }
  }

  /** Cumulative, and the last is the count. */
  private void checkBuckets(Family family) {
    Map<String, List<Double>> buckets = new LinkedHashMap<>();
    samples.forEach(
        (series, value) -> {
          if (series.startsWith(family.name() + "_bucket")) {
            String rest = series.replaceFirst("_bucket", "").replaceFirst("le=[^,}]*, ", "");
            buckets.computeIfAbsent(rest, _ -> new ArrayList<>()).add(value);
          }
        });
    assertThat(new HashSet<>(buckets.keySet())).isNotEmpty();
    buckets.forEach(
        (series, values) -> {
          assertThat(values).isSorted();
          assertThat(values.getLast())
              .isEqualTo(samples.get(series.replaceFirst("\\{", "_count{")));
        });
  }

  List<Family> families() {
    return List.copyOf(families.values());
  }

  /** The value of a series, whose labels are sorted: {@code name{a=1, b=2}}. */
  double value(String series) {
    assertThat(samples).containsKey(series);
    return samples.getOrDefault(series, Double.NaN);
  }

  /** Every series that begins like this and is not zero. */
  Map<String, Double> nonZero(String beginning) {
    Map<String, Double> found = new TreeMap<>();
    samples.forEach(
        (series, value) -> {
          if (series.startsWith(beginning) && value != 0) {
            found.put(series, value);
          }
        });
    return found;
  }
}
