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
outcome-skipped = 対象外 { $count } 件
outcome-rejected = サービスによる拒否 { $count } 件
outcome-failed = 失敗 { $count } 件
outcome-unknown = 結果不明 { $count } 件
outcome-not_attempted = 未処理 { $count } 件

## 送信の前
input-missing = { $path }: そのファイルはありません
input-folder = { $path }: フォルダーです。中のファイルを指定してください
input-unreadable = { $path }: 読み取れません: { $error }
left-out = { $why }。このファイルは除外します
plan = 計画: { $states } → { $target }
plan-as = 計画: { $states } → { $target } (アカウント: { $account })
plan-empty = レコードなし
plan-planned = 新規 { $count } 件
plan-exists = 登録済み { $count } 件
plan-duplicate = 重複 { $count } 件
plan-invalid = 不備 { $count } 件
plan-skipped = 対象外 { $count } 件
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
guard-elsewhere = 今回作成する連絡先のうち { $count } 件は、同じアドレスで { $account } によって作成済み、またはその可能性があります。同じ会社なら二重に登録されます。そのアカウントを使うか、[send] に `match_remote = true` を設定してください
guard-elsewhere-token = 今回作成する連絡先のうち { $count } 件は、同じアドレスでトークンによって作成済み、またはその可能性があります。同じ会社なら二重に登録されます。もう一度トークンを使うか、[send] に `match_remote = true` を設定してください
guard-kind = { $name }: 実行 { $run } と形式(CSV、vCard)が異なります
columns-gone = なくなった列 { $names }
columns-new = 新しい列 { $names }
columns-order = 順序が異なる
news-first = レコード { $records } 件のうち{ $outcome ->
    [invalid] 不備
    [rejected] サービスによる拒否
    [failed] 失敗
   *[unknown] 結果不明
} { $count } 件
news-all = { $what }: { $places }
news-some = { $what }、うち新規 { $count } 件: { $places }
news-none = { $what }、新規なし
news-more = { $places } ほか { $count } 件
notice-title = { $machine } の { $command }
notice-exit = 終了コード { $exit }
notice-run = 実行 { $run }: { $totals }
notice-new = 新たに直す必要のあるレコードが { $count } 件あります。
notice-failed = 通知を送信できませんでした: { $reason }。[notify] を確認してください
notice-not-set = notify.webhook_url_env に指定された環境変数 `{ $variable }` が設定されていません
webhook-address = Webhook の URL が `https://` のアドレスではありません
webhook-connection = Webhook に接続できません
webhook-answer = Webhook から応答がありません
webhook-status = Webhook の応答は { $status } です
unchecked = オフラインのため未確認: { $what }
unchecked-tags = サービスにあるタグ(確認できるまで引き継がれない値として示します)
unchecked-properties = サービスにカスタムプロパティ { $names } があるか
unchecked-remote = サービスにすでにいる人

## 送信中
phase-sending = 送信中
phase-deleting = 削除中
phase-updating = 更新中
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
problems-more = その他の問題 { $count } 種類: { $codes }。レコードごとの内容は results.csv にあります
example-column = { $place }、{ $column }
carried-over = 元のフィールド { $fields } 個の値 { $count } 個は、連絡先に入れる場所がありません: { $names }。フィールドごとの件数は summary.json、一覧は results.jsonl にあります(check では --details を付けたときに書き出します)
lost-zeros = 番号 { $count } 件は、表計算ソフトが先頭の 0 や + を消したように見えます。推測で元に戻すことはしません。results.jsonl(check では --details を付けたときに書き出します)で `lost_zero` を探し、保存する前に列の表示形式を文字列にしてください
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
stopped-credentials = 認証情報が拒否されました: { $failure }。新しいトークンを取得するか、`cardlift auth` で確認してください
stopped-forbidden = サービスが許可していません: { $failure }。アプリには `contact` スコープ、アカウントには連絡先を作成する権限が必要です
stopped-quota = サービスにこれ以上連絡先を追加できません: { $failure }。ゴミ箱の連絡先も数に含まれます。ゴミ箱を空にするか、プランを変更してください
stopped-address = そのアドレスにサービスがありません: { $failure }。api.base_url を確認してください

## ネットワークと応答
network-no-client = HTTPS クライアントを準備できません: { $reason }。システムの証明書(`ca-certificates`)をインストールしてください
network-no-connection = `{ $place }` に接続できません: { $reason }
network-no-answer = { $time } 以内に応答がありません
network-broke = 応答が終わる前に接続が切れました: { $reason }
answer-too-long = 応答が { $bytes } バイトを超えています
answer-no-json = 応答を JSON として読めません: { $error }
answer-no-id = 応答に `contactId` がありません
answer-list-no-id = 一覧の連絡先に `contactId` がありません

