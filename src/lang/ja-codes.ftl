# `cardlift explain-code` の日本語の説明。コードの呼び名は ja.ftl にある。

## 問題
code-NAME_MISSING =
    .wants = `contactName.firstName` と `contactName.lastName` の少なくとも一方。`contactName` のほかの部分は任意です。例: 名前と会社名が空 → 姓に「見本」
    .why = 連絡先は名前で一覧に表示されます。個人名がなければ会社名を名前にします。このコードになるのは、どちらもないレコードだけです。
    .excel = 行の姓、名、会社名のいずれかの列を入力してください。
    .google = 連絡先を開き、名、姓、会社のいずれかを入力して保存し、エクスポートし直してください。
    .mapping = 名前がマッピングされていない列にあれば、`[mapping.contactName] lastName = "列名"` でマッピングしてください。氏名が一つの列にあれば `fullName = "列名"` です。
code-EMAIL_OR_TELEPHONE_MISSING =
    .wants = `emails` か `telephones` に 1 件以上。例: どちらも空 → 電話番号に `03-0000-0001`
    .why = サービスは、メールアドレスも電話番号もない連絡先を拒否します。
    .excel = 行のメールアドレスか電話番号の列を入力してください。不要な行なら削除してください。
    .google = 連絡先を開き、メールか電話を追加して保存し、エクスポートし直してください。
    .mapping = 値がマッピングされていない列にあれば、`emails = ["列名"]` か `telephones = [{"{"} telephone = "列名", type = "WORK" {"}"}]` を追加してください。
code-VALUE_MISSING =
    .wants = メッセージに示されたプロパティの値。リストの項目には `email`、`telephone`、`date`、`address`、`id`、`url` のいずれか、メンバーには `id` が必要です。例: ラベルが `Work` で番号が空 → 番号に `03-0000-0001`
    .why = 値のない項目が一つでもあると、サービスは連絡先全体を拒否します。
    .excel = セルを入力するか、ラベルなど同じ項目のセルも空にしてください。
    .google = 連絡先を開き、入力途中の項目を完成させるか削除してください。
    .mapping = 既定値を指定してください: `{"{"} column = "列名", default = "値" {"}"}`。
code-TOO_LONG =
    .wants = 名前の各部分、会社名、住所、郵便番号、SNS の ID、ウェブサイトの URL、直接入力の種別は 100 文字以内、メールアドレスは 256 文字以内、カスタムリンクは 300 文字以内、`memo` は 4,000 文字以内。例: 120 文字の会社名 → 100 文字以内の略称
    .why = サービスの文書が定める上限です。バイト数ではなく文字数で数えます。
    .excel = セルの内容を短くしてください。文字数は `=LEN(A2)` で分かります。
    .google = 値を短くするか、一部をメモに移してください。
    .mapping = `[normalize] too_long = "carry_over"` にすると、その値だけを取り込まず、残りをインポートします。値はレポートに残ります。`carry_over = "memo"` も設定すると、入る分だけメモに追記します。
code-TOO_MANY_ITEMS =
    .wants = リストの項目は 100 個、メンバーは 500 人、カスタムプロパティの値は 10 個まで。例: メールアドレス 101 個 → 100 個
    .why = サービスの文書が定める上限です。
    .excel = 不要なセルを空にするか、行を二つの連絡先に分けてください。
    .google = 連絡先から項目を削除してください。
    .mapping = そのリストにマッピングする列を減らしてください。
code-NOT_ALLOWED =
    .wants = `type`、`dayType`、`accessibleRange` には、メッセージに示された値のいずれかを大文字で。例: `office` → `WORK`
    .why = サービスが受け付けるのはこれらの値だけです。それ以外の種別は `CUSTOM` と `customType` で表します。
    .excel = メッセージに示された値のいずれかにしてください。
    .google = Google のラベルは cardlift が変換します。自作のマッピングで起こります。
    .mapping = ラベルを変換してください: `type = {"{"} column = "列", labels = {"{"} "直通" = "WORK" {"}"}, default = "OTHER" {"}"}`。
