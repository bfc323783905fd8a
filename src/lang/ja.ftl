# cardlift が日本語で伝えること。コード、列名、キー、オプションは訳さない。
# `cardlift explain-code` の説明は ja-codes.ftl にある。

## 言葉と数
records = レコード { $count } 件
spoken-seconds = { $seconds } 秒
spoken-minutes = { $minutes } 分
spoken-hours = { $hours } 時間 { $minutes } 分
joined = { $first }、{ $second }
label-note = 注意:
label-error = エラー:

## 結果と件数
outcome-valid = 正常 { $count } 件
outcome-created = 作成 { $count } 件
outcome-exists = 登録済み { $count } 件
outcome-duplicate = 重複 { $count } 件
outcome-invalid = 不備 { $count } 件
outcome-rejected = サービスによる拒否 { $count } 件
outcome-failed = 失敗 { $count } 件
outcome-unknown = 結果不明 { $count } 件
outcome-not_attempted = 未処理 { $count } 件

## 送信の前
left-out = { $why }。このファイルは除外します
plan = 計画: { $states } → { $target }
plan-as = 計画: { $states } → { $target } (アカウント: { $account })
plan-empty = レコードなし
plan-planned = 新規 { $count } 件
plan-exists = 登録済み { $count } 件
plan-duplicate = 重複 { $count } 件
plan-invalid = 不備 { $count } 件
plan-held = 以前の実行の結果待ち { $count } 件
plan-changed = うち内容の変更 { $count } 件
plan-updates = 更新予定 { $count } 件
target-sandbox = プログラム内のサンドボックス
pace = 速度: 毎分 { $rate } 件、所要時間 約 { $time }、{ $finish } 完了予定
pace-halved = 速度: 毎分 { $rate } 件(30 分以上続く呼び出しは上限の半分以下にするという提供元の案内に従います)、所要時間 約 { $time }、{ $finish } 完了予定
pace-asked = 速度: 毎分 { $rate } 件(指定の値)、所要時間 約 { $time }、{ $finish } 完了予定
confirm-create = これらの連絡先を作成しますか?
nothing-sent = 何も送信していません。
confirm-update = { $creates } 件を作成し、{ $updates } 件を更新しますか?
confirm-tags = これらのタグを作成しますか?
confirm-guard = それでも続けますか?
tags-missing = `[tags] mode = "create"` の設定により作成するタグ: { $names }
matching = サービスにある連絡先を読み込み中 (match_remote)
matched = サービスで見つかった件数: { $count }
guarded = 何も送信していません。問題がなければ --no-guard を付けて一度実行してください([send] の `guard = false` で無効にできます)
guard-shrunk = { $name }: 実行 { $run } では { $before } 件でしたが、今回は { $count } 件です。エクスポートは完全ですか?
guard-columns = { $name }: 実行 { $run } と列が異なります: { $difference }
guard-kind = { $name }: 実行 { $run } と形式(CSV、vCard)が異なります
columns-gone = なくなった列 { $names }
columns-new = 新しい列 { $names }
columns-order = 順序が異なる
left-undone = { records } のうち: { $outcomes }; レポート: { $folder }
unchecked = オフラインのため未確認: { $what }
unchecked-tags = サービスにあるタグ(確認できるまで引き継がれない値として示します)
unchecked-properties = サービスにカスタムプロパティ { $names } があるか
unchecked-remote = サービスにすでにいる人

## 送信中
phase-sending = 送信中
bar-status = 毎分 { $rate } 件、残り { $left }、{ $finish } 完了予定
progress-line = { $phase }: { $total } 件中 { $done } 件完了、毎分 { $rate } 件、残り約 { $left }
progress-failed = 失敗 { $count } 件
throttled = サービスから待機を求められました。それまで送信しません
throttled-for = サービスから { $time }の待機を求められました。それまで送信しません
looking = 応答を受け取れなかったレコード { $count } 件が作成されたか確認します({ $of } 回中 { $look } 回目)
settling = レコード { $count } 件は遅れてサービスに現れる可能性があります。{ $time }後にもう一度確認します
cant-look = 結果不明のレコード { $count } 件を確認できません。サービスの応答: { $failure }
stopping = 停止します。処理中のリクエストの完了を待っています。すぐに止めるには、もう一度中断してください

