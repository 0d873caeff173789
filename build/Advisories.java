import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks OSV (https://osv.dev) whether vulnerabilities are known of the libraries that the program is
 * shipped with: {@code java build/Advisories.java [server/target/lib] [https://api.osv.dev]}. Ends
 * with 1 if there are, with 0 if there are none or nobody could be asked, and says which.
 */
public final class Advisories {
  private static final Pattern VULNERABILITY = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

  private Advisories() {}

  private record Library(String name, String version) {
    String question() {
      return "{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"%s\"},\"version\":\"%s\"}"
          .formatted(name, version);
    }

    @Override
    public String toString() {
      return name + ":" + version;
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "server/target/lib");
    String service = arguments.length > 1 ? arguments[1] : "https://api.osv.dev";
    int found = 0;
    int asked = 0;
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    try {
      for (Library library : libraries(folder)) {
        HttpRequest question =
            HttpRequest.newBuilder(URI.create(service + "/v1/query"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(library.question()))
                .build();
        HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IOException("status " + answer.statusCode());
        }
        asked++;
        Matcher known = VULNERABILITY.matcher(answer.body());
        while (known.find()) {
          System.out.println(library + ": " + known.group(1));
          found++;
        }
      }
    } catch (IOException unreachable) {
      System.out.println(
          "Known vulnerabilities were not asked for: " + service + ": " + unreachable);
      return;
    }
    System.out.println(asked + " libraries, " + found + " known vulnerabilities");
    System.exit(found == 0 ? 0 : 1);
  }

  /** Those that name themselves, as Maven has them do. */
  private static List<Library> libraries(Path folder) throws IOException {
    List<Library> libraries = new ArrayList<>();
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.sorted().toList()) {
        try (JarFile file = new JarFile(jar.toFile())) {
          for (JarEntry entry : file.stream().toList()) {
            if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
              libraries.add(read(file, entry));
            }
          }
        }
      }
    }
    libraries.removeIf(library -> library.name().startsWith("dev.ostiary:"));
    return libraries;
  }

  private static Library read(JarFile file, JarEntry entry) throws IOException {
    Properties properties = new Properties();
    try (InputStream content = file.getInputStream(entry)) {
      properties.load(content);
    }
    return new Library(
        properties.getProperty("groupId") + ":" + properties.getProperty("artifactId"),
        properties.getProperty("version"));
  }
}
