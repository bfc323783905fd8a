# `cardlift --help` と使い方の誤りの日本語。コマンド、オプション、値の名前は訳さない。

program = アドレス帳(CSV、vCard)を LINE WORKS / NAVER WORKS に移行し、連絡先をちょうど一度だけ登録します

## コマンド
command-import = 読み取り、チェックし、計画を示して送信し、レポートを残す
command-check = オフラインで読み取り、チェックし、レポートを残す
command-suggest = CSV ファイルのマッピングを、列ごとの理由とともに TOML で提案する
command-explain = 1 件のレコードの全過程(元データのフィールド、マッピング、送信内容、規則、台帳)を示す
command-explain-code = レポートのコードの意味、理由、直し方を示す
command-runs = 台帳にある実行を一覧にする
command-report = 台帳だけから実行のレポートを作り直す
command-resolve = 実行の結果不明のレコードを一覧にするか、1 件の結果を指定する
command-undo = 実行で登録した連絡先を、編集済みのものを除いて削除する
command-ledger = 台帳をサーバーへ移す
command-ledger-copy = ファイルの台帳を、[ledger] url_env または url_file の PostgreSQL データベースへコピー
command-login = ブラウザーで自分のアカウントにログインする
command-logout = ログインを無効にして削除する
command-auth = トークンを取得し、読み取りを一度だけ試して、問題を示す
command-sandbox = リハーサルやほかのツールのテスト用に、ループバックのポートでサンドボックスを起動する
command-init = 説明付きの例 cardlift.toml を作成する
command-presets = プリセットを一覧にするか、一つを表示する
command-schema = エディターの補完に使う、cardlift.toml またはマッピングの JSON Schema を stdout に書き出す
command-completions = シェル補完を stdout に書き出す
command-man = マニュアルページを stdout に書き出す

## 全コマンド共通のオプション
option-quiet = エラーのほかは何も表示しない
option-verbose = 位置とコードをログに出力する(値は含まない)。2 回指定するとさらに詳しい
option-color = stderr の色
option-lang = メッセージの言語 [既定値: ロケールから判別]
option-log-format = ログの形式
option-log-values = 不備のあるレコードの値と送信内容(個人情報)もログに出力する。-v を含む
option-json = 結果を 1 行の JSON で stdout に書き出す