## 終わり
totals = レコード { $count } 件: { $outcomes }
nothing = なし
source = { $path }: { $read_as }、レコード { $count } 件
problem-count = { $count } × { $code }: { $title }
problem-count-in = { $count } × { $code } ({ $field }): { $title }
example-place = { $place }
example-column = { $place }、{ $column }
carried-over = 元のフィールド { $fields } 個の値 { $count } 個は、連絡先に入れる場所がありません。一覧は results.jsonl、件数は summary.json にあります
report-at = レポート: { $folder }
next-import = 次の操作: 連絡先を作成してください
next-check = 次の操作: ファイルを修正し(方法: `cardlift explain-code { $code }`)、もう一度チェックしてください
next-rejects = 次の操作: 除外されたレコードを修正し(方法: `cardlift explain-code { $code }`)、インポートしてください
next-again = 次の操作: もう一度実行してください。止まったところから再開し、二重に作成することはありません
next-unknown = 次の操作: もう一度実行してください。送信の前に、結果不明のレコードを確認します
next-limit = 次の操作: 指定の件数に達しました。残りはもう一度実行してください
stopped-asked = 中断されました。
stopped-in-a-row = レコード { $count } 件が続けて失敗または結果不明になったため、停止しました。最後の応答: { $failure }
stopped-refuses-everything = 最初の { $count } 件がすべてサービスに拒否されました: { $failure }
stopped-unreachable = サービスに接続できません(レコード { $count } 件で試行): { $failure }。api.base_url とネットワークを確認してください
stopped-ledger = 台帳に書き込めません。
stopped-unresolved = 以前の実行の{ records }がサービスにある可能性がありますが検索できないため、何も送信していません。読み取れるか確認する(`cardlift auth`)か、--no-guard で残りを送信してください
stopped-unusable = サービスを利用できません: { $failure }
stopped-failures = 連続して失敗したため停止しました。最後の応答: { $failure }
stopped-credentials = 認証情報が拒否されました: { $failure }。新しいトークンを取得するか、`cardlift auth` で確認してください
stopped-forbidden = サービスが許可していません: { $failure }。アプリには `contact` スコープ、アカウントには連絡先を作成する権限が必要です
stopped-quota = サービスにこれ以上連絡先を追加できません: { $failure }。ゴミ箱の連絡先も数に含まれます。ゴミ箱を空にするか、プランを変更してください
stopped-address = そのアドレスにサービスがありません: { $failure }。api.base_url を確認してください

## その他のコマンド
init-written = { $path }: 作成しました。すべてのキーは既定値です
sandbox-serving = サンドボックスを起動しました。終了するには中断してください。api.base_url には上の行のアドレスを、トークンの環境変数には --token の値を設定してください。
explain-source-fields = 元のフィールド
explain-on-the-way = 変換
explain-unchanged = すべての値がそのまま連絡先に入りました
explain-contact = 連絡先: { $name }
explain-rules = 規則
explain-keeps-all = すべて満たしています
explain-problem = { $field } の { $code }: { $message }
explain-ledger = 台帳 ({ $path })
explain-never-sent = 不備のあるレコードは送信しません
explain-no-ledger = まだありません
explain-never-seen = この連絡先の記録はありません
explain-ledger-unreadable = 読み取れません: { $error }
codes-unknown = コード `{ $code }` はありません。近いコード: { $nearest }
codes-unknown-all = コード `{ $code }` はありません。一覧: `cardlift explain-code`
codes-problems = レコードの問題
codes-outcomes = レコードの結果
codes-wants = サービスの要件
codes-why = 理由
codes-excel = Excel での直し方
codes-google = Google コンタクトでの直し方
codes-mapping = マッピングでの直し方
codes-means = 意味
codes-next = 対処

## 他のレコード
repeats = { $place } と重複しています。名前が同じで、メールアドレスまたは電話番号が共通しているため、送信しません
created-before = 実行 { $run } のレコード { $record } として作成済み
created-before-changed = 実行 { $run } のレコード { $record } として作成済みで、その後内容が変わっています。連絡先はそのままです。`[mapping] on_change = "update"` で更新できます
created-before-same-person = 同じ人が実行 { $run } のレコード { $record } として別の内容で作成済みのため、二重には作成しません。`[mapping] key` と `on_change = "update"` で更新するか、先に削除してください: cardlift undo { $run } --record { $record }
undone = { $when } に `cardlift undo` で削除
same-key = { $place } と [mapping] key が同じため送信しません
totals-updated = 更新 { $count } 件
totals-changed = 作成時と内容が異なるレコード { $count } 件: results.csv の CHANGED
mends = 実行 { $run } のレコード { $record } を修正したもの
found-same = サービスにすでにあります
found-differs = サービスにすでにありますが内容が異なります: 名前が同じで、メールまたは電話番号が共通です。その連絡先はそのままにします
updated = 更新しました: { $names }
updated-nothing = 更新するものはありません
updated-left = { $updated }; 元データからなくなり連絡先に残したもの: { $names }
update-gone = 連絡先はサービスにもうありません。作成した実行を取り消すと(`cardlift undo RUN --record N`)、次のインポートで再び作成します
update-failed = 連絡先を更新できませんでした: { $failure }
waits-for = 結果不明の実行 { $run } のレコード { $record } を待っています

