package dev.ostiary.checker.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code WWW-Authenticate} field, read leniently so that what is wrong with it can be said.
 *
 * @param scheme in lower case
 * @param problems what breaks the syntax of RFC 9110 §11.6.1 and RFC 6750 §3
 */
public record ChallengeField(String scheme, Map<String, String> parameters, List<String> problems) {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G\\s*,?\\s*([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?>[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))\\s*");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*");

  public static ChallengeField parse(String field) {
    String[] parts = field.strip().split("\\s+", 2);
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    String rest = parts.length == 2 ? parts[1] : "";
    Matcher matcher = PARAMETER.matcher(rest);
    int end = 0;
    while (matcher.find()) {
      end = matcher.end();
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      if (matcher.group(2) == null && !TOKEN.matcher(value).matches()) {
        problems.add(name + " has to be quoted");
      }
      if (!VALUE.matcher(value).matches()) {
        problems.add(name + " has a character that it may not have");
      }
      if (parameters.putIfAbsent(name, value) != null) {
        problems.add(name + " stands there twice");
      }
    }
    if (end < rest.length()) {
      problems.add("what follows cannot be read: " + rest.substring(end));
    }
    return new ChallengeField(parts[0].toLowerCase(Locale.ROOT), parameters, problems);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