## 引数とオプション
option-files = CSV、vCard、.xlsx、.xls、.ods ファイル。`-` は標準入力
option-config = 設定ファイル [既定値: cardlift.toml(あれば)]
option-mapping = プリセットの名前、またはマッピングファイル [既定値: 列から自動判別]
option-encoding = CSV ファイルと、UTF-8 でも CHARSET 付きでもない vCard の文字コード。例: cp949 [既定値: 自動判別]
option-sheet = ブックのシート [既定値: 列名を判別できる最初のシート]
option-workers = 読み取りとチェックのスレッド数 [既定値: コアごとに 1、最大 8]
option-report = レポートのフォルダー [既定値: cardlift-report/RUN、チェックでは cardlift-report/check]
option-ledger-copy-account = ファイルに複数のアカウントがある場合に、コピーするアカウント。トークンのアカウントは ""
option-ledger-copy-file = 台帳ファイル。ファイルは変更しません
option-ledger = 台帳 [既定値: 状態フォルダー、または設定のとおり]
option-plan = 新規以外のレコードについて、何が行われるかをフィールドごとに表示して終了します。送信も書き込みもしません。--json ではデータとして出力します
option-dry-run = `cardlift check` と同じ
option-details = --dry-run で、すべての問題と注記を results.jsonl にも書き込む(インポートでは常に書き込む)
option-sandbox = 内蔵サンドボックスに送信する。認証情報は不要で、何もコンピューターの外に出ない
option-rate = 毎分のリクエストの上限。例: 120/min
option-concurrency = 同時に処理するリクエストの数
option-limit = 登録する連絡先を N 件までにする
option-no-guard = ファイルが半分未満に減った、列が前回から変わった、別のアカウントが同じ連絡先を登録した、のいずれでも送信する
option-yes = 連絡先の登録と更新、タグの作成を確認なしで行う。ターミナルがなければ必須。安全装置は無効にならない
option-no-input = 質問しない。--yes がなければ何も送信しない
option-check-details = すべての問題と注記を、構造化データで results.jsonl にも書き込む
option-file = CSV ファイル。`-` は標準入力
option-suggest-encoding = ファイルの文字コード。例: cp949、shift_jis [既定値: 自動判別]
option-output = マッピングの保存先 [既定値: ターミナルでは質問、それ以外は stdout]
option-force = FILE があれば置き換える
option-suggest-no-input = 質問せず、提案どおりに書き出す
option-place = レコードの位置。ファイルと、レコードのいずれかの行(列も可)。例: contacts.csv:17、contacts.csv:17:5
option-code = コードまたは結果。例: PHONE_PATTERN。省略すると一覧
option-run = 実行の名前(`cardlift runs` で確認)
option-record = 実行の名前(`cardlift runs` で確認)、または番号を付けた 1 件のレコード
option-contact = サービスのこの連絡先がレコードのものだと指定する
option-send-again = レコードは未登録だと指定する。次のインポートで再送する
option-resolve-yes = 確認せずに記録する
option-resolve-no-input = 質問しない。--yes がなければ止まる
option-records = 実行のうち、この番号のレコードの連絡先だけ(番号はレポートを参照)。複数回指定できる
option-undo-yes = 確認せずに削除する。ターミナルがなければ必須
option-undo-no-input = 質問しない。--yes がなければ何も削除しない
option-no-browser = ブラウザーを開かない。アドレスを表示し、リダイレクト URL の貼り付けを待つ
option-timeout = ブラウザーを待つ時間
option-port = 127.0.0.1 のポート。0 は空いているポート
option-token = クライアントに要求するトークン
option-sandbox-rate = サービスと同様の、操作ごとの毎分のリクエストの上限 [既定値: なし]
option-sandbox-custom-properties = ドメインにあるカスタムプロパティ(テキスト)。繰り返し指定可
option-init-file = 作成するファイル
option-name = 表示するプリセット。マッピングの出発点になる
option-of = スキーマの対象
option-shell = シェル

## 定型文
heading-usage = 使い方
heading-arguments = 引数
heading-options = オプション
heading-commands = コマンド
heading-global = 全コマンド共通のオプション
heading-examples = 例
help-short = ヘルプを表示する
help-version = バージョンを表示する
help-command = このヘルプ、または指定したコマンドのヘルプを表示する
default = [既定値: { $value }]
possible-values = [使える値: { $values }]

## 使い方の誤り
usage-unknown-argument = `{ $argument }` という引数はありません
usage-unknown-command = `{ $command }` というコマンドはありません
usage-invalid-value = `{ $argument }` に `{ $value }` は指定できません。使える値: { $values }
usage-missing-value = `{ $argument }` に値を指定してください
usage-wrong-value = `{ $argument }` に `{ $value }` は指定できません: { $reason }
usage-missing-arguments = 次の引数が必要です: { $argument }
usage-missing-command = コマンドを指定してください
usage-conflict = `{ $argument }` と `{ $other }` は同時に指定できません
usage-too-many = `{ $argument }` の値が多すぎます: `{ $value }`
usage-did-you-mean = もしかして: `{ $suggestion }`
usage-see-help = 詳しくは `{ $command }` を実行してください

## 例
examples-program =
    例:
      cardlift check contacts.csv             オフラインでエクスポートをチェック
      cardlift import contacts.csv --sandbox  認証情報なしでリハーサル
      cardlift import contacts.csv cards.vcf  登録。再実行で続きから再開
examples-import =
    例:
      cardlift import contacts.csv --sandbox           リハーサル
      cardlift import contacts.csv cards.vcf           登録。再実行で続きから再開
      cardlift import contacts.csv --limit 10          まず 10 件だけ登録
      cardlift import contacts.csv --quiet --yes       cron やタイマーから
      cardlift import cardlift-report/RUN/rejects.csv  修正したレコード