## 何が問題で、どう直すか
wrong-and-mend = { $wrong }。{ $mend }
problems-joined = { $first } / { $second }
wrong-NAME_MISSING = 名前がありません
mend-NAME_MISSING = 名か姓、または会社名を入力してください
wrong-EMAIL_OR_TELEPHONE_MISSING = メールアドレスも電話番号もありません。サービスにはどちらかが必要です
mend-EMAIL_OR_TELEPHONE_MISSING = メールアドレスか電話番号を入力してください
wrong-VALUE_MISSING = 必須の `{ $field }` が空です
mend-VALUE_MISSING = 値を入力してください
wrong-TOO_LONG = { $value } は { $length } 文字で、サービスの上限 { $limit } 文字を超えています
mend-TOO_LONG = 短くするか、normalize.too_long = "carry_over" を設定してください
wrong-TOO_MANY_ITEMS = `{ $field }` が { $count } 個あり、サービスの上限 { $limit } 個を超えています
mend-TOO_MANY_ITEMS = 数を減らしてください
wrong-NOT_ALLOWED = { $value } はサービスが受け付ける値ではありません
mend-NOT_ALLOWED = 次のいずれかにしてください: { $allowed }
wrong-PHONE_PATTERN = { $value } の { $at } 文字目 { $offending } は、電話番号に使えない文字です
mend-PHONE_PATTERN = 数字、空白、+ - * # ( ) P T だけを使ってください
wrong-DATE_INVALID = { $value } は日付として確実に読み取れません
mend-DATE_INVALID = 2021-01-09 のように YYYY-MM-DD 形式で書いてください
wrong-DATE_AMBIGUOUS = { $value } は { $day_first } とも { $month_first } とも読め、ファイル内の他の日付からも判断できません
mend-DATE_AMBIGUOUS = normalize.date_order を設定するか、YYYY-MM-DD 形式で書いてください
wrong-URL_INVALID = { $value } は URL ではありません
mend-URL_INVALID = https:// とホスト名を付け、空白なしで書いてください
wrong-CUSTOM_TYPE_WITHOUT_CUSTOM = { $value } は直接入力の種別ですが、種別が `{ $kind }` です。`CUSTOM` のときだけ使えます
mend-CUSTOM_TYPE_WITHOUT_CUSTOM = どちらかを削除してください
wrong-PRIMARY_COUNT = `{ $field }` のうち { $count } 個が代表になっています
mend-PRIMARY_COUNT = 代表をちょうど 1 個にしてください
wrong-MEMBERS_MISSING = `MEMBER` には、連絡先にアクセスできるメンバーの指定が必要です
mend-MEMBERS_MISSING = permission.members に指定するか、`ALL` にしてください
wrong-MASTER_MISSING = `MEMBER` には、連絡先のマスターとなるメンバーの指定が必要です
mend-MASTER_MISSING = permission.master_user_id に指定してください
wrong-MEMBER_TWICE = { $value } が 2 回指定されています
mend-MEMBER_TWICE = 一方を削除してください
wrong-MESSENGER_TWITTER = サービスは `TWITTER` を受け付けなくなりました
mend-MESSENGER_TWITTER = 代わりに `X` と書いてください
wrong-PROPERTY_NAME = { $value } はカスタムプロパティの名前に使えません
mend-PROPERTY_NAME = 英字か `_` で始め、英数字と `_` で 120 文字以内にしてください
wrong-SPREADSHEET_DAMAGE-Exponent = { $value } は表計算ソフトが長い数字を丸めたもので、元の数字が失われています
mend-SPREADSHEET_DAMAGE-Exponent = エクスポートし直して表計算ソフトで保存しないか、番号を入力してください
wrong-SPREADSHEET_DAMAGE-Error = { $value } は値の代わりに入った表計算ソフトのエラー表示です
mend-SPREADSHEET_DAMAGE-Error = エクスポートし直し、表計算ソフトで保存しないでください
wrong-SPREADSHEET_DAMAGE-Hashes = { $value } は列の幅が足りないときの表計算ソフトの表示です
mend-SPREADSHEET_DAMAGE-Hashes = エクスポートし直すか、値を入力してください
wrong-SPREADSHEET_DAMAGE-DateSerial = { $value } は表計算ソフトが日付をシリアル値に変えたものです
mend-SPREADSHEET_DAMAGE-DateSerial = YYYY-MM-DD 形式で書いてください
wrong-ENCODING = レコードに、ファイルの文字コードでは読めないバイトがあります
wrong-ENCODING-value = { $value } に、{ $encoding } では読めないバイトがあります
mend-ENCODING = ファイルを UTF-8 で保存するか、--encoding で文字コードを指定してください
wrong-STRAY_QUOTE = { $line } 行目から始まる引用符付きのセルに引用符の過不足があり、後ろの内容まで取り込んでいる可能性があります
mend-STRAY_QUOTE = セル内の引用符を二重にするか、余分な引用符を削除してください
wrong-CUT_OFF = { $line } 行目から始まる引用符付きのセルの途中でファイルが終わっています。末尾が欠けています
mend-CUT_OFF = ファイルをエクスポートし直すか、引用符を閉じてください
wrong-RECORD_TOO_LARGE = 1 件のレコードが { $bytes } バイトあり、大きすぎます。引用符が閉じられていないようです
mend-RECORD_TOO_LARGE = 引用符を閉じてください
wrong-CARD_UNREADABLE = vCard を読み取れません: { $reason }
mend-CARD_UNREADABLE = エクスポートし直してください