## その他のコマンド
undo-created = 実行 { $run } で作成した連絡先 { $count } 件
undo-undone = うち { $count } 件は削除済み
undo-left = 削除する連絡先 { $count } 件(その後編集されたものを除く)
undo-other-service = 実行 { $run } の連絡先は { $service } に作成されましたが、api.base_url は { $configured } です。--config でそのサービスの設定を指定してください
undo-pace = 速度: 毎分 { $rate } 件、所要時間 約 { $time }
undo-unknown = この実行で結果不明のレコード { $count } 件が作成された可能性があります。同じインポートをもう一度実行して確認してから、取り消してください
undo-trash = 削除した連絡先はサービスのゴミ箱に入り、ゴミ箱を空にするまで連絡先の数に含まれます
undo-cant-ask = 連絡先 { $count } 件を削除しようとしていますが、確認を取れません。削除するには --yes を付けてください
undo-confirm = 連絡先を最大 { $count } 件削除しますか?
undo-refused = 何も削除していません。
undo-totals = 削除 { $deleted } 件、削除済み { $gone } 件、保持 { $kept } 件、失敗 { $failed } 件
undo-contact = レコード { $record }、{ $name } ({ $id }): { $what }
undo-kept-edited = 保持。その後編集されています
undo-kept-unclear = 保持。その後編集されたかどうか、サービスから分かりません
undo-more = ほか { $count } 件
undo-unusable = サービスを利用できません: { $failure }
undo-in-a-row = 続けて失敗したため停止しました。最後の応答: { $failure }
undo-again = 同じコマンドをもう一度実行してください。止まったところから再開します
init-written = { $path }: 作成しました。すべてのキーは既定値です
sandbox-serving = サンドボックスを起動しました。終了するには中断してください。api.base_url には上の行のアドレスを、トークンの環境変数には --token の値を設定してください。
explain-source-fields = 元のフィールド
explain-on-the-way = 変換
explain-unchanged = すべての値がそのまま連絡先に入りました
explain-contact = 連絡先: { $name }
explain-rules = 規則
explain-keeps-all = すべて満たしています
explain-problem-whole = { $code }: { $message }
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
found-differs = サービスにすでにありますが内容が異なります: 名前が同じで、メールアドレスまたは電話番号が共通です。その連絡先はそのままにします
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
wrong-ENCODING-value = { $value } に、ファイルの文字コードでは読めないバイトがあります
mend-ENCODING = � と表示される文字を入力し直すか、--encoding でファイルの文字コードを指定してください
wrong-ENCODING_UNCERTAIN = カードの文字が UTF-8 ではなく、文字コードを確定できません: { $readings }
mend-ENCODING_UNCERTAIN = --encoding で文字コードを指定してください
wrong-STRAY_QUOTE = { $line } 行目から始まる引用符付きのセルに引用符の過不足があり、後ろの内容まで取り込んでいる可能性があります
mend-STRAY_QUOTE = セル内の引用符を二重にするか、余分な引用符を削除してください
wrong-CUT_OFF = { $line } 行目から始まる引用符付きのセルの途中でファイルが終わっています。末尾が欠けています
mend-CUT_OFF = ファイルをエクスポートし直すか、引用符を閉じてください
wrong-RECORD_TOO_LARGE = 1 件のレコードが { $bytes } バイトありますが、UTF-8 で 512 KiB を超えるレコードは読みません。引用符が閉じられていないか、セルにファイルが入っているようです
mend-RECORD_TOO_LARGE = 引用符を閉じるか、ファイルの入ったセルを空にしてください
wrong-CARD_UNREADABLE = vCard を読み取れません: { $reason }
mend-CARD_UNREADABLE = エクスポートし直してください
wrong-GROUP_CARD = メンバー { $count } 人のグループ (group) で、連絡先ではありません
mend-GROUP_CARD = 対応は不要です。メンバーは results.jsonl にあります

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
title-ENCODING_UNCERTAIN = 確定できない文字コード
title-STRAY_QUOTE = 引用符の過不足
title-CUT_OFF = 途中で切れたファイル
title-RECORD_TOO_LARGE = 大きすぎるレコード
title-CARD_UNREADABLE = 読み取れない vCard
title-GROUP_CARD = グループ
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