examples-check =
    例:
      cardlift check contacts.csv                   サービスが拒否するレコードを確認
      cardlift check *.csv --mapping outlook-ko     プリセットを指定
      cardlift check contacts.csv --encoding cp949  文字コードを判別できないとき
      cardlift check contacts.csv --json            要約を 1 行の JSON で
examples-suggest =
    例:
      cardlift suggest members.csv                       ターミナルで 1 列ずつ確認
      cardlift suggest members.csv -o members.toml       同じく、このファイルに保存
      cardlift check members.csv --mapping members.toml  このマッピングでチェック
examples-explain =
    例:
      cardlift explain contacts.csv:17          17 行目のレコード
      cardlift explain contacts.csv:17:5        要約に示された位置
      cardlift explain cards.vcf:120 --lang ko  韓国語で
examples-explain-code =
    例:
      cardlift explain-code                コードと名前の一覧
      cardlift explain-code PHONE_PATTERN  理由と直し方
examples-runs =
    例:
      cardlift runs                            台帳にある実行
      cardlift runs --ledger customer.sqlite3  別の台帳にある実行
examples-report =
    例:
      cardlift report 20260102-093000-1a2b                        レポートを再作成
      cardlift report 20260102-093000-1a2b --lang ja --report ja  日本語で
examples-resolve =
    例:
      cardlift resolve 20260102-093000-1a2b                  結果不明のレコード
      cardlift resolve 20260102-093000-1a2b#17 --contact ID  この連絡先として登録
      cardlift resolve 20260102-093000-1a2b#17 --send-again  未登録
examples-undo =
    例:
      cardlift undo 20260102-093000-1a2b              登録した連絡先を削除
      cardlift undo 20260102-093000-1a2b --record 17  レコード 17 の連絡先だけ
examples-login =
    例:
      cardlift login               このコンピューターのブラウザーで
      cardlift login --no-browser  サーバーで(アドレスを別の場所で開く)
examples-logout =
    例:
      cardlift logout                         ログインを無効にして削除
      cardlift logout --config customer.toml  この設定のアプリから
examples-auth =
    例:
      cardlift auth                                認証情報を確認
      cardlift auth --config customer.toml --json  スクリプト向け
examples-sandbox =
    例:
      cardlift sandbox                          ポート 8080、Ctrl-C で終了
      cardlift sandbox --port 0 --rate 240/min  サービスと同じ速度の上限で
examples-init =
    例:
      cardlift init                cardlift.toml を作成
      cardlift init customer.toml  別の名前で作成
examples-presets =
    例:
      cardlift presets                         マッピングの不要なエクスポート
      cardlift presets outlook-ko > mine.toml  自作のマッピングの出発点に
examples-schema =
    例:
      cardlift schema > cardlift.schema.json
      cardlift schema mapping > mapping.schema.json
    ファイルの最初の行でスキーマを指定: #:schema ./cardlift.schema.json
examples-completions =
    例:
      cardlift completions bash > /etc/bash_completion.d/cardlift
      cardlift completions zsh > ~/.zfunc/_cardlift
examples-man =
    例:
      cardlift man > /usr/local/share/man/man1/cardlift.1
examples-ledger =
    例:
      cardlift ledger copy ledger.sqlite3  [ledger] で指定したデータベースへ

## `cardlift init` が書く設定のコメント。`-beside` は値の横に書く。
config = cardlift の設定です。すべてのキーが既定値で書かれており、`cardlift init` がこのファイルを cardlift.toml として書きます。
    TOML に対応したエディター(taplo、Even Better TOML)は、スキーマを使って補完とチェックをします。`cardlift schema > cardlift.schema.json` でスキーマを書き、このファイルの先頭に `#:schema ./cardlift.schema.json` の行を置いてください。
    優先順位: オプション > 環境変数 > このファイル > 既定値。不明なキーはエラーです。
