package dev.ostiary.authorization.page;

import dev.ostiary.protocol.DisplayName;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client or a user calls itself, made fit to be shown: without characters that hide or turn
 * text around, and at most 60 characters long.
 */
final class ClientName {
  private static final int LONGEST = 60;

  /** Scripts that are written together (UTS #39 §5.2, "highly restrictive"). */
  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(UnicodeScript.LATIN),
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  private ClientName() {}

  /**
   * A run of characters of a name.
   *
   * @param foreign whether its letters are of other scripts than most of the name
   */
  record Part(String text, boolean foreign) {}

  /** The name to show; empty if there is none left. */
  static String shown(@Nullable String name) {
    if (name == null) {
      return "";
    }
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .filter(c -> Character.isWhitespace(c) || !isHidden(c))
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    String shown = clean.toString().strip().replaceAll(" {2,}", " ");
    if (DisplayName.isBlank(shown)) {
      return "";
    }
    return shown.codePointCount(0, shown.length()) <= LONGEST
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…";
  }

  /**
   * A shown name in parts. Letters of scripts that are not written together with those of the rest
   * are apart: a Cyrillic letter among Latin ones can imitate another name.
   */
  static List<Part> parts(String shown) {
    Set<UnicodeScript> main = mainScripts(shown);
    List<Part> parts = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean foreign = false;
    for (int c : shown.codePoints().toArray()) {
      boolean other = isLetter(c) && !main.contains(UnicodeScript.of(c));
      if (other != foreign && !run.isEmpty()) {
        parts.add(new Part(run.toString(), foreign));
        run.setLength(0);
      }
      foreign = other;
      run.appendCodePoint(c);
    }
    if (!run.isEmpty()) {
      parts.add(new Part(run.toString(), foreign));
    }
    return List.copyOf(parts);
  }

  /** Those written together that most letters are of; Latin if others have as many. */
  private static Set<UnicodeScript> mainScripts(String shown) {
    Stream<Set<UnicodeScript>> alone =
        shown
            .codePoints()
            .filter(ClientName::isLetter)
            .mapToObj(UnicodeScript::of)
            .distinct()
            .map(EnumSet::of);
    List<Set<UnicodeScript>> sets = Stream.concat(TOGETHER.stream(), alone).toList().reversed();
    return sets.stream()
        .max(Comparator.comparingLong(scripts -> lettersOf(scripts, shown)))
        .orElseThrow();
  }

  private static long lettersOf(Set<UnicodeScript> scripts, String shown) {
    return shown
        .codePoints()
        .filter(c -> isLetter(c) && scripts.contains(UnicodeScript.of(c)))
        .count();
  }

  /** A letter of one script; others, such as the Japanese long vowel mark, go with any. */
  private static boolean isLetter(int c) {
    UnicodeScript script = UnicodeScript.of(c);
    return Character.isLetter(c)
        && script != UnicodeScript.COMMON
        && script != UnicodeScript.INHERITED;
  }

  private static boolean isHidden(int c) {
    return DisplayName.isDeceptive(c) || Character.getType(c) == Character.PRIVATE_USE;
  }
}