## マッピングの提案: `cardlift suggest` の質問
suggest-vcard = { $path }: vCard ファイルです。マッピングは不要なので、そのままインポートしてください
suggest-exists = { $path }: 既にあるため、そのままにしました。別のファイルを指定するか、--force で置き換えてください
suggest-unwritable = { $path }: 書き込めません: { $error }
suggest-written = { $path }: 保存しました
suggest-nothing-written = 何も保存していません
next-check-first = 次の操作: ファイルをチェックしてください
walk-greeting = { $file }: 文字コード { $encoding }、{ $columns } 列、確認した行 { $rows }
walk-unnamed = 値はあるのに名前のない { $count } 列は対応付けできず、レポートにのみ残します。対応付けるには、ファイルで列に名前を付けてください。
walk-contradicted = 値が{ $looks }の形です。チェックすると使えない値が分かります。
walk-unknown-export = cardlift の知るエクスポートではありません。
walk-why = 理由: { $reason }
walk-preset = { $file }: cardlift の知るエクスポートです: { $title }(確からしさ { $sure }%)。マッピングは不要で、プリセット `{ $name }` が自動的に使われます。
walk-preset-write = 変更して使うために、マッピングをファイルに保存しますか?
walk-clear = { $all } 列のうち { $clear } 列は明らかです:
walk-clear-ask = Enter すべて承諾、r 一つずつ確認、q 終了:
walk-carried = –(対応付けない)
walk-column = [{ $at }/{ $of }] { $name }
walk-values = 値: { $values }
walk-no-values = 確認した行には値がありません。
walk-proposal = 提案: { $field }、確からしさ { $sure }%
walk-decided = 現在: { $field }
walk-ask = Enter 承諾、f 別のフィールド(名前も可)、c 対応付けない、b 戻る、q 終了:
walk-taken = 連絡先の { $field } は一つだけで、既に { $other } が入ります。
walk-taken-ask = r { $name } に替えて { $other } をもう一度質問、Enter そのまま:
walk-summary = マッピング:
walk-objection = ! { $text }
walk-no-name = 名前の入る列がないため、連絡先を作成できません
walk-unreachable = メールアドレスも電話番号も入る列がありません。サービスにはどちらかが必要です
walk-day-type = events.dayType は誕生日の陽暦・陰暦の区別ですが、誕生日の列がないため対応付けません
walk-end-ask = Enter 保存へ、番号 その列を変更、b 戻る、q 終了:
walk-end-ask-all-the-same = 番号 その列を変更、Enter それでも保存へ、b 戻る、q 終了:
walk-where = 保存先 [{ $name }]:
walk-overwrite = { $path } は既にあります。置き換えますか?
choose-field = 番号か名前、Enter 戻る:
choose-number = 番号は 1 から { $count } までです。
choose-unknown = { $name } というフィールドはありません。f で一覧が出ます。
choose-near = { $name } というフィールドはありません。近いもの: { $near }
choose-gloss = { $name }({ $gloss })
choose-carried = 対応付けない(レポートにのみ残す)

## フィールド名の各部分
field-contactName = 名前
field-fullName = 氏名全体(規則で分割)
field-phoneticFullName = 氏名全体のフリガナ
field-firstName = 名
field-lastName = 姓
field-phoneticFirstName = 名のフリガナ
field-phoneticLastName = 姓のフリガナ
field-nickName = ニックネーム
field-prefix = 名前の前の敬称
field-suffix = 名前の後の敬称
field-middleName = ミドルネーム
field-emails = メールアドレス
field-telephones = 電話番号
field-organizations = 勤務先
field-events = 記念日
field-locations = 住所
field-messengers = メッセンジャー
field-websites = ウェブサイト
field-memo = メモ
field-tags = タグ
field-CELLPHONE = 携帯
field-WORK = 勤務先
field-HOME = 自宅
field-WORK_FAX = 勤務先 FAX
field-HOME_FAX = 自宅 FAX
field-OTHER = その他
field-CUSTOM = 列名を種類として使用
field-name = 会社名
field-department = 部署
field-title = 役職
field-BIRTHDAY = 誕生日
field-ANNIVERSARY = 記念日
field-dayType = 誕生日の陽暦・陰暦
field-address = 住所全体
field-street = 番地
field-street2 = 住所 2 行目
field-street3 = 住所 3 行目
field-extended = 建物名など
field-poBox = 私書箱
field-city = 市区町村
field-region = 都道府県
field-country = 国
field-zipCode = 郵便番号

## 書き出すマッピングのコメント
toml-for = { $file } のマッピング、読み方: { $read_as }
toml-save = mapping.toml として保存し、誤りを直してから試してください: cardlift check FILE --mapping mapping.toml
toml-try = 誤りを直してから試してください: { $command }
toml-preset =
    cardlift の知るエクスポートです: { $title }(確からしさ { $sure }%)。プリセット `{ $name }` のマッピングから
    このファイルにある列を抜き出したものです。指定しなくても使われます。
