package dev.ostiary.authorization.page;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeEffect;

/** Japanese. */
final class JapaneseTexts implements Texts {
  @Override
  public String tag() {
    return "ja";
  }

  @Override
  public String unnamedClient() {
    return "名前のないアプリ";
  }

  @Override
  public String theApp() {
    return "アプリ";
  }

  @Override
  public String consentTitle() {
    return "アクセスを許可しますか？";
  }

  @Override
  public String consentHeading(String client, String server) {
    return client + " が " + server + " の利用を求めています";
  }

  @Override
  public String consentHeadingWithChoice(String client) {
    return client + " がサーバーの利用を求めています";
  }

  @Override
  public String selfDeclared() {
    return "この名前はアプリ自身が名乗ったもので、確認されていません。";
  }

  @Override
  public String describedBy(String host) {
    return "このアプリは " + host + " で名乗っています。ウェブサイトは確認されていますが、アプリは確認されていません。";
  }

  @Override
  public String namedByOperator() {
    return "このサーバーの運営者が追加したアプリです。";
  }

  @Override
  public String describedByUnproven(String host) {
    return "このアプリは "
        + host
        + " で説明されているアプリだと名乗っています。この端末のどのプログラムでもそう名乗れるため、どのプログラムが求めているかの証明にはなりません。";
  }

  @Override
  public String clientIdLabel() {
    return "クライアント ID";
  }

  @Override
  public String whereHeading() {
    return "回答の送り先";
  }

  @Override
  public String whereSite() {
    return "次のウェブサイト";
  }

  @Override
  public String whereThisComputer() {
    return "このコンピューター上のプログラム";
  }

  @Override
  public String whereProgram() {
    return "この端末で、次の文字で始まるリンクを開くプログラム";
  }

  @Override
  public String thisComputerWarning() {
    return "このコンピューターで動いているどのプログラムからの要求かは確認できません。信頼できるアプリで、ご自身がたった今始めた操作である場合にだけ進んでください。";
  }

  @Override
  public String programWarning() {
    return "この端末のどのプログラムがこのリンクを開くかは確認できません。信頼できるアプリで、ご自身がたった今始めた操作である場合にだけ進んでください。";
  }

  @Override
  public String fullAddress() {
    return "アドレス全体";
  }

  @Override
  public String whatHeading() {
    return "許可する内容";
  }

  @Override
  public String whichHeading() {
    return "利用を許可するサーバー";
  }

  @Override
  public String noScopes() {
    return "このサーバーをあなたの代わりに利用する";
  }

  @Override
  public String scope(Scope scope) {
    return switch (scope.value()) {
      case "read:user" -> "プロフィールを読み取る";
      case "user:email" -> "メールアドレスを読み取る";
      case "user" -> "プロフィールを読み取り、変更する";
      case "repo" -> "非公開のものを含むすべてのリポジトリを読み取り、変更する";
      case "public_repo" -> "公開リポジトリを読み取り、変更する";
      case "read:org" -> "所属する組織とチームを読み取る";
      case "gist" -> "Gist を作成し、変更する";
      case "notifications" -> "通知を読み取り、管理する";
      case "delete_repo" -> "リポジトリを削除する";
      case "security_events" -> "リポジトリのセキュリティアラートを読み取り、変更する";
      case "project" -> "プロジェクトを読み取り、変更する";
      case "read:project" -> "プロジェクトを読み取る";
      case "offline_access" -> "あなたが操作していない間も接続を保つ";
      case "mcp" -> "このサーバーのすべての機能をあなたの代わりに利用する";
      default -> "ここでは説明されていない権限";
    };
  }

  @Override
  public String effect(ScopeEffect effect) {
    return switch (effect) {
      case DELETE -> "削除できます";
      case CHANGE -> "変更できます";
      case PRIVATE -> "非公開の情報";
      case READ, STAY -> "";
    };
  }

  @Override
  public String addedScope() {
    return "新規";
  }

  @Override
  public String addedScopes() {
    return "このアプリには、以前に一部の権限を許可しています。新しく求められている権限には「新規」と表示しています。";
  }