code-PHONE_PATTERN =
    .wants = `telephones[].telephone` には、数字 0～9、空白、+ - * # ( ) P T だけ。例: `03-0000-0001 担当者へ` → `03-0000-0001`
    .why = サービスは番号全体を検査します。cardlift は確実なもの(全角の数字とハイフン、`tel:`、内線)だけを書き換えます。数字の代わりの文字などは推測しません。
    .excel = 番号を数字で書いてください。番号が二つあれば二つの列に分け、「担当者へ」などの言葉はメモの列に移してください。先頭の 0 が消えないよう、先に列の書式を文字列にしてください。
    .google = 連絡先を開き、電話番号を直して保存し、エクスポートし直してください。
    .mapping = 電話番号以外の列なら、`telephones` ではなく `memo` にマッピングしてください。
code-DATE_INVALID =
    .wants = `events[].date` には、実在する日付を YYYY-MM-DD 形式で。例: `1990-02-30` → `1990-02-28`
    .why = 2 月 30 日のような存在しない日や、日付と判別できない形式です。cardlift は推測しません。
    .excel = 2021-01-09 のように書いてください。Excel が独自の日付に変えないよう、先に列の書式を文字列にしてください。
    .google = 連絡先を開き、誕生日や日付を直して保存し、エクスポートし直してください。
    .mapping = 日付ではない列は `memo` にマッピングできます。マッピングしなければ取り込まれず、値はレポートに残ります。
code-DATE_AMBIGUOUS =
    .wants = `events[].date` には、日付を YYYY-MM-DD 形式で。例: `1/2/2020` → `2020-02-01`
    .why = 1/2/2020 は 1 月 2 日とも 2 月 1 日とも読めます。同じファイルのほかの日付から順序が分かれば読み取りますが、このファイルでは分かりません。
    .excel = 2020-02-01 のように書いてください。先に列の書式を文字列にしてください。
    .google = Google は YYYY-MM-DD でエクスポートします。エクスポートし直し、表計算ソフトで保存しないでください。
    .mapping = `[normalize] date_order = "day_first"` か `"month_first"` で、ファイル全体の順序を指定してください。
code-URL_INVALID =
    .wants = カスタムプロパティの `link` には、正しい URL。例: `example.com/my page` → `https://example.com/my-page`
    .why = サービスでリンクとして表示されます。
    .excel = アドレスを https:// で始め、空白を除いてください。
    .google = 連絡先のウェブサイトを直してください。
    .mapping = 先頭を補ってください: `{"{"} template = "https://{"{"}列名{"}"}" {"}"}`。
code-CUSTOM_TYPE_WITHOUT_CUSTOM =
    .wants = `customType` は、種別が `CUSTOM` のときだけ。例: 種別 `WORK` と `customType` の「直通」→ 種別 `CUSTOM` と「直通」
    .why = 項目の種別は、サービスの種別か直接入力の種別の、どちらか一方です。
    .excel = 種別か直接入力の種別のどちらかを空にしてください。
    .google = 自作のマッピングで起こります。Google のラベルは一つだけです。
    .mapping = ラベルだけをマッピングしてください。既知のラベルはサービスの種別に、ほかは `CUSTOM` とその文字列になります。
code-PRIMARY_COUNT =
    .wants = 各リストで `primary` が true の項目を 1 個だけ。例: 代表のメールアドレス 2 個 → 1 個
    .why = サービスの文書が 1 個と定めています。指定する列がなければ、先頭の項目を代表にします。
    .excel = 行の代表の項目を一つだけにしてください。
    .google = 自作のマッピングで起こります。Google は代表の指定をエクスポートしません。
    .mapping = マッピングから `primary` を外すと、先頭の項目が代表になります。
