package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.document.DocumentRefusal;

/** Japanese, about what goes no further. */
final class JapaneseProblemTexts {
  private JapaneseProblemTexts() {}

  static Explanation explain(Problem problem) {
    return switch (problem) {
      case Problem.ParameterRepeated(String name) ->
          theAppIsWrong("パラメーター「" + name + "」が 2 回以上含まれています（RFC 6749 §3.1）。");
      case Problem.ParametersMalformed _ ->
          theAppIsWrong(
              "パラメーターが UTF-8 の application/x-www-form-urlencoded ではありません（RFC 6749 付録 B）。");
      case Problem.ClientIdMissing _ -> theAppIsWrong("client_id がありません（RFC 6749 §4.1.1）。");
      case Problem.ClientUnknown(String clientId) ->
          new Explanation(
              "このアプリは登録されていません",
              "以前に登録されたまま期限が切れたか、別のサーバーに登録されている可能性があります。アプリで接続をいったん削除し、追加し直してからもう一度お試しください。何も共有されていません。",
              "client_id「" + clientId + "」のクライアントは登録されていません。登録し直してください。");
      case Problem.DocumentUnusable(String clientId, DocumentRefusal refusal) ->
          JapaneseDocumentTexts.explain(clientId, refusal);
      case Problem.ClientChanged _ ->
          new Explanation(
              "その間にアプリが変わりました",
              "あなたが許可した時と説明書の内容が違います。アプリに戻って最初からやり直してください。何も共有されていません。",
              "メタデータ文書の名前、リダイレクト URI、または認証方法が、ユーザーが許可した時と異なります。");
      case Problem.RedirectMissing _ ->
          theAppIsWrong("redirect_uri がありません。省略できるのは、登録した URI が 1 つだけの場合です。");
      case Problem.RedirectUnknown(String redirectUri, var known, var documentHost) ->
          new Explanation(
              "回答の送り先がアプリのものではありません",
              "アプリが登録していないアドレスへの回答が求められました。アプリの誤りか、あなたのアカウントを狙う試みの可能性があるため、ここで中止しました。何も共有されていません。",
              "redirect_uri「"
                  + redirectUri
                  + (documentHost == null
                      ? "」はこのクライアントに登録されていません。登録されているもの: "
                      : "」は " + documentHost + " にあるクライアントの文書にありません。文書にあるもの: ")
                  + (known.isEmpty() ? "なし" : "「" + String.join("」「", known) + "」")
                  + "。1 文字ずつ比較され、違ってよいのはループバックアドレスのポートだけです。");
      case Problem.DocumentsOff(String clientId) ->
          new Explanation(
              "このアプリはここでは使えません",
              "このアプリは提供元のウェブサイトにある文書で説明されていますが、このサーバーはそのような文書を読みません。運営者は文書を読むように設定するか、アプリを追加できます。何も共有されていません。",
              "client_id「"
                  + clientId
                  + "」は URL ですが、このサーバーの metadata-documents.enabled は false"
                  + " で、メタデータにもそう書かれています。クライアントを登録するか、運営者に追加してもらってください。");
      case Problem.StateTooLong(int limit) -> theAppIsWrong("state が " + limit + " 文字を超えています。");
      case Problem.FormForeign(int newest) ->
          new Explanation(
              "このフォームはこのブラウザーのものではありません",
              "安全のため、回答は質問を表示したブラウザーで、新しいものから "
                  + newest
                  + " 件までのページでだけ有効です。また、このサイトの Cookie"
                  + " を許可する必要があります。アプリに戻って最初からやり直してください。何も共有されていません。",
              "フォームの CSRF トークン、Origin、Sec-Fetch-Site のいずれかがないか、一致しません。");
      case Problem.FormExpired _ ->
          new Explanation(
              "時間が経ちすぎました",
              "アプリに戻って最初からやり直してください。何も共有されていません。",
              "同意フォームの期限が切れました。ブラウザーをもう一度認可エンドポイントに送ってください。");
      case Problem.FormIncomplete _ ->
          new Explanation(
              "回答が足りません",
              "前のページに戻り、選択してから送り直してください。何も共有されていません。",
              "フォームには decision（approve または deny）と、選択肢がある場合は resource が必要です。");
      case Problem.CallbackForeign(int newest) ->
          new Explanation(
              "このサインインはここでは続けられません",
              "別のブラウザーで始められたか、すでに終わったか、時間が経ちすぎたか、その後このブラウザーで "
                  + newest
                  + " 件を超えるサインインが始められました。お待ちの場合は、アプリに戻って最初からやり直してください。心当たりがない場合は、このページを閉じてください。何も共有されていません。",
              "コールバックの state が不明、使用済み、期限切れ、またはこのブラウザーに結び付いていません。");
      case Problem.Unavailable _ ->
          new Explanation(
              "現在ご利用いただけません",
              "このサーバーに必要なものが応答していません。しばらく待ってから、アプリに戻って最初からやり直してください。何も共有されていません。",
              "ストレージが応答していません。次に試す時期は Retry-After に示されています。");
      case Problem.TooManyRequests(int retryAfter) ->
          new Explanation(
              "サインインの開始が多すぎます",
              "お使いのネットワークから多くの要求が届いています（あなたが原因とは限りません）。"
                  + retryAfter
                  + " 秒待ってから、アプリに戻って最初からやり直してください。何も共有されていません。",
              "このアドレスからの認可要求が上限を超えました。次に要求できる時期は Retry-After に示されています。");
    };
  }

  private static Explanation theAppIsWrong(String developer) {
    return new Explanation(
        "アプリの要求に答えられません",
        "これはアプリの誤りで、あなたの操作の問題ではありません。アプリに戻ってもう一度お試しください。同じページが表示される場合は、アプリの提供元にお知らせください。何も共有されていません。",
        developer);
  }
}
