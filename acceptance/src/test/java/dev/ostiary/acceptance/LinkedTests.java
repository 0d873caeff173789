package dev.ostiary.acceptance;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The test classes that name each requirement, read from what the compiler left behind. */
record LinkedTests(Map<String, Set<String>> byId) {
  private static final String ANNOTATION = Requirement.class.descriptorString();

  static LinkedTests none() {
    return new LinkedTests(Map.of());
  }

  /** All tests of all modules; the contract suites of testkit are main code there. */
  static LinkedTests read(Path root) throws IOException {
    Map<String, Set<String>> byId = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        scan(module.resolve("target/test-classes"), byId);
      }
    }
    scan(root.resolve("testkit/target/classes"), byId);
    return new LinkedTests(byId);
  }

  Set<String> of(String id) {
    return byId.getOrDefault(id, Set.of());
  }

  private static void scan(Path folder, Map<String, Set<String>> byId) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        collect(type, name(type), byId);
        for (MethodModel method : type.methods()) {
          collect(method, name(type), byId);
        }
      }
    }
  }

  private static void collect(
      AttributedElement element, String test, Map<String, Set<String>> byId) {
    element
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .ifPresent(
            attribute ->
                attribute.annotations().stream()
                    .filter(annotation -> annotation.className().equalsString(ANNOTATION))
                    .flatMap(annotation -> ids(annotation).stream())
                    .forEach(id -> byId.computeIfAbsent(id, _ -> new TreeSet<>()).add(test)));
  }

  private static List<String> ids(Annotation annotation) {
    return annotation.elements().stream()
        .flatMap(
            element ->
                switch (element.value()) {
                  case AnnotationValue.OfArray array -> array.values().stream();
                  case AnnotationValue value -> Stream.of(value);
                })
        .map(value -> ((AnnotationValue.OfString) value).stringValue())
        .toList();
  }

  /** The simple name of the outermost class. */
  private static String name(ClassModel type) {
    String name = type.thisClass().asInternalName();
    String simple = name.substring(name.lastIndexOf('/') + 1);
    int nested = simple.indexOf('$');
    return nested < 0 ? simple : simple.substring(0, nested);
  }
}
