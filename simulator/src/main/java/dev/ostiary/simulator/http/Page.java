package dev.ostiary.simulator.http;

import dev.ostiary.http.Reply;
import java.util.Locale;

/**
 * The frame of every page: title, the notice that this is a simulation, the one style sheet. No
 * script, nothing from elsewhere.
 */
public final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light}
      *{box-sizing:border-box}
      body{margin:0;background:#f6f8fa;color:#1f2328;font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      .notice{margin:0;padding:.6rem 1rem;background:#fff8c5;border-bottom:1px solid #d4a72c;text-align:center;font-size:.875rem}
      main{width:100%;max-width:29rem;margin:0 auto;padding:2rem 1rem 3rem}
      h1{margin:0 0 1.25rem;font-size:1.5rem;font-weight:400;line-height:1.3;text-align:center;overflow-wrap:anywhere}
      h1 b{font-weight:600}
      .card{padding:1.25rem;background:#fff;border:1px solid #d1d9e0;border-radius:.5rem}
      .card+.card{margin-top:1rem}
      p{margin:0 0 1rem}
      .quiet{color:#59636e;font-size:.875rem}
      .card>:last-child{margin-bottom:0}
      ul{list-style:none;margin:0 0 1rem;padding:0}
      li+li{margin-top:.6rem}
      .person,.scope{display:flex;gap:.75rem;align-items:center}
      .scope{align-items:flex-start}
      .person{margin-bottom:1rem}
      .face{flex:none;display:grid;place-items:center;width:2.5rem;height:2.5rem;border-radius:50%;background:#ddf4ff;color:#0550ae;font-weight:600}
      .scope input{flex:none;width:1.125rem;height:1.125rem;margin:.2rem 0 0;accent-color:#1a7f37}
      .scope b,.person b{display:block;font-weight:600}
      .scope span span,.person span span{display:block;color:#59636e;font-size:.875rem}
      button{display:flex;gap:.75rem;align-items:center;width:100%;padding:.6rem .9rem;border:1px solid #d1d9e0;border-radius:.375rem;background:#f6f8fa;color:#1f2328;font:inherit;text-align:left;cursor:pointer}
      button:hover{background:#eaeef2}
      button.go{background:#1a7f37;border-color:#1a7f37;color:#fff;font-weight:600}
      button.go:hover{background:#116329}
      button.go .face{background:#fff}
      .choice{display:flex;gap:.75rem;margin:0}
      .choice button{justify-content:center;text-align:center}
      :focus-visible{outline:3px solid #0969da;outline-offset:2px}
      a{color:#0969da}
      dl{margin:0 0 1rem;font-size:.875rem}
      dt{color:#59636e}
      dd{margin:0 0 .5rem;overflow-wrap:anywhere}
      """;
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Sha256.base64(STYLE)
          + "'; base-uri 'none'; frame-ancestors 'none'";

  private static final String GITHUB = "Simulated GitHub";
  private static final String PROVIDER = "Simulated identity provider";

  private Page() {}

  /** A whole page of the simulated GitHub. */
  public static Reply show(int status, String title, Html content) {
    return show(
        status,
        title,
        GITHUB,
        "For demonstrations only: not github.com, and nothing you do here reaches it.",
        content);
  }

  /** A whole page of the simulated OpenID provider. */
  public static Reply showAtProvider(int status, String title, Html content) {
    return show(
        status, title, PROVIDER, "For demonstrations only: there are no real accounts.", content);
  }

  /**
   * A whole page. Its policy leaves {@code form-action} out: browsers hold the whole chain of
   * redirects after a form against it, and the chain ends at the application.
   */
  private static Reply show(int status, String title, String place, String notice, Html content) {
    Html page =
        Html.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{} · {}</title>
            <style>{}</style>
            </head>
            <body>
            <p class="notice" role="note"><b>{}.</b> {}</p>
            <main>
            {}
            </main>
            </body>
            </html>
            """,
            title,
            place.substring(0, 1).toLowerCase(Locale.ROOT) + place.substring(1),
            new Html(STYLE),
            place,
            notice,
            content);
    return Reply.html(status, page.markup())
        .with("Content-Security-Policy", POLICY)
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .noStore();
  }

  /** A page that only says something. */
  public static Reply message(int status, String title, String text) {
    return show(
        status, title, Html.of("<h1>{}</h1>\n<div class=\"card\"><p>{}</p></div>", title, text));
  }

  /** Another address to go on with. */
  public static Reply found(String location) {
    return Reply.of(302).with("Location", location).noStore();
  }
}
