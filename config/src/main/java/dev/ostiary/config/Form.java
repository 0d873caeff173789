package dev.ostiary.config;

import dev.ostiary.mcp.Scalar;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a value of one word is written.
 *
 * @param kind for the reference page
 * @param parse throws {@link IllegalArgumentException} whose message is the predicate of a sentence
 * @param format the inverse, for the reference page and for problems
 * @param remedy a sentence for those who wrote it otherwise
 * @param secret whether a text as it is written may be a secret, which is not shown then
 * @param readsFiles whether a value may stand in a file of its own
 * @param placeholders names in braces after a dollar sign that are left as they are, because they
 *     are no variables of Ostiary's own environment
 */
public record Form<T>(
    String kind,
    Function<String, T> parse,
    Function<T, String> format,
    String remedy,
    Predicate<String> secret,
    boolean readsFiles,
    List<String> placeholders)
    implements Shape<T> {
  public static final Form<String> TEXT = of("text", Form::notBlank, text -> text, "Fill it in.");

  public static final Form<Secret> SECRET =
      new Form<>(
          "secret",
          text -> new Secret(notBlank(text)),
          Secret::toString,
          "Take it from a variable, \"${NAME}\", or from a file, \"file:/run/secrets/name\".",
          _ -> true,
          true,
          List.of());

  public static final Form<URI> ADDRESS =
      of("URL", Form::uri, URI::toString, "Write it as https://github.example.com.");

  public static final Form<Path> DIRECTORY =
      of("directory", Form::path, Path::toString, "Write the path of a directory.");

  public static final Form<Integer> SIZE =
      of("size", Size::parse, Size::format, "Write 512 KiB or 4 MiB.");

  public static final Form<Integer> NUMBER =
      of("number", Form::number, number -> number.toString(), "Write a whole number.");

  public static final Form<Duration> TIME =
      of("duration", TimeSpan::parse, TimeSpan::format, "Write 30s, 10m, 12h or 90d.");

  public static final Form<Boolean> SWITCH = choice(List.of(true, false), word -> word.toString());

  public Form {
    placeholders = List.copyOf(placeholders);
  }

  /** A form without secrets. */
  public Form(
      String kind,
      Function<String, T> parse,
      Function<T, String> format,
      String remedy,
      boolean readsFiles,
      List<String> placeholders) {
    this(kind, parse, format, remedy, _ -> false, readsFiles, placeholders);
  }

  /** A form whose values are secret if they are written in some way. */
  public static <T> Form<T> hiding(
      String kind,
      Function<String, T> parse,
      Function<T, String> format,
      String remedy,
      Predicate<String> secret) {
    return new Form<>(kind, parse, format, remedy, secret, false, List.of());
  }

  /** A form without placeholders. */
  public Form(
      String kind,
      Function<String, T> parse,
      Function<T, String> format,
      String remedy,
      boolean readsFiles) {
    this(kind, parse, format, remedy, readsFiles, List.of());
  }

  /** A form whose values stand in the configuration itself. */
  public static <T> Form<T> of(
      String kind, Function<String, T> parse, Function<T, String> format, String remedy) {
    return new Form<>(kind, parse, format, remedy, false);
  }

  /** One of several words. */
  public static <T> Form<T> choice(List<T> values, Function<T, String> word) {
    List<String> words = values.stream().map(word).toList();
    String spoken = String.join(" or ", words);
    return of(
        "`" + String.join("` or `", words) + "`",
        text -> {
          int chosen = words.indexOf(text);
          if (chosen < 0) {
            throw new IllegalArgumentException("must be " + spoken);
          }
          return values.get(chosen);
        },
        word,
        "Write " + spoken + ", in just these letters.");
  }

  /** One of the constants of an enumeration, in lower case. */
  public static <E extends Enum<E>> Form<E> choice(Class<E> type) {
    return choice(
        Arrays.asList(type.getEnumConstants()),
        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Whether a value that is written so must not be shown. */
  boolean isSecret(String text) {
    return secret.test(text);
  }

  /** A check of a key: its value lies between two others, or is one of them. */
  public static <C extends Comparable<? super C>> BiConsumer<C, Problems> between(
      Form<C> form, C least, C most, String remedy) {
    return (value, problems) -> {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        problems.add(
            form.format.apply(value),
            "must be between " + form.format.apply(least) + " and " + form.format.apply(most),
            remedy);
      }
    };
  }

  @Override
  public Optional<T> read(Node node, Place place, @Nullable T usual) {
    return switch (node) {
      case Node.Value(String text, _, _) -> parse(text, place);
      case Node.Nothing _ -> wrong(place, null, "has no value");
      case Node.Items _ -> wrong(place, null, "must be one value, not a list");
      case Node.Table _ -> wrong(place, null, "must be a value, not more keys");
    };
  }

  private Optional<T> parse(String text, Place place) {
    return place
        .reading()
        .expand(this, text, place)
        .flatMap(
            expanded -> {
              try {
                return Optional.of(parse.apply(expanded));
              } catch (IllegalArgumentException refused) {
                return wrong(place, text, String.valueOf(refused.getMessage()));
              }
            });
  }

  private Optional<T> wrong(Place place, @Nullable String value, String what) {
    place.wrong(value == null || isSecret(value) ? null : value, what, remedy);
    return Optional.empty();
  }

  @Override
  public Stream<Entry> entries(String path, Key<T> key, @Nullable T usual) {
    String text = usual == null ? "" : format.apply(usual);
    return Stream.of(key.entry(path, kind, text.isEmpty() ? "none" : "`" + text + "`"));
  }

  static Node text(String text, int line) {
    return new Node.Value(text, new Scalar.Text(text), line);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return Integer.parseInt(text);
  }

  /** The text, which is not blank. */
  public static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  private static Path path(String text) {
    notBlank(text);
    try {
      return Path.of(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must be a path", malformed);
    }
  }

  /** An address of whatever scheme. */
  public static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("must be a URL", malformed);
    }
  }
}