config-api-service = クラウド: "public"、または韓国政府機関向けの "gov"。base_url、auth.authorize_url、auth.token_url が空なら、その値が決まります。
config-api-base_url = サービスのアドレス。例: "https://www.worksapis.com/v1.0"。空なら `service` のアドレスです。あるサービスに登録した連絡先は、ほかのサービスでは「登録済み」になりません。
config-auth-token_env = 自分で発行したトークンを使う場合: トークンの入った環境変数の名前。
config-auth-client_id = 定期実行などでサービスアカウントを使う場合。秘密の値はここに書かず、値の入った環境変数かファイルを指定してください。
config-auth-client_secret_env-beside = Client Secret の入った環境変数
config-auth-client_secret_file-beside = または、その値の入ったファイル
config-auth-service_account-beside = 例: "abcde.serviceaccount@example.com"
config-auth-private_key_file-beside = Developer Console で取得した PKCS#8 の PEM
config-auth-login = `cardlift login` でログインした自分のアカウントを使う場合。client_id と Client Secret が必要です。サービスアカウントもトークンもなければ、保存されたログインを使います。
config-auth-redirect_port = ログイン後にブラウザーが戻るポート。Developer Console で、アプリの Redirect URL に http://localhost:8477/callback を登録してください。0 は空いているポートのどれかで、サンドボックスのように、どのポートも受け付けるサービスで使えます。
config-auth-authorize_url = ログインするアドレス。空なら api.service のアドレスです。
config-auth-token_url = トークンを発行するアドレス。空なら api.service のアドレスです。
config-auth-scope = トークンの Scope。アプリにも必要です。
config-auth-account = 台帳でのこのアカウントの名前。空ならサービスアカウントです。あるアカウントが登録した連絡先は、ほかのアカウントでは「登録済み」になりません。サービスアカウントなしで PostgreSQL に台帳を置く場合は必要です。サービスアカウントを替える前に決めておくと便利です。
config-send-rate = 毎分のリクエスト数の上限。サービスのレート制限は、ドメイン全体で、有償プランが 240、フリープランが 60 です。
config-send-sustained_rate = 30 分以上かかる実行での、毎分のリクエスト数の上限。0 なら、提供元の要請どおり `rate` の半分です。
config-send-concurrency = 同時に送信するリクエストの数。
config-send-timeout = 応答を待つ時間。
config-send-max_attempts = 何も登録されていないことが確実なときに、一つのレコードで送信するリクエスト数の上限。
config-send-stop_after = 失敗または結果不明のレコードがこの件数だけ続いたら、実行を止めます。
config-send-settle = リクエストの後、連絡先がサービスに現れるまでにかかりうる時間。それまでは、ないものとは見なしません。
config-send-match_remote = 送信前にサービスの全連絡先を一度読み、誰が登録したものでも、連絡先がすでにあるレコードを `exists` とするか。`[mapping] key` が同じか、名前と、メールアドレスまたは電話番号の一つが同じなら、同じ連絡先です。
config-send-on_remote = そのような連絡先の扱い: "report"(そのままにします。内容が違えば、実行のたびに知らせます)、"adopt"(何も書き込みませんが、以後はこのレコードの連絡先として `[mapping] on_change` に従います)、"update"("adopt" に加えて、足りない値を補います。削除や置き換えはしません)。"adopt" と "update" には match_remote が必要です。
config-send-guard = 次の場合に、送信前に止めるか: ファイルのレコードが前回の半分未満か、列が違うとき。同じアドレスに別のアカウントで登録した連絡先のとき(同じ会社なら二重登録になります。match_remote を使う場合を除きます)。以前の実行の結果不明のレコードを照会できないとき。`--no-guard` は、1 回の実行で安全装置を切ります。
config-permission-accessible_range = 連絡先を見られる人: "ALL"(ドメインの全員)または "MEMBER"(`members` に書いたメンバー)。
config-permission-master_user_id = 連絡先の管理者であるメンバー。"MEMBER" の場合は必須です。
config-permission-co_editing = 管理者以外のメンバーも編集できるか。
config-permission-members = 例: [{"{"} id = "user-id", type = "USER" {"}"}, {"{"} id = "group-id", type = "GROUP" {"}"}, {"{"} id = "…", type = "ORGUNIT" {"}"}]
config-mapping-preset = プリセットのある形式(`cardlift presets`)では、何も書く必要はありません。ほかの CSV では、どの列がどのフィールドに入るかを書きます。書き方は README にあり、`cardlift suggest FILE` がマッピングを提案し、`--mapping FILE` は別のファイルから読みます。`preset` は、形式を判別する代わりにプリセットを指定します。
config-mapping-key = 以後のすべての実行でレコードを見分ける、連絡先のフィールド。例: ["emails"]。空なら連絡先全体です。
config-mapping-on_change = キーの同じ連絡先が登録済みで、レコードの内容が変わったとき: "report"(連絡先はそのまま)または "update"(変更を書き込みます)。
config-mapping-source = この元データの名前。例: "crm"。ファイル名が変わっても、連絡先はこの名前に属します。空ならファイル名です。
config-mapping-on_gone = この元データから cardlift が登録し、キーが元データからなくなった連絡先: "report"(gone.csv に記載)または "delete"(ほかの人が編集したものを除き、サービスのゴミ箱に移します。`key` と `source` が必要です)。
config-mapping-max_gone = この元データの連絡先をこれより多く削除することになる実行は、何も送信しません。件数、または "10%" のような割合です。
config-mapping-columns = ヘッダーのないファイルの列名を、順に書きます。これと同じ最初の行は読み飛ばします。
config-mapping-permission-beside = 連絡先の管理者を示す列がある場合。accessibleRange と accessibleMembers もあります
config-normalize-too_long = 値がフィールドに対して長すぎるとき: "problem"(レコードが不備になります)または "carry_over"(その値だけ取り込みません)。
config-normalize-carry_over = 取り込まない値: "report"(レポートに記載)または "memo"(入るだけメモにも追加します)。
config-normalize-date_order = 1.2.2020 のような日付の日と月の順序が、ファイルのほかの日付から決まらないとき: "ask"(その日付は問題になります)、"day_first"(日が先)、"month_first"(月が先)。
config-normalize-duplicates = 同じ入力の先のレコードと重複するレコードは送信しません。重複したレコードだけにある値: "report"(知らせます。人による確認が必要です)または "merge"(先のレコードの連絡先を補います。リストには足りない項目を加え、一つだけの値は空のときにだけ入れます)。
config-tags-mode = 元データのラベル、カテゴリ、グループは、同じ名前のサービスのタグになります。"off": 取り込みません。"existing": サービスにあるタグだけを使います。"create": ないタグを作成します。
config-tags-names = 別のタグにする名前、またはタグにしない("")名前。例: {"{"} "Kunden" = "Customers", "* myContacts" = "" {"}"}
config-custom_properties-NAME-beside = ドメインに追加しておいたカスタムプロパティ
config-custom_properties-NAME-type-beside = または "LINK"
config-custom_properties-NAME-multi-beside = 値が複数あるか
config-ledger-path = すべてのレコードと試行を記録するファイル。"" は、状態フォルダーの cardlift/ledger.sqlite3 です。
config-ledger-url_env = または、ディスクのない環境や複数のコンピューターのための PostgreSQL データベース。postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full のようなアドレスにはパスワードがあるので、ここには書きません。
config-ledger-url_env-beside = アドレスの入った環境変数
config-ledger-url_file-beside = または、アドレスの入ったファイル
config-report-dir = レポートのフォルダー。実行ごとに、この中にフォルダーができます。
config-report-lang = メッセージとレポートの言語: "en"、"ko"、"ja"。"auto" はロケールの言語ですが、cron にはロケールがありません。`--lang` が優先します。
config-notify-webhook_url_env = 実行の終わりに 1 通の通知を受け取る Webhook。コマンド、件数、終了コード、コンピューター名を送り、個人情報は送りません。URL は秘密の値なのでここに書かず、値の入った環境変数かファイルを指定してください。どちらもなければ、何も送りません。
config-notify-webhook_url_env-beside = URL の入った環境変数
config-notify-webhook_url_file-beside = または、URL の入ったファイル
config-notify-on = 通知する実行: "failure"(終了コードが 0 以外。3 は、修正するレコードが新しく出たときだけ)、"change"(連絡先を登録または更新した実行も)、"always"(すべての実行)。
config-notify-format = "works"(LINE WORKS / NAVER WORKS の Incoming Webhook)または "slack"。
