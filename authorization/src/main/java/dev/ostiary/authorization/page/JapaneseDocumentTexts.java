package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.registration.ClientDocument;

/** Japanese, about metadata documents. */
final class JapaneseDocumentTexts {
  private static final String NO_INTERNET =
      "このサーバーがインターネットに接続できない場合は、運営者が metadata-documents.enabled を false にするか、ostiary demo に"
          + " --no-metadata-documents を付けると、アプリは代わりに登録を行います。";

  private JapaneseDocumentTexts() {}

  static Explanation explain(String clientId, DocumentRefusal refusal) {
    String developer = "client_id「" + clientId + "」: " + developer(refusal);
    if (refusal.passing()) {
      return new Explanation(
          "アプリの説明書を今は読み込めません",
          "このアプリの説明書は提供元のウェブサイトにありますが、届きませんでした。少し待ってからアプリに戻り、もう一度お試しください。何も共有されていません。",
          developer);
    }
    if (refusal instanceof DocumentRefusal.DomainNotTrusted) {
      return new Explanation(
          "このアプリはここでは使えません",
          "このサーバーの運営者は、このウェブサイトのアプリを受け入れていません。必要な場合は運営者にお尋ねください。何も共有されていません。",
          developer);
    }
    return new Explanation(
        "アプリの説明書を使えません",
        "このアプリの説明書は提供元のウェブサイトにありますが、誤りがあります。もう一度試しても変わりません。アプリの提供元にお知らせください。何も共有されていません。",
        developer);
  }

  private static String developer(DocumentRefusal refusal) {
    return switch (refusal) {
      case DocumentRefusal.UrlMalformed(ClientIdUrl.Refusal why) -> url(why);
      case DocumentRefusal.DomainNotTrusted() ->
          "このサーバーの metadata-documents.allow と metadata-documents.deny で許可されていないホストです。";
      case DocumentRefusal.NotFetched(FetchRefusal why) -> fetch(why);
      case DocumentRefusal.NotADocument(ClientDocument.Refusal why) -> document(why);
      case DocumentRefusal.NotRegistrable(String problem) -> "文書の内容が登録の規則に合いません: " + problem;
    };
  }

  private static String url(ClientIdUrl.Refusal why) {
    return switch (why) {
      case TOO_LONG -> "URL が長すぎます。";
      case MALFORMED -> "URL ではないか、URL に使えない文字があります。";
      case NOT_HTTPS -> "URL は小文字の https:// で始めてください。";
      case USER_INFORMATION -> "URL にユーザー名やパスワードを含めないでください。";
      case FRAGMENT -> "URL にフラグメントを含めないでください。";
      case HOST -> "URL のホスト名またはポートが正しくありません。";
      case NO_PATH -> "URL には /oauth/client.json のようなパスが必要です。";
      case DOT_SEGMENT -> "URL のパスに . や .. を含めないでください。";
    };
  }

  private static String fetch(FetchRefusal why) {
    return switch (why) {
      case FetchRefusal.UrlNotFetchable() -> "文書を取得できるホストが URL にありません。";
      case FetchRefusal.HostDisguised() -> "ホストが数値です。名前を使ってください。";
      case FetchRefusal.AddressNotPublic() ->
          "ホストに公開されていないアドレス（プライベート、ループバック、リンクローカル、予約済み。RFC 6890）があります。文書は公開インターネットからのみ取得します。";
      case FetchRefusal.NameUnknown() -> "ホスト名のアドレスが見つかりません。" + NO_INTERNET;
      case FetchRefusal.Unreachable() -> "ホストに接続できません。" + NO_INTERNET;
      case FetchRefusal.NoTls() -> "ホストと TLS で接続できません。証明書が信頼されていないか、期限切れか、別の名前のものです。";
      case FetchRefusal.TooLate() -> "文書が時間内に届きませんでした。" + NO_INTERNET;
      case FetchRefusal.Redirected(int status) ->
          "応答がリダイレクト（" + status + "）です。リダイレクトには従いません。文書をこの URL そのもので公開してください。";
      case FetchRefusal.StatusNotOk(int status) -> "応答のステータスは 200 でなければなりませんが、" + status + " です。";
      case FetchRefusal.NotJson() ->
          "応答が JSON ではありません。Content-Type は application/json または application/…+json にしてください。";
      case FetchRefusal.Encoded() -> "求めていないのに応答が圧縮されています。Content-Encoding を付けないでください。";
      case FetchRefusal.TooLarge(int limit) -> "文書が " + limit + " バイトを超えています。";
      case FetchRefusal.BrokenOff() -> "接続が途中で切れたか、応答が HTTP ではありません。";
      case FetchRefusal.Busy() -> "このホストから今取得している文書が多すぎます。";
    };
  }

  private static String document(ClientDocument.Refusal why) {
    return switch (why) {
      case ClientDocument.Refusal.NotAnObject() ->
          "文書は UTF-8 の JSON オブジェクト 1 つで、同じメンバーが 2 度あってはなりません。";
      case ClientDocument.Refusal.Missing(String member) -> "文書に必須の " + member + " がありません。";
      case ClientDocument.Refusal.OtherClient() -> "文書の client_id は、この URL と 1 文字も違わないものにしてください。";
      case ClientDocument.Refusal.Secret(String member) ->
          "文書に秘密の値があり、誰でも読めます（" + member + "）。取り除き、その値は二度と使わないでください。";
      case ClientDocument.Refusal.SecretMethod() ->
          "token_endpoint_auth_method に秘密の値が必要ですが、公開の文書には置けません。none または private_key_jwt を使ってください。";
      case ClientDocument.Refusal.Malformed(String member, String problem) ->
          "文書の " + member + " が正しくありません: " + member + " " + problem;
    };
  }
}
