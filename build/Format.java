import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats every Java file of the tree ({@code apply}), or names those that are not ({@code check}).
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Formatter formatter = new Formatter();
    List<Path> wrong = new ArrayList<>();
    for (Path file : javaFiles(Path.of(""))) {
      String before = Files.readString(file);
      String after =
          formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(before));
      if (!after.equals(before)) {
        wrong.add(file);
        if (apply) {
          Files.writeString(file, after);
        }
      }
    }
    if (!wrong.isEmpty() && !apply) {
      wrong.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("Run: mvn -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws Exception {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new java.nio.file.SimpleFileVisitor<>() {
          @Override
          public java.nio.file.FileVisitResult preVisitDirectory(
              Path directory, java.nio.file.attribute.BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(directory.getFileName()))
                ? java.nio.file.FileVisitResult.SKIP_SUBTREE
                : java.nio.file.FileVisitResult.CONTINUE;
          }

          @Override
          public java.nio.file.FileVisitResult visitFile(
              Path file, java.nio.file.attribute.BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return java.nio.file.FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
