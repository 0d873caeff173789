package dev.ostiary.acceptance;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How main code is divided: packages in a row, none of them crowded, short parameter lists. */
final class PackagesTest {
  private static final int MOST_FILES = 35;
  private static final int MOST_PARAMETERS = 9;

  private static final Pattern PROVIDER =
      Pattern.compile(
          "^(?!import ).*(github|gitlab|google|\\bentra\\b|okta|auth0|keycloak|workos).*$",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ostiary");

  @Test
  void noPackageDependsOnOneThatDependsOnIt() {
    slices().matching("dev.ostiary.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aPackageHoldsAtMost35Files() throws IOException {
    Map<Path, Long> sizes =
        sources(SourceTree.root(), "java").stream()
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

    assertThat(sizes).isNotEmpty();
    assertThat(sizes).allSatisfy((_, size) -> assertThat(size).isLessThanOrEqualTo(MOST_FILES));
  }

  /** A record of the configuration may be wider than any other list: its parts are named. */
  @Test
  void aMethodOrConstructorTakesAtMost9Parameters() {
    List<String> tooMany =
        CLASSES.stream()
            .filter(type -> type.getSource().isPresent())
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> parameters(unit) > MOST_PARAMETERS)
            .filter(unit -> !isOfRecord(unit))
            .map(JavaCodeUnit::getFullName)
            .toList();

    assertThat(tooMany).isEmpty();
  }

  /** Providers are known to their connectors, and to the program that ships them. */
  @ParameterizedTest
  @ValueSource(strings = {"authorization", "gateway", "embed"})
  void namesNoProvider(String module) throws IOException {
    List<Path> files = sources(SourceTree.root().resolve(module), "java|jte|properties");

    assertThat(files).isNotEmpty();
    assertThat(files.stream().flatMap(PackagesTest::providers)).isEmpty();
  }

  private static Stream<String> providers(Path file) {
    try {
      return PROVIDER
          .matcher(Files.readString(file, StandardCharsets.UTF_8))
          .results()
          .map(found -> file.getFileName() + ": " + found.group());
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** The compiler adds two to the constructor of an enum. */
  private static int parameters(JavaCodeUnit unit) {
    boolean ofEnum = unit instanceof JavaConstructor && unit.getOwner().isEnum();
    return unit.getRawParameterTypes().size() - (ofEnum ? 2 : 0);
  }

  private static boolean isOfRecord(JavaCodeUnit unit) {
    return unit instanceof JavaConstructor && unit.getOwner().isRecord();
  }

  private static List<Path> sources(Path folder, String endings) throws IOException {
    Pattern main = Pattern.compile(".*/src/main/.*\\.(" + endings + ")");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> main.matcher(file.toString()).matches())
          .toList();
    }
  }
}