code-MEMBERS_MISSING =
    .wants = `permission.accessibleRange` が `MEMBER` なら、`permission.accessibleMembers` に 1 人以上。例: `members` の指定なし → `members = ["kim@example.com"]`
    .why = アクセスを許可するメンバーを指定しないと、誰にも表示できません。
    .excel = ファイルにメンバーの列があれば、ID を入力してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] members` に指定するか、ドメインの全メンバーに公開するなら `accessible_range = "ALL"` にしてください。
code-MASTER_MISSING =
    .wants = `permission.accessibleRange` が `MEMBER` なら、`permission.masterUserId`。例: `master_user_id` の指定なし → `master_user_id = "kim@example.com"`
    .why = 特定のメンバー向けの連絡先には、管理者となるメンバーが必要です。
    .excel = ファイルにメンバーの列があれば、ID を入力してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] master_user_id` に指定するか、`accessible_range = "ALL"` にしてください。
code-MEMBER_TWICE =
    .wants = `permission.accessibleMembers` には各メンバーを 1 回だけ。例: `["kim", "lee", "kim"]` → `["kim", "lee"]`
    .why = サービスの文書は、同じメンバーの繰り返しを認めていません。
    .excel = ファイルにメンバーの列があれば、一方を削除してください。
    .google = Google ではなく、設定で決めます。
    .mapping = `[permission] members` から一方を削除してください。
code-MESSENGER_TWITTER =
    .wants = `messengers[].type` は FACEBOOK、LINE、X、CUSTOM のいずれか。例: `TWITTER` → `X`
    .why = サービスは TWITTER を X に改称し、2026 年 11 月中旬に TWITTER を廃止します。
    .excel = TWITTER の代わりに X と書いてください。
    .google = 対処は不要です。Twitter というラベルは cardlift が X に変えます。
    .mapping = `type = {"{"} constant = "X" {"}"}` と書いてください。
code-PROPERTY_NAME =
    .wants = `customProperties` の名前は、英字か `_` で始まり、英数字と `_` で 120 文字以内。例: `顧客番号` → `customer_number`
    .why = サービスのカスタムプロパティに使える名前です。先にサービスで作成しておく必要があります。
    .excel = ファイルではなく、設定で決めます。
    .google = Google ではなく、設定で決めます。
    .mapping = `customProperties` のキーを、サービスにあるプロパティの名前にしてください。
code-SPREADSHEET_DAMAGE =
    .wants = 元の値。電話番号なら全体、日付なら日付です。例: `1.01E+09` → `010-0000-0001`
    .why = 表計算ソフトは CSV を開くとき、長い数字を 1.01E+09 に、日付をシリアル値に、= や + で始まる値を数式に変えます。そのまま保存すると、元の値は失われます。
    .excel = エクスポートし直し、「データ」>「テキストまたは CSV から」で、すべての列を文字列として読み込んでください。または、書式が文字列のセルに値を入力してください。
    .google = エクスポートし直し、表計算ソフトで開かずにインポートしてください。
    .mapping = マッピングでは値を元に戻せません。
code-ENCODING =
    .wants = 文字。サービスは UTF-8 を受け付け、cardlift がファイルの文字コードから変換します。例: `山�` → `山田`
    .why = 読み取りに使った文字コードでは意味をなさないバイトがあります。一つのファイルに二つの文字コードが混ざっているか、判別の誤りか、ファイルの破損です。
    .excel = 「CSV UTF-8」形式で保存してください。
    .google = エクスポートし直してください。Google は UTF-8 で書き出します。
    .mapping = 文字コードを指定してください: `--encoding cp949`、`--encoding shift_jis` など。
code-ENCODING_UNCERTAIN =
    .wants = 確実に読み取れる文字。vCard では UTF-8、または CHARSET に書かれた文字コードです。例: 文字コードの指定なし → `--encoding shift_jis`
    .why = 同じバイト列が、文字コードによって別の名前になります。4 バイトは韓国語にも中国語にもなり得ます。ファイル全体の文字を調べても判別できず、cardlift は名前を推測しません。
    .excel = Excel は vCard を読み取れません。文字コードを表示できるテキストエディターで開いてください。
    .google = エクスポートし直してください。Google は UTF-8 で書き出します。
    .mapping = ファイル全体の文字コードを、`--encoding cp949`、`shift_jis`、`gbk`、`big5`、`windows-1251` などで指定してください。