  @Override
  public String upstreamScopes(String upstream) {
    return upstream + " に求める権限：";
  }

  @Override
  public String nextHeading() {
    return "このあとの流れ";
  }

  @Override
  public String nextSignIn(String upstream) {
    return "許可すると、" + upstream + " でサインインします。パスワードがこのサーバーに渡ることはありません。";
  }

  @Override
  public String nextSignInSomewhere() {
    return "許可すると、選んだサーバーのアカウント提供元でサインインします。パスワードがこのサーバーに渡ることはありません。";
  }

  @Override
  public String signedInAs(String user) {
    return "前回は " + user + " としてサインインしました。";
  }

  @Override
  public String useAnotherAccount() {
    return "別のアカウントを使う";
  }

  @Override
  public String approve() {
    return "許可して続ける";
  }

  @Override
  public String deny() {
    return "許可しない";
  }

  @Override
  public String approveHint() {
    return "まだ何も共有されていません。";
  }

  @Override
  public String problemTitle() {
    return "続けられません";
  }

  @Override
  public String referenceLabel() {
    return "お問い合わせの際は、この参照番号をお伝えください:";
  }

  @Override
  public String forDevelopers() {
    return "アプリの開発者の方へ";
  }

  @Override
  public Explanation explain(Problem problem) {
    return JapaneseProblemTexts.explain(problem);
  }

  @Override
  public String returnTitle() {
    return "アプリに戻る";
  }

  @Override
  public String returnHeading() {
    return "アプリの要求は受け付けられませんでした";
  }

  @Override
  public String returnBody() {
    return "サインインは行われず、何も共有されていません。アプリに戻ると、理由がアプリに伝わります。このページを閉じてもかまいません。";
  }

  @Override
  public String returnLink() {
    return "アプリに戻る";
  }

  @Override
  public String returnPlace(String place) {
    return "リンク先：" + place;
  }

  @Override
  public String returnCarries() {
    return "アプリに伝わる内容";
  }

  @Override
  public String backTitle() {
    return "アプリに戻れます";
  }

  @Override
  public String backHeading(String client) {
    return client + " に戻れます";
  }

  @Override
  public String backBody() {
    return "ブラウザーがアプリを開くかどうか尋ねることがあります。何も起こらない場合は、下のボタンを使ってください。そのあと、このページは閉じてかまいません。";
  }

  @Override
  public String backLink(String client) {
    return client + " を開く";
  }

  @Override
  public String notAllowedTitle() {
    return "アクセスできません";
  }

  @Override
  public String notAllowedHeading(String user) {
    return user + " にはアクセス権がありません";
  }

  @Override
  public String notAllowedBody(String user, String upstream) {
    return upstream
        + " には "
        + user
        + " として正しくサインインできました。ただし、このサーバーは特定の人だけが利用でき、このアカウントは含まれていません。別のアカウントを使うか、下の参照番号を添えて運営者にお問い合わせください。";
  }

  @Override
  public String misconfiguredHeading(String upstream) {
    return upstream + " がこのサーバーを受け付けません";
  }

  @Override
  public String misconfiguredBody(String upstream) {
    return "サインインは行われていません。このサーバーの "
        + upstream
        + " への登録に誤りがあり、直せるのは運営者だけです。下の参照番号を添えて運営者にお知らせください。";
  }

  @Override
  public String forOperators() {
    return "サーバーの運営者の方へ";
  }

  @Override
  public String wrongHostTitle() {
    return "アドレスが違います";
  }

  @Override
  public String wrongHostHeading() {
    return "このサーバーのアドレスは別の名前です";
  }

  @Override
  public String wrongHostBody(String issuer) {
    return "正しいアドレスは " + issuer + " です。Cookie は名前ごとに保存されるため、サインインはそのアドレスでだけ行えます。";
  }

  @Override
  public String wrongHostLink() {
    return "正しいアドレスで続ける";
  }

  @Override
  public String wrongHostStartAgain() {
    return "アプリに戻って最初からやり直してください。";
  }

  @Override
  public String footer(String host) {
    return host + " へのアクセスは Ostiary が管理しています";
  }
}
