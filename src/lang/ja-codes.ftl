# `cardlift explain-code` の日本語の説明。コードの呼び名は ja.ftl にある。

## 問題
code-NAME_MISSING =
    .wants = `contactName.firstName` と `contactName.lastName` のどちらか。`contactName` のほかの部分はなくてもかまいません。
    .why = 連絡先は名前で一覧に表示されます。個人名がなければ会社名を名前にします。どちらもないレコードだけがこのコードになります。
    .excel = その行の名前の列のいずれかを入力してください。
    .google = 連絡先を開き、名、姓、会社のいずれかを入力して保存し、エクスポートし直してください。
    .mapping = 名前がマッピングされていない列にある場合は、`[mapping.contactName] lastName = "列名"` でマッピングしてください。氏名が一つの列にある場合は `fullName = "列名"` です。
code-EMAIL_OR_TELEPHONE_MISSING =
    .wants = `emails` か `telephones` に 1 件以上。
    .why = サービスは、メールアドレスも電話番号もない連絡先を受け付けません。
    .excel = その行のメールアドレスか電話番号の列を入力してください。不要な行なら削除してください。
    .google = 連絡先を開き、メールか電話を追加して保存し、エクスポートし直してください。
    .mapping = 値がマッピングされていない列にある場合は、`emails = ["列名"]` か `telephones = [{"{"} telephone = "列名", type = "WORK" {"}"}]` を追加してください。
code-VALUE_MISSING =
    .wants = メッセージにあるプロパティの値。リストの項目には `email`、`telephone`、`date`、`address`、`id`、`url` が、メンバーには `id` が必要です。
    .why = 値のない項目には意味がなく、サービスはそのために連絡先全体を拒否します。
    .excel = セルを入力するか、ラベルなど同じ項目の隣のセルを空にしてください。
    .google = 連絡先を開き、書きかけの項目を完成させるか削除してください。
    .mapping = 既定値を指定してください: `{"{"} column = "列名", default = "値" {"}"}`。
code-TOO_LONG =
    .wants = 名前の各部分、会社、住所、郵便番号、メッセンジャー ID、ウェブサイトの URL、直接入力の種別は 100 文字以内、メールアドレスは 256 文字以内、カスタムリンクは 300 文字以内、`memo` は 4,000 文字以内。
    .why = サービスの文書が定める上限で、バイト数ではなく文字数で数えます。
    .excel = セルの内容を短くしてください。`=LEN(A2)` で文字数が分かります。
    .google = 値を短くするか、一部をメモに移してください。
    .mapping = `[normalize] too_long = "carry_over"` にすると、その値だけを除いて残りをインポートし、除いた値はレポートに残ります。`carry_over = "memo"` も設定すると、入る分だけメモに追記します。
code-TOO_MANY_ITEMS =
    .wants = リストの項目は 100 個、メンバーは 500 名、カスタムプロパティの値は 10 個まで。
    .why = サービスの文書が定める上限です。
    .excel = 不要なセルを空にするか、行を二つの連絡先に分けてください。
    .google = 連絡先から項目を削除してください。
    .mapping = そのリストにマッピングする列を減らしてください。
code-NOT_ALLOWED =
    .wants = `type`、`dayType`、`accessibleRange` には、メッセージにある値のいずれかを大文字で。
    .why = サービスはこれらの値だけを受け付けます。それ以外の種別は `CUSTOM` と `customType` で表します。
    .excel = メッセージにある値のいずれかにしてください。
    .google = Google のラベルは cardlift が変換します。このコードは自作のマッピングで起こります。
    .mapping = ラベルを変換してください: `type = {"{"} column = "列名", labels = {"{"} "直通" = "WORK" {"}"}, default = "OTHER" {"}"}`。
code-PHONE_PATTERN =
    .wants = `telephones[].telephone` は数字 0～9、空白、+ - * # ( ) P T だけ。
    .why = サービスは番号全体を検査します。cardlift は確実なもの(全角の数字とハイフン、`tel:`、内線)は書き換え、数字の代わりの文字などは人に確認します。
    .excel = 番号を数字で書いてください。番号が二つあれば二つの列に分け、「担当者へ」のような言葉はメモの列に移してください。先頭の 0 が消えないよう、先に列の書式を文字列にしてください。
    .google = 連絡先を開き、電話番号を直して保存し、エクスポートし直してください。
    .mapping = 電話番号以外の内容が入った列なら、`telephones` ではなく `memo` にマッピングしてください。
