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
usage-missing-arguments = 次の引数が必要です: { $arguments }
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