toml-preset-maps = { $sure }%: プリセット `{ $name }` の対応付け
toml-preset-carries = { $sure }%: プリセット `{ $name }` に入れる場所がないため、レポートにのみ残します
toml-preset-ignores = プリセット `{ $name }` の知らない列なので、レポートにのみ残します
toml-names = cardlift の知るエクスポートではありません。{ $columns } 列の名前と { $rows } 行の値から提案したものです。
toml-verdict = { $said } `ignore` の列は連絡先に入れず、レポートにのみ残します。
toml-certain = すべて確実なので、このマッピングなしでもインポートできます。
toml-decided = 人が確認済みです。
toml-unusable = 名前がないか、メールアドレスも電話番号もないため、連絡先を作成できません。
toml-doubtful = そのうち { $count } 列は不確かで、「要確認」とあります。
toml-column = { $sure }% { $field }: { $reason }
toml-column-doubtful = 要確認、{ $sure }% { $field }: { $reason }
toml-column-decided = { $field }: { $reason }
toml-such-as = 例: { $values }
called-full-name = contactName、氏名全体を規則で分割
called-phonetic-full-name = contactName、氏名全体のフリガナ
called-telephone-custom = telephones、独自の種類
called-address = locations { $kind }、住所
called-nothing = なし、レポートにのみ残す

## 列にフィールドを提案した理由
reason-earlier-run = 以前の実行の理由が入った列です
reason-name-and-values = 列名がそう示し、値も{ $looks }の形です
reason-name = 列名がそう示しています
reason-name-of-empty = 列名がそう示しています。確認した行ではすべて空です
reason-contradicted = 列名はそう示しますが、値は{ $looks }の形です
reason-mobiles = 列名は電話番号で、値は携帯電話の番号です
reason-values = 列名からは分かりませんが、値の { $share }% が{ $looks }の形です
reason-mobile-values = 列名からは分かりませんが、値の { $share }% が携帯電話の番号です
reason-dates-of-nothing = 値は日付の形ですが、何の日付か分かりません
reason-says-nothing = 列名からは分からず、確認した行ではすべて空です
reason-unclear = 列名からも値からも何か分かりません
reason-unnamed = 列名がなくマッピングで指定できません。値はレポートにのみ残します
reason-unnamed-and-empty = 列名も値もありません
reason-empty = 確認した行ではすべて空です
reason-job-titles = 値が敬称ではないので役職です
reason-forms-of-address = 値が敬称です
reason-mixed-titles = 敬称の値とそうでない値があります
reason-taken = { $name } が既に同じフィールド({ $field })に入ります
reason-chosen = `cardlift suggest` で選択
reason-accepted = `cardlift suggest` で承諾
reason-displaced = { $field } には { $name } が入ります
looks-empty = 空
looks-email = メールアドレス
looks-telephone = 電話番号
looks-url = ウェブアドレス
looks-date = 日付
looks-number = 数字
looks-text = 文章

