package dev.ostiary.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The register of requirements: every entry, and the file it stands in. */
record Register(List<Located> entries) {
  private static final List<String> FILES =
      List.of("mcp-authorization.yaml", "mcp-transport.yaml", "oauth.yaml", "github.yaml");

  /** How many requirements each specification's digest has; none may go missing. */
  private static final Map<String, Integer> COUNTS = Map.of("A", 83, "T", 65, "R", 54, "G", 14);

  Register {
    entries = List.copyOf(entries);
  }

  /** An entry and the file it stands in. */
  record Located(RegisterEntry entry, String file) {}

  static Register read(Path root) {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    List<Located> entries = new ArrayList<>();
    for (String file : FILES) {
      Path path = root.resolve("requirements").resolve(file);
      Arrays.stream(yaml.readValue(path, RegisterEntry[].class))
          .map(entry -> new Located(entry, "requirements/" + file))
          .forEach(entries::add);
    }
    return new Register(entries);
  }

  /** What is wrong between the register and the tests, each with its remedy. */
  List<String> complaints(LinkedTests tests) {
    List<String> complaints = new ArrayList<>();
    Map<String, Located> known = new TreeMap<>();
    for (Located located : entries) {
      if (known.putIfAbsent(located.entry().id(), located) != null) {
        complaints.add(complaint(located, "stands in the register twice; remove one"));
      }
      complaints.addAll(complaints(located, tests.of(located.entry().id())));
    }
    tests
        .byId()
        .forEach(
            (id, names) -> {
              if (!known.containsKey(id)) {
                complaints.add(
                    id + " (" + names + "): unknown; correct the id or add it to the register");
              }
            });
    missing(known.keySet()).forEach(id -> complaints.add(id + ": missing; add it again"));
    return complaints;
  }

  private static List<String> complaints(Located located, Set<String> tests) {
    RegisterEntry entry = located.entry();
    List<String> complaints = new ArrayList<>();
    switch (entry.status()) {
      case IMPLEMENTED -> {
        if (tests.isEmpty()) {
          complaints.add(
              complaint(
                  located,
                  "is implemented, but no test names it; write one with @Requirement(\"%s\") or set"
                          .formatted(entry.id())
                      + " the status to not-yet"));
        }
      }
      case NOT_YET -> {
        if (!tests.isEmpty()) {
          complaints.add(
              complaint(located, "is not-yet, but %s shows it; say implemented".formatted(tests)));
        }
      }
      case NOT_APPLICABLE -> {
        if (entry.reason() == null || entry.reason().isBlank()) {
          complaints.add(complaint(located, "is not-applicable without a reason; give one"));
        }
      }
    }
    return complaints;
  }

  private static String complaint(Located located, String text) {
    return located.entry().id() + " (" + located.file() + "): " + text;
  }

  private static Set<String> missing(Set<String> known) {
    Set<String> missing = new TreeSet<>();
    COUNTS.forEach(
        (prefix, count) -> {
          for (int number = 1; number <= count; number++) {
            missing.add(prefix + "-" + number);
          }
        });
    missing.removeAll(known);
    return Collections.unmodifiableSet(missing);
  }
}