code-DATE_INVALID =
    .wants = `events[].date` は実在する日付を YYYY-MM-DD 形式で。
    .why = 2 月 30 日のような存在しない日や、確実に読み取れない形式は推測しません。
    .excel = 2021-01-09 のように書いてください。Excel が独自の日付に変えないよう、先に列の書式を文字列にしてください。
    .google = 連絡先を開き、誕生日や日付を直して保存し、エクスポートし直してください。
    .mapping = 日付ではない列は `memo` にマッピングできます。マッピングしなければ、値はレポートに残ります。
code-DATE_AMBIGUOUS =
    .wants = `events[].date` は YYYY-MM-DD 形式で。
    .why = 1/2/2020 は 1 月 2 日とも 2 月 1 日とも読めます。同じファイルの別の日付から順序が分かれば読み取りますが、ここには手がかりがありません。
    .excel = 2020-02-01 のように書いてください。先に列の書式を文字列にしてください。
    .google = Google は YYYY-MM-DD でエクスポートします。エクスポートし直し、表計算ソフトで保存しないでください。
    .mapping = `[normalize] date_order = "day_first"` か `"month_first"` で、ファイル全体の順序を決めてください。
code-URL_INVALID =
    .wants = カスタムプロパティの `link` は、https://example.com/page のような正しい URL で。
    .why = サービスがリンクとして表示します。
    .excel = アドレスの先頭に https:// を付け、空白なしで書いてください。
    .google = 連絡先のウェブサイトを直してください。
    .mapping = 先頭部分を付けてください: `{"{"} template = "https://{"{"}列名{"}"}" {"}"}`。
code-CUSTOM_TYPE_WITHOUT_CUSTOM =
    .wants = `customType` は種別が `CUSTOM` のときだけ。
    .why = 項目の種別は、サービスが定めたものか直接入力したものの、どちらか一方です。
    .excel = 種別か直接入力の種別の、どちらかを空にしてください。
    .google = 自作のマッピングで起こります。Google のラベルは一つだけです。
    .mapping = ラベルだけをマッピングしてください。既知のラベルは種別になり、ほかは `CUSTOM` とその文字列になります。
code-PRIMARY_COUNT =
    .wants = 各リストで `primary` が true の項目がちょうど 1 個。
    .why = サービスの文書が 1 個と定めています。指定する列がなければ、cardlift が先頭の項目を代表にします。
    .excel = その行で代表とする項目を一つだけにしてください。
    .google = 自作のマッピングで起こります。Google は代表をエクスポートしません。
    .mapping = マッピングから `primary` を外すと、先頭の項目が代表になります。
code-MEMBERS_MISSING =
    .wants = `permission.accessibleRange` が `MEMBER` なら、`permission.accessibleMembers` に 1 名以上。
    .why = 特定のメンバー向けの連絡先には、誰が見られるかの指定が必要です。
    .excel = ファイルにその列がある場合だけ、メンバーの ID を入力してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] members` に指定するか、ドメインの全メンバーに公開するなら `accessible_range = "ALL"` にしてください。
code-MASTER_MISSING =
    .wants = `permission.accessibleRange` が `MEMBER` なら、`permission.masterUserId`。
    .why = 特定のメンバー向けの連絡先には、マスターとなるメンバーが必要です。
    .excel = ファイルにその列がある場合だけ、メンバーの ID を入力してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] master_user_id` に指定するか、`accessible_range = "ALL"` にしてください。