## ファイルを開く
encoding-because = { $encoding }({ $reason })
read-as = { $mapping }、文字コード { $encoding }
because-asked = 指定による
because-mark = ファイル先頭のバイト順マーク
because-zeros = ASCII 文字の 2 バイトに一つが 0
because-escapes = エスケープシーケンス { $count } 個、0x7F を超えるバイトなし
because-ascii = ASCII 文字のみ
because-utf8 = 正しい UTF-8
because-seen = ASCII 以外の { $of } 文字中 { $count } 文字が通常の文字
because-header = 列名に { $words }、{ $seen }
because-malformed = { $seen }、ただし { $count } 文字は不正
csv-error = { $path }: { $error }
csv-empty = ファイルが空です。アドレス帳をもう一度エクスポートしてください
csv-delimiter = `{ $delimiter }` はセルの区切りに使えません。`,`、`;`、`|`、タブのいずれかを使ってください
csv-no-header = { $line } 行目: ここ以降に列名の行がありません。最初のレコードの上に `Name,Email,Phone` のような行を入れてください
csv-unreadable = ファイルを読めません: { $error }
csv-tie = { $line } 行目: { $of_a } では { $a }、{ $of_b } では { $b } と読め、ファイルからはどちらか分かりません。`--encoding { $of_a }` か `--encoding { $of_b }` で指定してください
csv-no-encoding = { $line } 行目: このテキストのエンコーディングを確実に判定できません。`--encoding { $likely }` のように指定してください
csv-not-Xlsx = Excel ブック(.xlsx)です。開いて `CSV UTF-8` で保存してください
csv-not-Xls = 古い Excel ブック(.xls)です。開いて `CSV UTF-8` で保存してください
csv-not-Ods = OpenDocument 表計算(.ods)です。開いて UTF-8 の CSV で保存してください
csv-not-Zip = ZIP ファイルです。展開して中の CSV か vCard ファイルを指定してください
csv-not-Gzip = gzip ファイルです。展開して中の CSV か vCard ファイルを指定してください
csv-not-Pst = Outlook データファイル(.pst)です。Outlook から連絡先を CSV でエクスポートしてください
csv-not-Pdf = PDF です。アドレス帳を CSV か vCard でエクスポートしてください
csv-not-Picture = 画像です。アドレス帳を CSV か vCard でエクスポートしてください
csv-not-Sqlite = SQLite データベースです。アドレス帳を CSV か vCard でエクスポートしてください
csv-not-Html = 名前と違いウェブページです。Excel で開いて `CSV UTF-8` で保存してください
csv-not-Xml = XML です。Excel で開いて `CSV UTF-8` で保存するか、アドレス帳を CSV か vCard でエクスポートしてください
csv-not-Json = JSON です。アドレス帳を CSV か vCard でエクスポートしてください
csv-not-VCard = vCard ファイルです。名前の末尾を `.vcf` にしてください
csv-not-Utf32 = UTF-32 のテキストです。UTF-8 の CSV で保存してください
csv-not-Binary = テキストではありません。アドレス帳を CSV か vCard でエクスポートしてください
warn-twice = { $place }: 列 `{ $name }` が { $count } 個あります。最初のものだけを対応付け、他の値はレポートにのみ残します
warn-ruined = { $place }: 保存前に文字化けしています。`{ $text }` は本来 `{ $before }` で、{ $through } と誤って読まれたようです。ファイルをもう一度エクスポートしてください
vcard-none = { $path }: vCard が 1 件もありません。アドレス帳をエクスポートし直してください
vcard-none-but = { $path }: vCard はなく { $component } だけがあります。カレンダーやメモではなく連絡先をエクスポートしてください
vcard-not-Html = 名前に反してウェブページです。ログインを求めるページなら先にログインし、アドレス帳を vCard でエクスポートし直してください
vcard-not-Xml = xCard などの XML で、vCard 2.1、3.0、4.0 ではありません。アドレス帳を vCard (.vcf) か CSV でエクスポートし直してください
vcard-not-Json = jCard などの JSON で、vCard 2.1、3.0、4.0 ではありません。アドレス帳を vCard (.vcf) か CSV でエクスポートし直してください
warn-outside = { $place }: どのカードにも属さない { $count } 行は取り込みません: { $text }
warn-component = { $place }: { $component } ({ $count } 行) は連絡先ではないため対象外とします
warn-more-outside = { $path }: どのカードにも属さない行がほかに { $count } か所あります
warn-ruined-cards = { $place }: 保存される前に文字化けしています。`{ $text }` は元は `{ $before }` で、{ $through } として誤って読まれたようです (値 { $count } 件)。ファイルをエクスポートし直してください
mapped-by = マッピング { $path }
mapped-as = { $title }(確からしさ { $sure }%)
mapped-by-names = 既知のエクスポートではないため列名で対応付け(確からしさ { $sure }%)
unrecognised = { $path }: cardlift の知るエクスポートではなく、{ $doubt }。`cardlift suggest { $path }` の提案を mapping.toml に保存し、確認してから --mapping mapping.toml で指定するか、プリセットを指定してください(`cardlift presets`)
unrecognised-near = { $path }: cardlift の知るエクスポートではなく(最も近いもの: { $near }、{ $sure }%)、{ $doubt }。`cardlift suggest { $path }` の提案を mapping.toml に保存し、確認してから --mapping mapping.toml で指定するか、プリセットを指定してください(`cardlift presets`)
doubt-nobody = 名前か、メールアドレスまたは電話番号の入った列が確実でありません
doubt-columns = { $names } 列の内容が確実ではありません({ $count } 列)
doubt-more = { $names } 他 { $count } 列の内容が確実ではありません