## コードの呼び名
title-NAME_MISSING = 名前がない
title-EMAIL_OR_TELEPHONE_MISSING = メールアドレスも電話番号もない
title-VALUE_MISSING = 必須の値が空
title-TOO_LONG = 長すぎる値
title-TOO_MANY_ITEMS = 項目が多すぎる
title-NOT_ALLOWED = 許可されていない値
title-PHONE_PATTERN = 電話番号に使えない文字
title-DATE_INVALID = 日付ではない
title-DATE_AMBIGUOUS = 日と月を区別できない
title-URL_INVALID = URL ではない
title-CUSTOM_TYPE_WITHOUT_CUSTOM = 他の種別と併用された直接入力の種別
title-PRIMARY_COUNT = 代表が 1 個ではない
title-MEMBERS_MISSING = アクセスできるメンバーがない
title-MASTER_MISSING = マスターとなるメンバーがない
title-MEMBER_TWICE = 同じメンバーが 2 回
title-MESSENGER_TWITTER = TWITTER は X に変更
title-PROPERTY_NAME = カスタムプロパティに使えない名前
title-SPREADSHEET_DAMAGE = 表計算ソフトで壊れた値
title-ENCODING = 文字として読めないバイト
title-STRAY_QUOTE = 引用符の過不足
title-CUT_OFF = 途中で切れたファイル
title-RECORD_TOO_LARGE = 大きすぎるレコード
title-CARD_UNREADABLE = 読み取れない vCard
title-DUPLICATE = 他のレコードとの重複
title-CHANGED = 作成時と異なる内容
title-UPDATED = 更新済み
title-DIFFERS = サービスに異なる内容で存在
title-CONTACT_GONE = 連絡先がもうない
title-service = サービスによる拒否

## 値が変わった、または引き継げなかった理由
note-trimmed = 前後の空白を取り除きました
note-telephone_normalized = サービスが受け付ける文字に直しました
note-date_normalized = YYYY-MM-DD 形式に直しました
note-prefix_removed = 値の一部ではない接頭辞を取り除きました
note-name_split = 氏名を姓と名に分けました
note-name_whole = 分ける位置が分からないため、氏名をそのまま残しました
note-named_after_organization = 個人名がないため、会社名を連絡先の名前にしました
note-email_form = メールアドレスの形式ではありませんが、サービスはそのまま受け付けます
note-label_mapped = ラベルから種別を決めました
note-twitter_renamed = サービスでは X と呼びます
note-defaulted = マッピングの既定値を使いました
note-shared = 別の名前のレコードとメールアドレスまたは電話番号が同じです
note-lost_zero = 表計算ソフトで先頭の 0 または + が失われた可能性があります
note-suspicious = 壊れているように見えますが、そのまま残しました
note-reader = 読み取りの際に解釈が必要でした
note-rfc6350 = RFC 6350 に準拠していませんが、読み取りました
note-repeated = 連絡先に同じ値がすでにあります
note-placeholder = エクスポート元が空の値の代わりに書いたものです
note-unmapped = どの項目にもマッピングされていません
note-binary = 写真、音声、鍵はインポートしません
note-relation = 連絡先には関係を入れる場所がありません
note-date_without_year = サービスは年のある日付だけを受け付けます
note-date_unreadable = 日付として確実に読み取れません
note-too_long = フィールドの上限より長い値です
note-too_many = リストがいっぱいです
note-label = サービスはこの項目のラベルを保存しません
note-no_place = 連絡先に該当するフィールドがありません
note-tag = タグがマッピングされていません。設定の [tags] を参照してください
note-beyond_header = 行のセルがヘッダーより多くなっています