code-STRAY_QUOTE =
    .wants = CSV の引用符は対で。引用符を含むセルは引用符で囲み、中の引用符は二重にします。例: `"見本 "花子" 様"` → `"見本 ""花子"" 様"`
    .why = 引用符に過不足があると、セルの終わりが分かりません。後ろの行まで含んでいる可能性があるため、送信しません。
    .excel = テキストエディターで行を開き、セル内の引用符を二重にするか、余分な引用符を削除してください。Excel が書き出す引用符は正しいものです。
    .google = エクスポートし直してください。Google は正しく書き出します。
    .mapping = マッピングでは直せません。
code-CUT_OFF =
    .wants = 最後までそろったファイル。例: `"東京都千代田` で終わる → `"東京都千代田区"`
    .why = 引用符付きのセルの途中でファイルが終わっています。ダウンロードが中断されたか、引用符の閉じ忘れです。
    .excel = テキストエディターでファイルの末尾の引用符を閉じるか、エクスポートし直してください。
    .google = エクスポートし直し、ダウンロードの完了を待ってください。
    .mapping = マッピングでは直せません。
code-RECORD_TOO_LARGE =
    .wants = サービスの文書に定めはありません。cardlift が読み取るレコードは 512 KiB までで、連絡先には十分な大きさです。例: 写真の列のある 2 MB の行 → 写真の列を空にした行
    .why = 引用符の閉じ忘れでファイルの残りが一つのセルになったか、セルに写真などのファイルが入っているとみられます。
    .excel = テキストエディターで行を開き、引用符を閉じてください。ファイルの入った列は Excel で削除してください。
    .google = エクスポートし直してください。
    .mapping = マッピングでは直せません。
code-CARD_UNREADABLE =
    .wants = BEGIN:VCARD から END:VCARD までの vCard 2.1、3.0、4.0。例: 1 行にまとめて書かれたカード → 1 行に一つの項目
    .why = 内容を破損と区別できません。ファイル内のほかのカードは読み取ります。
    .excel = Excel は vCard を読み取れません。テキストエディターで開いてください。
    .google = 連絡先を vCard か CSV でエクスポートし直してください。
    .mapping = マッピングでは直せません。
code-GROUP_CARD =
    .means = グループまたは配布リスト(`KIND:group`)の vCard で、人ではありません。対象外とし、メンバーは results.jsonl の注記に残します。例: `KIND:group` と `MEMBER:urn:uuid:…` だけのカード
    .next = 対処は不要です。所属を残すには、メンバーに分類を付けて `[tags]` を設定してください。
code-EMAIL_INVALID =
    .wants = `@` が 1 個で、両側に文字があり、空白を含まないこと。サービスの文書に定めはありませんが、ほかの形式にはメールが届かないため cardlift が定めた規則です。例: `ann@@example.com` → `ann@example.com`
    .why = 入力の誤り(`ann@@example.com`、`ann.example.com`)か、列に別の値が入っています。電話番号か別のメールアドレスがあれば、この値だけを取り込まず、行番号とともに知らせます。
    .excel = 正しいアドレスに直すか、セルを空にしてください。
    .google = 連絡先を開いてメールアドレスを直し、保存してからエクスポートし直してください。
    .mapping = メールアドレス以外の列なら、`emails` ではなく `memo` にマッピングしてください。
code-ROW_TOO_LONG =
    .wants = 値の数がヘッダーの列数以下の行。多いと、どの値がどの列のものか分かりません。例: `Ann,1 Main St, Apt 4` → `Ann,"1 Main St, Apt 4"`
    .why = 引用符のない値に、`1 Main St, Apt 4` のようなカンマがあります。別の列に入ったおそれのある値は送信しません。
    .excel = 値を引用符で囲むか、余分なセルを削除してください。
    .google = エクスポートし直し、ファイルをテキストとして編集しないでください。Google は引用符を付けます。
    .mapping = マッピングでは直せません。