## 設定やマッピングの誤り
config-unreadable = 読めません: { $error }
config-not-toml = 正しい TOML ではありません: { $error }
config-one-of = `{ $key }` の値が `{ $value }` です。次のいずれかにしてください: { $allowed }
config-unknown-near = `{ $key }` というキーはありません。`{ $near }` ではありませんか?
config-unknown = `{ $key }` というキーはありません。使えるキー: { $known }
config-unknown-in-near = [{ $table }] に `{ $key }` というキーはありません。`{ $near }` ではありませんか?
config-unknown-in = [{ $table }] に `{ $key }` というキーはありません。使えるキー: { $known }
config-wrong-type = `{ $key }` の値が TOML の { $kind } です。{ $wanted }にしてください
wanted-text = 引用符で囲んだ文字列
wanted-boolean = true または false
wanted-number = 0 以上の整数
wanted-time = "30s"、"500ms"、"2m" のような時間
wanted-table = テーブル
wanted-value = 引用符で囲んだ列名、またはテーブル
config-positive = `{ $key }` は 1 以上にしてください
config-too-large = `{ $key }` の値が大きすぎます
config-missing = `{ $key }` には `{ $missing }` が必要です
config-missing-at-top = ファイルには `{ $missing }` が必要です
config-member-range = `accessible_range = "MEMBER"` には `members` と `master_user_id` が必要です。または "ALL" を使ってください
config-members = サービスが受け付けるメンバーは最大 { $limit } 人です
config-update-key = `[mapping] on_change = "update"` には `key` が必要です。変更されたレコードを見分けるフィールドです。例: key = ["emails"]
mapping-key-near = `{ $key }` の `{ $field }` ではレコードを見分けられません。`{ $near }` ではありませんか?
mapping-key = `{ $key }` の `{ $field }` ではレコードを見分けられません。使えるもの: { $known }、`contactName.lastName` など名前の各部分、`customProperties.NAME`
mapping-column-missing = マッピングにある列 `{ $column }` が { $input } にありません。このファイルの列: { $has }
mapping-column-missing-near = マッピングにある列 `{ $column }` が { $input } にありません。最も近い列: { $near }
mapping-column-twice = { $input } に列 `{ $column }` が 2 つあります({ $first } 列目と { $second } 列目)。`{ $column }#1` か `{ $column }#2` で指定してください
mapping-type = `{ $key }` の値が `{ $value }` です。サービスが受け付ける値: { $known }。列はテーブルで書きます: {"{"} column = "{ $value }" {"}"}
mapping-one-source = `{ $key }` には `column`、`constant`、`join`、`first`、`template` のうち一つだけが必要です
mapping-one-condition = `if_filled` と `if_empty` はどちらか一つだけ書けます
mapping-date = 列から作る日付には `year`、`month`、`day` がすべて必要です
mapping-not-there = マッピングファイルでもプリセットでもありません。プリセット: { $presets }
preset-unknown = `{ $name }` というプリセットはありません。あるもの: { $presets }

## 認証情報とサービスの確認
token-missing = トークンがありません。環境変数 `{ $variable }` を設定するか、`cardlift login` を実行するか、[auth] にサービスアカウントを設定してください。トークンなしで試すには、インポートに --sandbox を付けてください
account-needs = サービスアカウントには auth.{ $key } が必要です。設定の [auth] を見てください
account-needs-secret = サービスアカウントには auth.client_secret_env か auth.client_secret_file が必要です
secret-not-set = auth.client_secret_env の示す環境変数 `{ $variable }` が設定されていません
log-levels-strange = 環境変数 CARDLIFT_LOG: `{ $value }` を解釈できないため、この変数がないものとしてログを出力します。`debug` のようなレベルか、`cardlift::send=trace` のようなモジュールごとのレベルを指定してください
not-a-url = { $key } の値 `{ $value }` は URL ではありません: { $error }
token-in-clear = トークンが暗号化されずにネットワークへ出るため、盗聴されると使われます。api.base_url と auth.token_url を `https://` にしてください
auth-works = { $service }: トークンを取得でき、連絡先を読めます。作成できるかどうかは最初の連絡先を作るときに分かります。
auth-works-lives = { $service }: トークン(有効期間 { $time })を取得でき、連絡先を読めます。作成できるかどうかは最初の連絡先を作るときに分かります。
auth-works-scope = { $service }: トークン(スコープ `{ $scope }`)を取得でき、連絡先を読めます。作成できるかどうかは最初の連絡先を作るときに分かります。
auth-works-lives-scope = { $service }: トークン(有効期間 { $time }、スコープ `{ $scope }`)を取得でき、連絡先を読めます。作成できるかどうかは最初の連絡先を作るときに分かります。
auth-refused-account = { $service }: サービスがトークンを受け付けません: { $failure }。auth.token_url がこのサービスのものか確認してください
auth-refused-token = { $service }: サービスがトークンを受け付けません: { $failure }。期限切れか、別のサービスのトークンです。新しく取得するか、トークンが自動更新されるサービスアカウントを [auth] に設定してください
auth-refused-login = { $service }: サービスがトークンを受け付けません: { $failure }。`cardlift login` をもう一度実行し、auth.token_url がこのサービスのものか確認してください
auth-no-permission = { $service }: トークンは有効ですが、サービスが連絡先の表示を拒否します: { $failure }。アプリとアカウントに連絡先の権限を与えてください
auth-wrong-address = { $service }: 連絡先サービスがありません: { $failure }。api.base_url を確認してください
auth-unavailable = { $service }: サービスに接続できません: { $failure }。api.base_url、ネットワーク、プロキシを確認するか、後でもう一度試してください
auth-at = { $place }: { $said }
place-token = トークン
place-machine = このコンピューター
auth-token-address = { $service }: { $failure }。auth.token_url を確認してください
auth-token-unavailable = { $service }: { $failure }。auth.token_url とネットワークを確認するか、後でもう一度試してください
auth-scope = `contact` スコープがありません{ $granted }{ $said }。開発者コンソールのアプリと auth.scope に追加してください
auth-scope-granted = (トークンのスコープ: `{ $scope }`)
auth-scope-said = (サービスの応答: { $failure })
login-needs = ログインには auth.{ $key } が必要です。開発者コンソールでアプリを作成し、クライアント ID とシークレットを [auth] に設定してください
login-address =
    このコンピューターか別のコンピューターのブラウザーでこのアドレスを開き、ログインしてください:
    { $address }
    ブラウザーが { $redirect } に移動したあとページを表示できない場合は、そのアドレスをブラウザーからコピーしてここに貼り付けてください。
