package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The drawing of modules and packages in {@code docs/explanation/architecture.md} is what the code
 * has. To write it anew: {@code mvn -pl acceptance -am test -Ddocs=write}.
 */
final class ArchitecturePageTest {
  private static final String BASE = "dev.ostiary.";
  private static final Path PAGE = SourceTree.root().resolve("docs/explanation/architecture.md");
  private static final String BEGIN = "<!-- generated from the code -->\n";

  private static final Pattern SENTENCE =
      Pattern.compile("/\\*\\*(.*?)\\*/.*?package ([\\w.]+);", Pattern.DOTALL);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ostiary");

  @Test
  void drawsTheModulesAndPackagesThatThereAre() throws IOException {
    String page = Files.readString(PAGE, UTF_8);
    String handWritten = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String expected = handWritten + drawing();
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(PAGE, expected, UTF_8);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  private static String drawing() throws IOException {
    Map<String, Path> sources = sources();
    SortedMap<String, Set<String>> modules = graph(type -> moduleOf(type, sources));
    StringBuilder text = new StringBuilder("\n" + diagram(modules, name -> name));
    for (String module : modules.keySet()) {
      SortedMap<String, Set<String>> packages =
          graph(type -> moduleOf(type, sources).equals(module) ? type.getPackageName() : "");
      text.append("\n### ").append(module).append("\n\n");
      packages
          .keySet()
          .forEach(
              name ->
                  text.append(
                      "- `%s`: %s%n".formatted(name, sentence(requireNonNull(sources.get(name))))));
      if (packages.size() > 1) {
        String root = packages.firstKey();
        text.append('\n')
            .append(
                diagram(
                    packages,
                    name -> name.equals(root) ? module : name.substring(root.length() + 1)));
      }
    }
    return text.toString();
  }

  /** Who depends on whom; what a name is empty for is left out. */
  private static SortedMap<String, Set<String>> graph(Function<JavaClass, String> nameOf) {
    SortedMap<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String from = nameOf.apply(type);
      if (from.isEmpty()) {
        continue;
      }
      Set<String> to = graph.computeIfAbsent(from, _ -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String name = target.getPackageName().startsWith("dev.ostiary") ? nameOf.apply(target) : "";
        if (!name.isEmpty() && !name.equals(from)) {
          to.add(name);
        }
      }
    }
    return graph;
  }

  /** Arrows from those that depend to those that they depend on, without those that follow. */
  private static String diagram(
      SortedMap<String, Set<String>> graph, UnaryOperator<String> labelOf) {
    StringBuilder text = new StringBuilder("```mermaid\ngraph TD\n");
    graph.forEach(
        (from, all) -> {
          Set<String> direct = new TreeSet<>(all);
          all.forEach(each -> direct.removeAll(reachable(graph, each)));
          if (direct.isEmpty()) {
            text.append("  ").append(node(labelOf.apply(from))).append('\n');
          }
          direct.forEach(
              to ->
                  text.append(
                      "  %s --> %s%n"
                          .formatted(node(labelOf.apply(from)), node(labelOf.apply(to)))));
        });
    return text.append("```\n").toString();
  }

  /** An id that is no word of Mermaid's, as {@code call} is, and the label. */
  private static String node(String label) {
    return "_%s[\"%s\"]".formatted(label.replaceAll("[^a-z0-9]", "_"), label);
  }

  private static Set<String> reachable(Map<String, Set<String>> graph, String from) {
    Set<String> found = new TreeSet<>();
    for (String to : graph.getOrDefault(from, Set.of())) {
      found.add(to);
      found.addAll(reachable(graph, to));
    }
    return found;
  }

  private static String moduleOf(JavaClass type, Map<String, Path> sources) {
    Path file = sources.get(type.getPackageName());
    return file == null ? "" : SourceTree.root().relativize(file).getName(0).toString();
  }

  /** The {@code package-info.java} of every package of main code. */
  private static Map<String, Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SourceTree.root())) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .filter(file -> file.toString().contains("/src/main/java/dev/ostiary/"))
          .collect(
              Collectors.toMap(
                  file ->
                      BASE
                          + file.toString()
                              .replaceFirst(".*/src/main/java/dev/ostiary/", "")
                              .replace("/package-info.java", "")
                              .replace('/', '.'),
                  file -> file));
    }
  }

  /** The first sentence of a package's description. */
  private static String sentence(Path packageInfo) {
    try {
      Matcher found = SENTENCE.matcher(Files.readString(packageInfo, UTF_8));
      assertThat(found.find()).as("a description in %s", packageInfo).isTrue();
      String text =
          found
              .group(1)
              .replaceAll("\\s*\\n\\s*\\*?\\s*", " ")
              .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
              .strip();
      return text.split("(?<=\\.)\\s", 2)[0];
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