code-TOTAL_ROW =
    .wants = 連絡先の行。合計を表す語で始まり、数だけが入った行は送信しません。例: `合計,,120` の行 → 削除
    .why = 表計算ソフトの一覧の下にある合計の行です。
    .excel = 対処は不要です(行を削除してもかまいません)。
    .google = Google にこのような行はなく、後から追加されたものです。
    .mapping = マッピングでは変わりません。
code-HEADER_REPEATED =
    .means = ファイルをつなげたときなどの、ヘッダーの繰り返しです。対象外とします。例: 200 行目に再び `Name,Email,Phone`
    .next = 対処は不要です。
code-DUPLICATE =
    .wants = レコードごとに別の人。サービスは重複を防がないため、cardlift が送信しません。例: 名前が同じで電話番号も同じ 2 行 → 別の人なら名前を変える
    .why = この入力の先のレコードと名前が同じで、メールアドレスか電話番号が共通しています。会社や家族のように名前が違えば、どちらも登録します。
    .excel = 両方必要なら、名前を変えてください。そうでなければ対処は不要です。
    .google = 「統合と修正」で重複をまとめ、エクスポートし直してください。
    .mapping = マッピングでは変わりません。

code-ONLY_IN_DUPLICATE =
    .wants = レコードごとに別の人。サービスは重複を防がないため、このレコードだけにある値も含めて、cardlift が送信しません。例: 名前と電話番号が父親と同じ息子 → 名前を変える
    .why = この入力の先のレコードと名前が同じでメールアドレスか電話番号が共通しているか、`[mapping] key` が同じで、先のレコードにない値があります。別の人か、同じ人の二つ目のレコードです。
    .excel = 別の人なら、rejects.csv で名前を変えるか共通の値を削除し、そのファイルをインポートしてください。同じ人なら、値を先のレコードに移してください。
    .google = 「統合と修正」で、すべての値とともに重複をまとめ、エクスポートし直してください。
    .mapping = cardlift.toml に `[normalize] duplicates = "merge"` を設定すると、先のレコードにこれらの値を補います。

code-CHANGED =
    .means = 以前の実行で登録したレコードの内容が、その後変わりました。サービスの連絡先は変更していません。例: 電話番号が `03-0000-0001` から `03-0000-0002` に変わった
    .next = 連絡先を更新するには、`[mapping] key` と `on_change = "update"` を設定してください。登録し直すには、`cardlift undo RUN --record N` で削除してから、もう一度インポートしてください。
code-UPDATED =
    .means = レコードの内容が連絡先と異なるため、`on_change = "update"` または `on_remote = "update"` の設定に従って連絡先を更新しました。書き込んだ項目と残した項目はメッセージにあります。例: 電話番号 `03-0000-0001` → `03-0000-0002`
    .next = ありません。
code-DIFFERS =
    .means = `match_remote` が、ほかの人が登録したこのレコードの連絡先をサービスで見つけました。`[mapping] key` が同じか、名前が同じでメールアドレスまたは電話番号が共通です。その連絡先はメッセージにある内容が異なり、そのままにしました。例: ファイルでは部長、サービスでは課長
    .next = 両者を比べてどちらかを直すか、不足分だけを補う `[send] on_remote = "update"`、またはそのまま引き継ぐ `"adopt"` を設定してください。内容が異なる間は実行のたびに知らせます。
code-ADOPTED =
    .means = ほかの人が登録した連絡先です。`[send] on_remote` の設定に従い、今後は cardlift が登録したものと同じくこのレコードのものとして扱います。何も書き込んでいません。例: 同僚が手で入力した連絡先 → 以後はレコード 7 の連絡先
    .next = ありません。`cardlift undo RUN` で取り消せます。連絡先は残ります。