login-opened = ブラウザーでログインページを開きました。開かない場合はこのアドレスを開いてください: { $address }
login-unopened = ブラウザーを開けません。このアドレスを開いてください: { $address }
login-done = ログインしました。ログインは { $path } に保存され、必要に応じて更新されます。確認は `cardlift auth`、終了は `cardlift logout` です。
login-unkept = { $path }: ログインを保存できません: { $error }。フォルダーを書き込み可能にしてください
login-port = ポート { $port } を使えません({ $error })。このポートを使っているプログラムを終了するか、auth.redirect_port を変更し、そのリダイレクト URL を開発者コンソールに登録してください
login-state = 別のログインからの応答だったため中止しました。`cardlift login` をもう一度実行してください
login-denied = ログインページでアクセスが拒否されました。このアプリを使えるアカウントでログインし、同意してください
login-error = ログインページの応答: `{ $error }`。auth.scope と開発者コンソールのアプリを確認してください
login-no-code = ブラウザーがコードなしで戻ってきました。`cardlift login` をもう一度実行してください
login-timed-out = { $time } 以内にブラウザーが戻ってきませんでした。エラーなしでログインページが再び表示された場合は、アプリにスコープ `{ $scope }` かリダイレクト URL { $redirect } がありません。開発者コンソールで追加し、`cardlift login` をもう一度実行してください
login-page-done = ログインしました。このページを閉じてターミナルに戻ってください。
login-page-failed = ログインできませんでした。理由はターミナルに表示されています。このページは閉じてかまいません。
logout-done = ログアウトしました。トークンを無効にし、{ $path } を削除しました。
logout-nobody = アプリ `{ $client }` でログインしているユーザーはいません。
logout-failed = { $said }。トークンが無効になっていないため { $path } を残しました。`cardlift logout` をもう一度実行してください
property-unknown = マッピングのカスタムプロパティ `{ $name }` がサービスにありません(あるもの: { $known })。先にドメインに追加するか、マッピングから外してください
property-unknown-none = マッピングのカスタムプロパティ `{ $name }` がサービスにありません(一つもありません)。先にドメインに追加するか、マッピングから外してください
property-kind = カスタムプロパティ `{ $name }` はサービスで { $kind } 型ですが、マッピングは `{ $filled }` に入れます。STRING は `content`、LINK は `link` を受け付けます
property-multi = カスタムプロパティ `{ $name }` はサービスで複数の値を持ちます。[custom_properties.{ $name }] の下に `multi = true` と書いてください
property-single = カスタムプロパティ `{ $name }` はサービスで値が一つです。[custom_properties.{ $name }] の下に `multi = false` と書いてください
service-unusable = サービスを利用できません: { $failure }
unread = { $what }を読めないため、何も送信していません: { $why }
unread-part = サービスが連絡先の一部しか返さず、すべては読み取れないため、何も送信していません。[send] の `match_remote` を無効にしてください
unread-properties = カスタムプロパティ
unread-tags = タグ
unread-tag = タグ `{ $name }` 
unread-contacts = サービスの連絡先
unread-contact = 連絡先
tag-refused = サービスがタグ `{ $name }` を拒否しました: { $failure }。[tags] の names で別の名前にするか、空にしてください。何も送信していません

