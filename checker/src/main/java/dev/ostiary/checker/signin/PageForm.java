package dev.ostiary.checker.signin;

import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * A form of a page with the values that the page gives its fields, and its approving button.
 *
 * @param action where it is sent; empty for the page's own address
 */
public record PageForm(String action, boolean post, Form fields) {
  private static final Pattern YES =
      Pattern.compile(
          "(?i)\\b(approve|allow|accept|authori[sz]e|agree|consent|continue|yes|sign in|log"
              + " in|login|submit)");
  private static final Pattern NO =
      Pattern.compile("(?i)\\b(deny|cancel|reject|refuse|decline|no|switch|another|not)\\b");

  /** The first form that has an approving button, else the first form; null if there is none. */
  public static @Nullable PageForm approving(Answer page) {
    List<FormElement> forms = Jsoup.parse(page.text()).forms();
    for (FormElement form : forms) {
      Element button = button(form);
      if (button != null) {
        return read(form, button);
      }
    }
    return forms.isEmpty() ? null : read(forms.getFirst(), null);
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

  /** What a browser would send when this button is pressed and all that is required is checked. */
  private static PageForm read(FormElement form, @Nullable Element button) {
    form.elements().select("[type=checkbox][required], [type=radio][required]").attr("checked", "");
    form.elements().select("[type=submit], [type=reset]").attr("disabled", "");
    Form fields = Form.of();
    for (Connection.KeyVal field : form.formData()) {
      fields = fields.and(field.key(), field.value());
    }
    if (button != null && button.hasAttr("name")) {
      fields = fields.and(button.attr("name"), button.attr("value"));
    }
    return new PageForm(form.attr("action"), form.attr("method").equalsIgnoreCase("post"), fields);
  }

  private static @Nullable Element button(FormElement form) {
    List<Element> buttons =
        form.elements().stream()
            .filter(each -> each.is("[type=submit], button:not([type])"))
            .toList();
    return buttons.stream()
        .filter(each -> YES.matcher(words(each)).find() && !NO.matcher(words(each)).find())
        .findFirst()
        .orElse(buttons.size() == 1 ? buttons.getFirst() : null);
  }

  private static String words(Element button) {
    return String.join(" ", button.text(), button.attr("value"), button.attr("name"));
  }
}
