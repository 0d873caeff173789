package dev.ostiary.checker.signin;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form of a page, filled in as it came, and the button of it that says yes.
 *
 * @param action where it goes; empty for the page's own address
 */
public record PageForm(String action, boolean post, Form fields) {
  private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
  private static final Pattern CONTROL =
      Pattern.compile("(?is)<(input|button)\\b([^>]*)>(?:([^<]*)</button>)?");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?is)([a-z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
  private static final Pattern YES =
      Pattern.compile(
          "(?i)\\b(approve|allow|accept|authori[sz]e|agree|consent|continue|yes|sign in|log"
              + " in|login|submit)");
  private static final Pattern NO =
      Pattern.compile("(?i)\\b(deny|cancel|reject|refuse|decline|no|switch|another|not)\\b");
  private static final Set<String> PRESSED = Set.of("submit", "image", "button", "reset");

  /** The form to go on with; null if there is none. */
  public static @Nullable PageForm approving(Answer page) {
    Matcher forms = FORM.matcher(upToTheLastForm(page.text()));
    PageForm any = null;
    while (forms.find()) {
      String head = forms.group(1);
      Control button = button(forms.group(2));
      PageForm form = read(head, forms.group(2), button);
      if (button != null) {
        return form;
      }
      any = any == null ? form : any;
    }
    return any;
  }

  /** Without what follows, each start of a form has its end, and a search is over soon. */
  private static String upToTheLastForm(String text) {
    String end = "</form>";
    int last = text.toLowerCase(Locale.ROOT).lastIndexOf(end);
    return last < 0 ? "" : text.substring(0, Math.min(text.length(), last + end.length()));
  }

  /** The same form with these values in the fields that it has of these names. */
  PageForm fill(Map<String, String> values) {
    Form filled = fields;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (filled.has(value.getKey())) {
        filled = filled.replace(value.getKey(), value.getValue());
      }
    }
    return new PageForm(action, post, filled);
  }

  private record Control(String tag, String attributes, String label) {
    String type() {
      String type = attribute(attributes, "type");
      return type == null
          ? tag.equals("button") ? "submit" : "text"
          : type.toLowerCase(Locale.ROOT);
    }

    boolean presses() {
      return PRESSED.contains(type());
    }

    String words() {
      return label + " " + attribute(attributes, "value") + " " + attribute(attributes, "name");
    }
  }

  private static PageForm read(String head, String content, @Nullable Control button) {
    Form fields = Form.of();
    for (Control control : controls(content)) {
      String name = attribute(control.attributes(), "name");
      boolean chosen =
          !Set.of("checkbox", "radio").contains(control.type())
              || attribute(control.attributes(), "checked") != null
              || attribute(control.attributes(), "required") != null;
      if (name != null && !control.presses() && chosen) {
        String value = attribute(control.attributes(), "value");
        fields = fields.and(name, value == null ? "" : value);
      }
    }
    if (button != null) {
      String name = attribute(button.attributes(), "name");
      String value = attribute(button.attributes(), "value");
      fields = name == null ? fields : fields.and(name, value == null ? "" : value);
    }
    String action = attribute(head, "action");
    boolean post = "post".equalsIgnoreCase(attribute(head, "method"));
    return new PageForm(action == null ? "" : action, post, fields);
  }

  private static @Nullable Control button(String content) {
    List<Control> buttons =
        controls(content).stream().filter(control -> control.type().equals("submit")).toList();
    return buttons.stream()
        .filter(button -> YES.matcher(button.words()).find())
        .filter(button -> !NO.matcher(button.words()).find())
        .findFirst()
        .orElse(buttons.size() == 1 ? buttons.getFirst() : null);
  }

  private static List<Control> controls(String content) {
    return CONTROL
        .matcher(content)
        .results()
        .map(
            found ->
                new Control(
                    found.group(1).toLowerCase(Locale.ROOT),
                    found.group(2),
                    found.group(3) == null ? "" : found.group(3).strip()))
        .toList();
  }

  private static @Nullable String attribute(String attributes, String name) {
    Matcher matcher = ATTRIBUTE.matcher(attributes);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        for (int group = 2; group <= 4; group++) {
          if (matcher.group(group) != null) {
            return unescape(matcher.group(group));
          }
        }
        return "";
      }
    }
    return null;
  }

  private static String unescape(String text) {
    return text.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#43;", "+")
        .replace("&#61;", "=")
        .replace("&amp;", "&");
  }
}
