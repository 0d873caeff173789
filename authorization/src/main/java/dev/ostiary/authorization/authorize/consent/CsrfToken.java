package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * Ties a form to the browser it was made for (RFC 6749 §10.12): a cookie that only this form has,
 * and a field that follows from it but does not tell it. Another site can send neither; one that
 * could read the page still could not make the field of another.
 */
final class CsrfToken {
  private final CookieFamily cookies;
  private final DerivedKey key;
  private final SecretSource secrets = new SecretSource();

  CsrfToken(CookieFamily cookies, DerivedKey key) {
    this.cookies = cookies;
    this.key = key;
  }

  /** A new form's identity. */
  record Form(String id, String cookie) {}

  Form begin(Instant now) {
    return new Form(secrets.id(), cookies.newValue(now));
  }

  /** The value of the form's field. */
  String field(Form form) {
    return form.id() + "." + key.of(form.cookie());
  }

  /** The reply that shows the form. */
  Reply set(Reply reply, Request request, Form form) {
    return cookies.add(reply, request, form.id(), form.cookie());
  }

  /** The form that a field belongs to, if this browser has its cookie. */
  Optional<Form> check(Request request, String field) {
    int dot = field.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String id = field.substring(0, dot);
    return cookies
        .find(request, id)
        .map(cookie -> new Form(id, cookie))
        .filter(form -> same(field(form), field));
  }

  private static boolean same(String expected, String presented) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }
}