code-KEY_NOT_UNIQUE =
    .means = レコードと `[mapping] key` が同じ連絡先がサービスに複数あり、どれがこのレコードのものか判断できません。何も登録も変更もしていません。例: 番号 17 → 番号が 17 の連絡先が 2 件
    .next = メッセージにある連絡先を 1 件だけ残して削除するか、修正してから、もう一度インポートしてください。
code-CONTACT_GONE =
    .means = レコードが変わったため連絡先を更新しようとしましたが、サービスにもうありません。例: 登録後に誰かが連絡先を削除した
    .next = 登録し直すには、登録した実行を `cardlift undo RUN --record N` で取り消してから、もう一度インポートしてください。
code-LOOKALIKE =
    .means = 登録は成功したかもしれません。その時刻に登録され、どのレコードのものでもない連絡先があります。しかしメッセージにある項目が異なり証拠にならないため、このレコードが自動で再送されることはありません。このような連絡先は、たいていレコードと名前、メールアドレスまたは電話番号が同じです。cardlift が登録した連絡先をサービスが 10 件以上表示するまでは、そうでない連絡先も対象になります。例: 名前は同じで、電話番号が違う連絡先
    .next = 両者を比べてください。この連絡先であれば `cardlift resolve RUN#N --contact ID`、サービスになければ `cardlift resolve RUN#N --send-again` を実行して、もう一度インポートしてください。
code-LOOKUP_INCOMPLETE =
    .means = 登録が成功したか、サービスからは判別できません。連絡先を読み取れないか、一覧を登録順に最後まで読み取れません。例: 一覧の読み取りが拒否された
    .next = 同じコマンドをもう一度実行すると、再び照会します。または、サービスで確認して `cardlift resolve RUN#N` で結果を指定してください。
code-SERVICE_CHANGED =
    .means = 連絡先は登録されましたが、サービスの応答の値が送信した値と異なるか、値がありません。例: 送信 `(03) 0000-0001` → サービス `03-0000-0001`
    .next = サービスでその連絡先を 1 件確認してください。1 件で変わる値は、すべての連絡先で変わります。

## 結果
outcome-page-valid =
    .means = チェックに合格しました。サービスが受け付けるレコードです。
    .next = インポートしてください。
outcome-page-created =
    .means = この実行で連絡先を登録しました。`contact_id` はサービスでの ID です。
    .next = 対処は不要です。
outcome-page-exists =
    .means = 以前の実行で登録したか、サービスで見つかった連絡先です。再び登録はしていません。
    .next = 対処は不要です。
outcome-page-duplicate =
    .means = 同じ入力の先のレコードと名前が同じで、メールアドレスか電話番号が共通しています。送信していません。
    .next = 両方必要なら、名前を変えてください。そうでなければ対処は不要です。
outcome-page-invalid =
    .means = サービスの規則に合わず、送信していません。理由は `code`、`field`、`message` にあります。
    .next = rejects.csv か rejects.vcf で修正し、そのファイルをインポートしてください。
outcome-page-skipped =
    .means = グループのカードなど、連絡先ではありません。送信せず、人の情報も失われません。内容は `code` と `message` にあります。
    .next = 対処は不要です。
outcome-page-rejected =
    .means = サービスに拒否され、登録されていません。`code` と `message` はサービスの応答です。
    .next = rejects.csv か rejects.vcf で修正し、そのファイルをインポートしてください。
outcome-page-failed =
    .means = 試行回数の上限に達しました。登録されていないことは確実です。
    .next = rejects.csv か rejects.vcf をインポートするか、同じコマンドをもう一度実行してください。
outcome-page-unknown =
    .means = 登録された可能性があります。リクエストは送信しましたが、応答を読み取れませんでした。確認せずに再送することはありません。
    .next = 同じコマンドをもう一度実行すると、まずサービスに照会します。判別できないレコードは、`cardlift resolve RUN` の一覧から人が決めてください。
outcome-page-not_attempted =
    .means = 順番が来る前に実行が終わりました。
    .next = 同じコマンドをもう一度実行すると、続きから再開します。
