package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.RedirectUri;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every page of a sign-in, as a reply. The templates are in {@code src/main/jte} and become classes
 * before compilation, so that a page that lacks a value does not compile.
 */
public final class Pages {
  private final Issuer issuer;
  private final Stylesheet stylesheet;
  private final Frame frame;
  private final String consentPath;

  private Pages(Issuer issuer, PageSettings settings) {
    this.issuer = issuer;
    this.stylesheet = Stylesheet.load(issuer.path());
    this.frame = new Frame(stylesheet.path(), issuer.uri().getRawAuthority(), settings);
    this.consentPath = issuer.path() + "/consent";
  }

  /** Pages without a contact. */
  public static Pages of(Issuer issuer) {
    return of(issuer, PageSettings.NONE);
  }

  public static Pages of(Issuer issuer, PageSettings settings) {
    return new Pages(issuer, settings);
  }

  /** The one file that the pages load. */
  public Endpoint stylesheet() {
    return stylesheet;
  }

  /** The question whether a client may have what it asks for. */
  public Reply consent(Language language, ConsentPage page) {
    return PageHeaders.form(
        html(
            200,
            (output, tags) ->
                JteconsentGenerated.render(
                    output, tags, language.texts(), frame, consentPath, page)));
  }

  /** The question where the person wants to sign in. */
  public Reply choose(Language language, ChoosePage page) {
    return PageHeaders.form(
        html(
            200,
            (output, tags) ->
                JtechooseGenerated.render(
                    output, tags, language.texts(), frame, consentPath, page)));
  }

  /** Who has signed in with this browser, and the way to end that. */
  public Reply signOut(Language language, SignOutPage page) {
    return PageHeaders.form(
        html(
            200,
            (output, tags) ->
                JtesignoutGenerated.render(output, tags, language.texts(), frame, page)));
  }

  /** The question for the name and password of a user of this server itself. */
  public Reply password(Language language, PasswordPage page) {
    return PageHeaders.form(
        html(
            page.wrong() ? 403 : 200,
            (output, tags) ->
                JtepasswordGenerated.render(output, tags, language.texts(), frame, page)));
  }

  /** What this is, and how to connect an app: for a person who opens it in a browser. */
  public Reply landing(Language language, LandingPage page) {
    return PageHeaders.plain(
        html(
            200,
            (output, tags) ->
                JtelandingGenerated.render(output, tags, language.texts(), frame, page)));
  }

  /**
   * Why it goes no further here.
   *
   * @param reference by which an operator finds it in the log and the audit stream
   */
  public Reply problem(Language language, Problem problem, String reference) {
    Reply page =
        PageHeaders.plain(
            html(
                problem.status(),
                (output, tags) ->
                    JteproblemGenerated.render(
                        output,
                        tags,
                        language.texts(),
                        frame,
                        Explanation.of(problem, language.texts()),
                        reference)));
    return problem.retryAfter() == 0
        ? page
        : page.with("Retry-After", Integer.toString(problem.retryAfter()));
  }

  /**
   * An error that the person takes back to the client, or does not: a redirect on its own would
   * make us an open redirector for any registered client (OAuth 2.1 §7.13.2).
   *
   * @param link the redirect URI with everything the client is told
   * @param told the part of it that people may want to read
   */
  public Reply returnToApp(
      Language language, RedirectUri to, String link, Map<String, String> told) {
    return PageHeaders.plain(
        html(
            400,
            (output, tags) ->
                JtereturningGenerated.render(
                    output,
                    tags,
                    language.texts(),
                    frame,
                    RedirectTarget.of(to).name(),
                    link,
                    told)));
  }

  /**
   * The answer to a program with a scheme of its own: the browser hands it over and stays where it
   * is, so there is something to read. It goes there by itself ({@code Refresh}).
   *
   * @param clientName as the client calls itself, or null
   * @param link the redirect URI with the answer
   */
  public Reply backToProgram(
      Language language, @Nullable String clientName, RedirectUri to, String link) {
    return PageHeaders.plain(
            html(
                200,
                (output, tags) ->
                    JtebackGenerated.render(
                        output,
                        tags,
                        language.texts(),
                        frame,
                        ClientName.shown(clientName),
                        to.value(),
                        link)))
        .with("Refresh", "0;url=" + link);
  }

  /** The user has an account at the upstream, but may not come in here. */
  public Reply notAllowed(Language language, NotAllowedPage page) {
    return PageHeaders.plain(
        html(
            403,
            (output, tags) ->
                JtenotallowedGenerated.render(output, tags, language.texts(), frame, page)));
  }

  /**
   * The upstream does not accept this server, which only its operator can mend.
   *
   * @param remedy what to do, for the operator
   * @param link to the app, with the answer
   * @param reference by which an operator finds it in the log and the audit stream
   */
  public Reply misconfigured(
      Language language,
      String upstreamTitle,
      String remedy,
      RedirectUri to,
      String link,
      String reference) {
    return PageHeaders.plain(
        html(
            500,
            (output, tags) ->
                JtemisconfiguredGenerated.render(
                    output,
                    tags,
                    language.texts(),
                    frame,
                    upstreamTitle,
                    remedy,
                    RedirectTarget.of(to).name(),
                    link,
                    reference)));
  }

  /**
   * The browser came by another name of this machine than the configured one.
   *
   * @param link the same request at the right name; empty if it cannot be repeated
   */
  public Reply wrongHost(Language language, String link) {
    return PageHeaders.plain(
        html(
            400,
            (output, tags) ->
                JtewronghostGenerated.render(
                    output, tags, language.texts(), frame, issuer.value(), link)));
  }

  private static Reply html(int status, BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
    StringOutput text = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(text), new PlainTags());
    return Reply.html(status, text.toString());
  }
}
