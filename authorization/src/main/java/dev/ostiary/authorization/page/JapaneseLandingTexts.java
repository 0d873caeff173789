package dev.ostiary.authorization.page;

/** The landing page in Japanese. */
final class JapaneseLandingTexts implements LandingTexts {
  @Override
  public String title() {
    return "アプリを接続する";
  }

  @Override
  public String heading(String server) {
    return server + " にアプリを接続する";
  }

  @Override
  public String headingOfSeveral() {
    return "アプリを接続する";
  }

  @Override
  public String what() {
    return "ここは AI アプリ(MCP)のためのアドレスです。ブラウザで行う操作はありません。このアドレスをアプリに登録してください。"
        + "アプリからこのサイトに戻ってサインインし、アプリに何を許可するかをあなたが決めます。";
  }

  @Override
  public String addressLabel() {
    return "アドレス";
  }

  @Override
  public String claudeHow() {
    return "「設定」→「コネクタ」→「カスタムコネクタを追加」を開き、アドレスを貼り付けて「接続」を選びます。";
  }

  @Override
  public String chatGptHow() {
    return "「設定」→「アプリとコネクター」→「高度な設定」で開発者モードをオンにします。次に「作成する」を選び、アドレスを貼り付けます。";
  }

  @Override
  public String outOfReach() {
    return "クラウドで動くアプリのため、このコンピューターのアドレスには接続できません。公開された https のアドレスが必要です。";
  }

  @Override
  public String inATerminal() {
    return "ターミナルで実行します。";
  }

  @Override
  public String thenSignIn(String command) {
    return "続いて " + command + " でサインインします。";
  }

  @Override
  public String signsInAtOnce() {
    return "すぐにサインインの画面が開きます。";
  }

  @Override
  public String addTo(String client) {
    return client + " に追加";
  }

  @Override
  public String orByHand(String file) {
    return "手で設定する場合は " + file + " に書きます。";
  }

  @Override
  public String others() {
    return "そのほかのアプリ";
  }

  @Override
  public String othersHow() {
    return "HTTP の MCP に対応したアプリなら、アドレスを登録するだけで残りは自動で設定されます。クライアント ID とシークレットの欄は空のままにします。";
  }
}
