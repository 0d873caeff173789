package dev.ostiary.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrows between the modules, and the few things that only some of them may do. */
final class ArchitectureTest {
  /** A module: its package, and the modules it stands on. */
  enum Module {
    HTTP("dev.ostiary.http"),
    PROTOCOL("dev.ostiary.protocol"),
    MCP("dev.ostiary.mcp"),
    CONFIG("dev.ostiary.config"),
    AUTHORIZATION("dev.ostiary.authorization"),
    GATEWAY("dev.ostiary.gateway"),
    CONNECTOR("dev.ostiary.connector"),
    CONNECTOR_GITHUB("dev.ostiary.connector.github"),
    STORE_JDBC("dev.ostiary.store.jdbc"),
    HTTP_NETTY("dev.ostiary.http.netty"),
    EMBED("dev.ostiary.embed"),
    SIMULATOR("dev.ostiary.simulator"),
    CHECKER("dev.ostiary.checker"),
    SERVER("dev.ostiary.server");

    private final String base;

    Module(String base) {
      this.base = base;
    }

    private Set<Module> dependencies() {
      return switch (this) {
        case HTTP, PROTOCOL, MCP -> Set.of();
        case CONFIG -> Set.of(PROTOCOL, MCP);
        case AUTHORIZATION -> Set.of(PROTOCOL, HTTP);
        case GATEWAY -> Set.of(PROTOCOL, MCP, HTTP, CONFIG);
        case CHECKER -> Set.of(PROTOCOL, MCP, HTTP);
        case CONNECTOR -> Set.of(AUTHORIZATION, GATEWAY);
        case CONNECTOR_GITHUB -> Set.of(CONNECTOR, MCP);
        case STORE_JDBC -> Set.of(AUTHORIZATION);
        case EMBED -> Set.of(AUTHORIZATION, GATEWAY, CONNECTOR_GITHUB, STORE_JDBC, HTTP_NETTY);
        case HTTP_NETTY, SIMULATOR -> Set.of(HTTP);
        case SERVER -> Set.of(EMBED, HTTP_NETTY, CHECKER, SIMULATOR);
      };
    }

    /** Itself and everything below. */
    private Set<Module> reachable() {
      EnumSet<Module> reachable = EnumSet.of(this);
      dependencies().forEach(module -> reachable.addAll(module.reachable()));
      return reachable;
    }

    Set<Module> forbidden() {
      EnumSet<Module> forbidden = EnumSet.allOf(Module.class);
      forbidden.removeAll(reachable());
      return forbidden;
    }

    /** Whether a class is this module's; {@code http.netty} is no part of {@code http}. */
    boolean owns(JavaClass type) {
      return within(type, base)
          && !(this == HTTP && within(type, HTTP_NETTY.base))
          && !(this == CONNECTOR && within(type, CONNECTOR_GITHUB.base));
    }

    private static boolean within(JavaClass type, String base) {
      return type.getPackageName().equals(base) || type.getPackageName().startsWith(base + ".");
    }
  }

  /** What opens files; a {@code Path} alone is only a name. */
  private static final String FILES =
      "java\\.io\\.(File.*|RandomAccessFile)|java\\.nio\\.file\\.(?!Path$).*";

  private static final Pattern TIME_OF_DAY =
      Pattern.compile(
          "java\\.time\\.(\\w+\\.now|Clock\\.(system|tick).*|InstantSource\\.system)"
              + "|java\\.lang\\.System\\.currentTimeMillis|java\\.util\\.Date\\.<init>");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ostiary");

  @ParameterizedTest
  @EnumSource
  void dependsOnlyOnTheModulesBelow(Module module) {
    noClasses()
        .that(areIn(EnumSet.of(module)))
        .should()
        .dependOnClassesThat(areIn(module.forbidden()))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void protocolAndMcpDoNoInputOrOutput() {
    noClasses()
        .that(areIn(EnumSet.of(Module.PROTOCOL, Module.MCP)))
        .should()
        .dependOnClassesThat(
            nameMatching(FILES)
                .or(
                    nameMatching(
                        "java\\.net\\.(http\\..*|URL|.*Socket.*|.*URLConnection)"
                            + "|java\\.nio\\.channels\\..*")))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyWiringAsksForTheTimeOfDay() {
    noClasses()
        .that(areIn(EnumSet.complementOf(EnumSet.of(Module.EMBED, Module.SERVER))))
        .should()
        .accessTargetWhere(asksForTheTimeOfDay())
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheStoreAndTheProgramTouchFiles() {
    noClasses()
        .that(areIn(EnumSet.complementOf(EnumSet.of(Module.STORE_JDBC, Module.SERVER))))
        .should()
        .dependOnClassesThat(nameMatching(FILES))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheBindingSeesNetty() {
    noClasses()
        .that(areIn(EnumSet.complementOf(EnumSet.of(Module.HTTP_NETTY))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void chanceComesFromASecureSource() {
    noClasses()
        .should()
        .dependOnClassesThat(nameMatching("java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)"))
        .orShould()
        .callMethod(Math.class, "random")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** The names of requests need to differ, not to be secret. */
  @Test
  void onlyTheNamesOfRequestsMayBeGuessed() {
    noClasses()
        .that(areIn(EnumSet.complementOf(EnumSet.of(Module.HTTP_NETTY))))
        .should()
        .dependOnClassesThat(nameMatching("java\\.util\\.SplittableRandom"))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void readsTheClassFilesOfThisBuild() {
    JavaClasses self = new ClassFileImporter().importClasses(Clocked.class);

    assertThat(CLASSES.size()).isPositive();
    ArchRule rule = noClasses().should().accessTargetWhere(asksForTheTimeOfDay());
    assertThatThrownBy(() -> rule.check(self)).hasMessageContaining("Instant.now()");
  }

  private static DescribedPredicate<JavaClass> areIn(Set<Module> modules) {
    return describe(
        "are in " + modules, type -> modules.stream().anyMatch(module -> module.owns(type)));
  }

  private static DescribedPredicate<JavaAccess<?>> asksForTheTimeOfDay() {
    return describe(
        "asks for the time of day",
        access -> {
          String target = access.getTargetOwner().getName() + "." + access.getName();
          return TIME_OF_DAY.matcher(target).matches();
        });
  }

  /** What the rule about time must find. */
  static final class Clocked {
    java.time.Instant time() {
      return java.time.Instant.now();
    }
  }
}