code-MEMBER_TWICE =
    .wants = `permission.accessibleMembers` には各メンバーを 1 回だけ。
    .why = サービスの文書では、項目は互いに異なる必要があります。
    .excel = ファイルにその列がある場合だけ、一方を削除してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] members` から一方を削除してください。
code-MESSENGER_TWITTER =
    .wants = `messengers[].type` は FACEBOOK、LINE、X、CUSTOM のいずれか。
    .why = サービスは TWITTER を X に改め、TWITTER は 2026 年 11 月中旬に廃止されます。
    .excel = TWITTER の代わりに X と書いてください。
    .google = 対処は不要です。Twitter というラベルは cardlift が X と書きます。
    .mapping = `type = {"{"} constant = "X" {"}"}` と書いてください。
code-PROPERTY_NAME =
    .wants = `customProperties` の名前は、英字か `_` で始まり、英数字と `_` で 120 文字以内。
    .why = サービスのカスタムプロパティに使える名前です。連絡先で使う前に、サービス側で作成しておく必要があります。
    .excel = ファイルではなく、設定で決めます。
    .google = Google ではなく、設定で決めます。
    .mapping = `customProperties` のキーを、サービスにあるプロパティの名前に変えてください。
code-SPREADSHEET_DAMAGE =
    .wants = 元の値: 電話番号の全体、日付。
    .why = 表計算ソフトは CSV を開くとき、長い数字を 1.01E+09 に、日付をシリアル値に、= や + で始まる値を数式に変えます。そのまま保存すると、元の値はファイルから失われます。
    .excel = エクスポートし直し、「データ」>「テキストまたは CSV から」で、すべての列を文字列として読み込んでください。または、書式を文字列にしたセルに値を入力してください。
    .google = エクスポートし直し、表計算ソフトで開かずにそのままインポートしてください。
    .mapping = マッピングでは値を元に戻せません。
code-ENCODING =
    .wants = 文字。API は UTF-8 を受け付け、cardlift がファイルの文字コードから変換します。
    .why = 読み取りに使った文字コードでは意味をなさないバイトがあります。一つのファイルに二つの文字コードが混ざっているか、判定の誤りか、ファイルの破損です。
    .excel = 「CSV UTF-8」形式で保存してください。
    .google = エクスポートし直してください。Google は UTF-8 で書き出します。
    .mapping = 文字コードを指定してください: `--encoding cp949`、`--encoding shift_jis` など。
code-ENCODING_UNCERTAIN =
    .wants = 確実に読み取れる文字。vCard では UTF-8、または CHARSET に書かれた文字コードです。
    .why = 同じバイト列が文字コードによって別の名前になります。4 バイトは韓国語にも中国語にもなり得ます。cardlift は名前を推測しません。ファイル全体の文字を合わせて調べましたが、判断するには足りません。
    .excel = Excel は vCard を読めません。文字コードを表示できるテキストエディタで開いてください。
    .google = エクスポートし直してください。Google は UTF-8 で書き出します。
    .mapping = `--encoding cp949`、`shift_jis`、`gbk`、`big5`、`windows-1251` などで、ファイル全体の文字コードを指定します。
code-STRAY_QUOTE =
    .wants = CSV の引用符は対で。引用符を含むセルは引用符で囲み、中の引用符は二重にします。
    .why = 引用符が一つ多いか少ないと、セルの終わりが分かりません。後ろの行まで取り込んでいる可能性があるため、送信しません。
    .excel = テキストエディタでその行を開き、セル内の引用符を二重にするか、余分な引用符を削除してください。Excel は正しく書き出します。
    .google = エクスポートし直してください。Google は正しく書き出します。
    .mapping = マッピングでは直せません。
code-CUT_OFF =
    .wants = 完全なファイル。
    .why = 引用符で囲まれたセルの途中でファイルが終わっています。ダウンロードが中断されたか、引用符が閉じられていません。
    .excel = テキストエディタでファイルの末尾を開いて引用符を閉じるか、エクスポートし直してください。
    .google = エクスポートし直し、ダウンロードの完了を待ってください。
    .mapping = マッピングでは直せません。
code-RECORD_TOO_LARGE =
    .wants = 文書にはありません。cardlift が読むレコードは 512 KiB までで、連絡先 1 件に必要な大きさをはるかに上回ります。
    .why = 引用符が開いたまま閉じられず、ファイルの残りが一つのセルになったか、セルに写真などのファイルが入っている可能性が高いです。
    .excel = テキストエディタでその行を開き、引用符を閉じてください。ファイルの入った列は Excel で削除します。
    .google = エクスポートし直してください。
    .mapping = マッピングでは直せません。
code-CARD_UNREADABLE =
    .wants = BEGIN:VCARD から END:VCARD までの vCard 2.1、3.0、4.0。
    .why = 内容が破損と区別できません。ファイル内のほかのカードは読み取ります。
    .excel = Excel は vCard を読めません。テキストエディタで開いてください。
    .google = 連絡先を vCard か CSV でエクスポートし直してください。
    .mapping = マッピングでは直せません。
code-GROUP_CARD =
    .means = この vCard はグループまたは配布リスト (`KIND:group`) で、メンバーを持つだけの、人ではないカードです。対象外とし、メンバーは results.jsonl の注記に記します。
    .next = 対応は不要です。所属を残すには、メンバーに分類を付けて `[tags]` を設定してください。
code-DUPLICATE =
    .wants = サービスは重複を防ぎません。二度作成すると連絡先が二つになるため、cardlift が送信しません。
    .why = この入力の前のレコードと名前が同じで、メールアドレスか電話番号が共通しています。会社や家族のように、これらだけが同じで名前が違う場合は、どちらも作成します。
    .excel = 両方必要なら、名前を変えてください。そうでなければ対処は不要です。
    .google = 「統合と修正」で重複をまとめ、エクスポートし直してください。
    .mapping = マッピングでは変わりません。

code-CHANGED =
    .means = 以前の実行で作成したレコードですが、その後内容が変わっています。サービスの連絡先はそのままです。
    .next = 連絡先を更新するには、`[mapping] key` と `on_change = "update"` を設定してください。作り直すには、`cardlift undo RUN --record N` で先に削除してから、もう一度インポートしてください。
code-UPDATED =
    .means = 以前の実行で作成したレコードの内容が変わったため、`on_change = "update"` の設定に従って連絡先を更新しました。
    .next = ありません。
code-DIFFERS =
    .means = `match_remote` がサービスで同じ人を見つけました。名前が同じで、メールアドレスまたは電話番号が共通です。その連絡先は内容が異なり、そのままにしました。
    .next = 両者を比べ、必要ならサービスの連絡先を直してください。
code-CONTACT_GONE =
    .means = レコードが変わったため連絡先を更新しようとしましたが、サービスにもうありません。
    .next = 作り直すには、作成した実行を `cardlift undo RUN --record N` で取り消してからもう一度インポートしてください。

## 結果
outcome-page-valid =
    .means = チェックに合格しました。サービスが受け付けるレコードです。
    .next = インポートしてください。
outcome-page-created =
    .means = この実行で連絡先を作成しました。`contact_id` はサービスでの ID です。
    .next = ありません。
outcome-page-exists =
    .means = 連絡先はすでにあります。以前の実行で作成したか、サービスで見つかったもので、再び作成はしていません。
    .next = ありません。
outcome-page-duplicate =
    .means = 同じ入力の前のレコードと名前が同じで、メールアドレスか電話番号が共通しています。送信していません。
    .next = ありません。両方必要なら、名前を変えてください。
outcome-page-invalid =
    .means = サービスの規則に合わないため、送信していません。理由は `code`、`field`、`message` にあります。
    .next = rejects.csv か rejects.vcf で修正し、そのファイルをインポートしてください。
outcome-page-skipped =
    .means = グループのカードなど、連絡先ではありません。送信せず、これによって人の情報が失われることもありません。内容は `code` と `message` にあります。
    .next = 対応は不要です。
outcome-page-rejected =
    .means = サービスに拒否されました。`code` と `message` はサービスのものです。何も作成されていません。
    .next = rejects.csv か rejects.vcf で修正し、そのファイルをインポートしてください。
outcome-page-failed =
    .means = 作成されていないことは確実で、試行回数の上限に達しました。
    .next = rejects.csv か rejects.vcf をインポートするか、同じコマンドをもう一度実行してください。
outcome-page-unknown =
    .means = 作成された可能性があります。リクエストは送られましたが、読み取れる応答がありませんでした。確認せずに再送することはありません。
    .next = 同じコマンドをもう一度実行してください。まずサービスで連絡先を探します。
outcome-page-not_attempted =
    .means = 順番が来る前に実行が終わりました。
    .next = 同じコマンドをもう一度実行してください。止まったところから再開します。