## 実行、レコード、ファイル
run-line = { $run }  { $started }  { $state }  { $records }、作成 { $created } 件{ $undone ->
    [0] {""}
   *[other] (うち削除 { $undone } 件)
}、{ $others }  { $files }  { $service }
run-planning = 計画中
run-ready = 進行中
run-finished = 完了
run-stopped = 停止
run-interrupted = 中断
run-unknown = 台帳に実行 `{ $run }` がありません。一覧: `cardlift runs`
report-unwritable = { $folder }: レポートを書き込めません: { $error }
report-unwritten = レポートを書き込めません: { $error }。空きを作るか、--report で別のフォルダーを指定してください
folder-not-ours = { $folder }: cardlift のレポート以外のものが入っているため、何も変更していません。新しいフォルダーか空のフォルダーを指定してください: --report { $other }
folder-has-input = { $folder }: 入力ファイル { $input } が入っています。レポートは入力と同じフォルダーには書き込みません。別のフォルダーを指定してください: --report { $other }
folder-parts = `{ $name }`: 作成中のレポートの場所に別のファイルがあります。それを取り除くか、--report で別のフォルダーを指定してください
report-edited = { $name } は cardlift が書き込んだ後に編集されているため、{ $now } として残しました
report-moved = 以前のレポートのファイルは { $folder } に移動しました
input-stopped = { $path }: これ以上読めません: { $error }
input-changed = 読み取り中に入力ファイルが変わりました: { $error }
ledger-homeless = 台帳を置くホームフォルダーがありません: { $error }。--ledger で台帳を指定してください
explain-no-place = `{ $place }` は位置ではありません。contacts.csv:17 のように FILE:LINE で書いてください
explain-no-record = { $place }: この行にもその上にもレコードがありません
explain-known = 実行 { $run }、レコード { $record }: { $state }
explain-known-as = 実行 { $run }、レコード { $record }: { $state }({ $id })
init-exists = { $path }: 既にあるため、そのままにしました。別のファイルを指定してください: cardlift init FILE

## 台帳
ledger-held = `{ $path }`: 別の実行がこの台帳を使用中です。終わるまで待ってください。別の台帳(--ledger)は別の連絡先にだけ使ってください。台帳は自分が作成したものしか知りません
ledger-held-by = `{ $path }`: 別の実行(プロセス { $process })がこの台帳を使用中です。終わるまで待ってください。別の台帳(--ledger)は別の連絡先にだけ使ってください。台帳は自分が作成したものしか知りません
ledger-missing = `{ $path }`: まだ台帳がありません。最初の `cardlift import` で作られます
ledger-not-writable = `{ $path }`: 台帳に書き込めないため({ $reason })、何も送信しません。この場所を書き込み可能にするか、この台帳でまだ何もインポートしていなければ --ledger で別の台帳を指定してください
ledger-full = `{ $path }`: 台帳を置くディスクの空きがありません。空きを作って同じコマンドをもう一度実行してください。止まったところから再開します
ledger-disk = `{ $path }`: ディスクのエラーです({ $doing }: { $reason })。これ以上送信しません。ディスクが正常に戻ったら同じコマンドをもう一度実行してください。止まったところから再開します
ledger-not-one = `{ $path }`: cardlift の台帳ではないファイルです。--ledger で別のファイルを指定してください
ledger-newer = `{ $path }`: この台帳はバージョン { $found } ですが、この cardlift はバージョン { $known } までしか扱えません。この台帳を書いた新しい cardlift を使ってください
ledger-damaged = `{ $path }`: 台帳が壊れています({ $reason })。バックアップを `-wal` ファイルとともに復元してください。そのバックアップ以降に作成したものは再び作成されます
credentials-key = 秘密鍵を読めません: { $reason }。開発者コンソールからもう一度ダウンロードしてください
credentials-token = トークンが空か、トークンにない文字があります。もう一度コピーしてください
credentials-client = クライアント ID かクライアントシークレットが違います。開発者コンソールと照合してください
credentials-account = サービスアカウントが拒否されました。ID が違うか、別のアプリの秘密鍵です。開発者コンソールと照合してください
credentials-clock-ahead = このコンピューターの時計がサービスより { $seconds } 秒進んでいます。時計を合わせてください
credentials-clock-behind = このコンピューターの時計がサービスより { $seconds } 秒遅れています。時計を合わせてください
credentials-scope = アプリにスコープがありません。開発者コンソールで追加してください
credentials-not-permitted = アプリはサービスアカウントのトークンを取得できません。開発者コンソールを確認してください
credentials-no-login = ログインしているユーザーがいません。`cardlift login` を実行してください
credentials-login-ended = ログインの期限が切れたか、無効にされました。`cardlift login` をもう一度実行してください
credentials-code = ログインページのコードが拒否されました。期限が切れたか、リダイレクト URL が登録されたものと違います。`cardlift login` をもう一度実行してください
credentials-other = トークンが発行されませんでした
credentials-said = { $problem }(トークンサービスの応答: { $said })
