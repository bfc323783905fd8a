# cardlift가 한국어로 말하는 것. 코드, 열 이름, 키, 옵션은 옮기지 않는다.
# `cardlift explain-code`의 설명은 ko-codes.ftl에 있다.

## 낱말과 수
records = 레코드 { $count }건
spoken-seconds = { $seconds }초
spoken-minutes = { $minutes }분
spoken-hours = { $hours }시간 { $minutes }분
joined = { $first }, { $second }
label-note = 참고:
label-error = 오류:

## 결과와 건수
outcome-valid = 정상 { $count }건
outcome-created = 생성 { $count }건
outcome-exists = 이미 있음 { $count }건
outcome-duplicate = 중복 { $count }건
outcome-invalid = 오류 { $count }건
outcome-rejected = 서비스 거부 { $count }건
outcome-failed = 실패 { $count }건
outcome-unknown = 결과 미확인 { $count }건
outcome-not_attempted = 미처리 { $count }건

## 보내기 전
left-out = { $why }; 이 파일은 제외합니다
plan = 계획: { $states } → { $target }
plan-as = 계획: { $states } → { $target } (계정: { $account })
plan-empty = 레코드 없음
plan-planned = 새 연락처 { $count }건
plan-exists = 이미 있음 { $count }건
plan-duplicate = 중복 { $count }건
plan-invalid = 오류 { $count }건
plan-held = 이전 실행의 미확인 건을 기다림 { $count }건
plan-changed = 그중 내용이 달라짐 { $count }건
plan-updates = 갱신할 것 { $count }건
target-sandbox = 프로그램 안의 샌드박스
pace = 속도: 분당 { $rate }건, 약 { $time } 소요, { $finish } 완료 예정
pace-halved = 속도: 분당 { $rate }건(30분 이상 이어지는 호출은 한도의 절반 이하로 해 달라는 서비스 안내에 따름), 약 { $time } 소요, { $finish } 완료 예정
pace-asked = 속도: 분당 { $rate }건(지정한 값), 약 { $time } 소요, { $finish } 완료 예정
confirm-create = 이 연락처를 생성할까요?
nothing-sent = 아무것도 보내지 않았습니다.
confirm-update = { $creates }건을 생성하고 { $updates }건을 갱신할까요?
confirm-tags = 이 태그를 만들까요?
confirm-guard = 그래도 계속할까요?
tags-missing = `[tags] mode = "create"` 설정에 따라 만들 태그: { $names }
matching = 서비스에 있는 연락처를 읽는 중 (match_remote)
matched = 서비스에서 찾음: { $count }건
guarded = 아무것도 보내지 않았습니다. 이상이 없다면 --no-guard로 한 번 실행하세요([send]의 `guard = false`로 끌 수 있습니다)
guard-shrunk = { $name }: 실행 { $run }에서는 { $before }건이었는데 지금은 { $count }건입니다. 내보내기가 온전한가요?
guard-columns = { $name }: 실행 { $run } 때와 열이 다릅니다: { $difference }
guard-kind = { $name }: 실행 { $run } 때와 형식(CSV, vCard)이 다릅니다
columns-gone = 없어짐 { $names }
columns-new = 새로 생김 { $names }
columns-order = 순서가 다름
left-undone = { records } 중: { $outcomes }; 보고서: { $folder }
unchecked = 오프라인이라 확인하지 못함: { $what }
unchecked-tags = 서비스에 있는 태그(확인될 때까지 옮기지 못한 값으로 표시)
unchecked-properties = 서비스에 사용자 지정 속성 { $names }이(가) 있는지
unchecked-remote = 서비스에 이미 있는 사람

## 보내는 중
phase-sending = 보내는 중
bar-status = 분당 { $rate }건, { $left } 남음, { $finish } 완료 예정
progress-line = { $phase }: { $total }건 중 { $done }건 완료, 분당 { $rate }건, 약 { $left } 남음
progress-failed = 실패 { $count }건
throttled = 서비스가 잠시 기다려 달라고 합니다. 그때까지 보내지 않습니다
throttled-for = 서비스가 { $time } 기다려 달라고 합니다. 그때까지 보내지 않습니다
looking = 응답을 받지 못한 레코드 { $count }건이 생성되었는지 찾아봅니다({ $of }번 중 { $look }번째)
settling = 레코드 { $count }건은 서비스에 늦게 나타날 수 있습니다. { $time } 뒤에 다시 찾아봅니다
cant-look = 결과를 모르는 레코드 { $count }건을 찾아볼 수 없습니다. 서비스 응답: { $failure }
stopping = 중지합니다. 진행 중인 요청이 끝나기를 기다립니다. 바로 멈추려면 한 번 더 중단하세요

## 끝
totals = 레코드 { $count }건: { $outcomes }
nothing = 없음
source = { $path }: { $read_as }, 레코드 { $count }건
problem-count = { $count } × { $code }: { $title }
problem-count-in = { $count } × { $code } ({ $field }): { $title }
example-place = { $place }
example-column = { $place }, { $column }
carried-over = 원본 필드 { $fields }개의 값 { $count }개는 연락처에 넣을 자리가 없습니다. 목록은 results.jsonl, 개수는 summary.json에 있습니다
report-at = 보고서: { $folder }
next-import = 다음: 연락처를 생성하세요
next-check = 다음: 파일을 고치고(방법: `cardlift explain-code { $code }`) 다시 검사하세요
next-rejects = 다음: 제외된 레코드를 고치고(방법: `cardlift explain-code { $code }`) 가져오세요
next-again = 다음: 다시 실행하세요. 멈춘 곳부터 이어지며 두 번 생성되지 않습니다
next-unknown = 다음: 다시 실행하세요. 보내기 전에 결과를 모르는 건부터 찾아봅니다
next-limit = 다음: 지정한 건수에 도달했습니다. 나머지는 다시 실행하세요
stopped-asked = 중단되었습니다.
stopped-in-a-row = 레코드 { $count }건이 연달아 실패하거나 결과를 알 수 없어 멈췄습니다. 마지막 응답: { $failure }
stopped-refuses-everything = 서비스가 처음 { $count }건을 모두 거부했습니다: { $failure }
stopped-unreachable = 서비스에 연결할 수 없습니다(레코드 { $count }건 시도): { $failure }. api.base_url과 네트워크를 확인하세요
stopped-ledger = 원장 파일에 쓸 수 없습니다.
stopped-unresolved = 이전 실행의 { records }이 서비스에 있을 수 있으나 검색할 수 없어 아무것도 보내지 않았습니다. 읽을 수 있는지 확인하거나(`cardlift auth`), --no-guard로 나머지를 보내세요
stopped-unusable = 서비스를 사용할 수 없습니다: { $failure }
stopped-failures = 연속으로 실패하여 멈췄습니다. 마지막 응답: { $failure }
stopped-credentials = 인증 정보가 거부되었습니다: { $failure }. 새 토큰을 발급받거나 `cardlift auth`로 확인하세요
stopped-forbidden = 서비스가 허용하지 않습니다: { $failure }. 앱에 `contact` 스코프가, 계정에 연락처 생성 권한이 있어야 합니다
stopped-quota = 서비스에 연락처를 더 추가할 수 없습니다: { $failure }. 휴지통의 연락처도 포함되므로 휴지통을 비우거나 요금제를 올리세요
stopped-address = 해당 주소에 서비스가 없습니다: { $failure }. api.base_url을 확인하세요

## 그 밖의 명령
init-written = { $path }: 작성했습니다. 모든 키는 기본값입니다
sandbox-serving = 샌드박스를 실행 중입니다. 끝내려면 중단하세요. api.base_url에는 위의 주소를, 토큰 환경 변수에는 --token의 값을 지정하세요.
explain-source-fields = 원본 필드
explain-on-the-way = 바뀐 것
explain-unchanged = 모든 값이 그대로 연락처에 들어갔습니다
explain-contact = 연락처: { $name }
explain-rules = 규칙
explain-keeps-all = 모두 지킵니다
explain-problem = { $field }의 { $code }: { $message }
explain-ledger = 원장 ({ $path })
explain-never-sent = 오류가 있는 레코드는 보내지 않습니다
explain-no-ledger = 아직 없습니다
explain-never-seen = 이 연락처의 기록이 없습니다
explain-ledger-unreadable = 읽을 수 없습니다: { $error }
codes-unknown = `{ $code }` 코드는 없습니다. 비슷한 코드: { $nearest }
codes-unknown-all = `{ $code }` 코드는 없습니다. 목록: `cardlift explain-code`
codes-problems = 레코드의 문제
codes-outcomes = 레코드의 결과
codes-wants = 서비스의 요구
codes-why = 이유
codes-excel = Excel에서
codes-google = Google 주소록에서
codes-mapping = 매핑에서
codes-means = 뜻
codes-next = 할 일

## 다른 레코드
repeats = { $place }의 중복입니다. 이름이 같고 메일 주소 또는 전화번호가 겹쳐 보내지 않습니다
created-before = 실행 { $run }의 레코드 { $record }에서 생성됨
created-before-changed = 실행 { $run }의 레코드 { $record }에서 생성되었고 그 뒤 내용이 달라졌습니다. 연락처는 그대로 두었습니다. `[mapping] on_change = "update"`로 갱신할 수 있습니다
created-before-same-person = 같은 사람이 실행 { $run }의 레코드 { $record }에서 다른 내용으로 생성되어 있어 다시 만들지 않습니다. `[mapping] key`와 `on_change = "update"`로 갱신하거나 먼저 삭제하세요: cardlift undo { $run } --record { $record }
undone = { $when }에 `cardlift undo`로 삭제됨
same-key = { $place }와 [mapping] key가 같아 보내지 않습니다
totals-updated = 갱신 { $count }건
totals-changed = 생성 당시와 내용이 다른 레코드 { $count }건: results.csv의 CHANGED
mends = 실행 { $run }의 레코드 { $record }를 고친 것
found-same = 서비스에 이미 있음
found-differs = 서비스에 이미 있으나 내용이 다름: 이름이 같고 이메일이나 전화번호가 겹칩니다. 그 연락처는 그대로 둡니다
updated = 갱신함: { $names }
updated-nothing = 갱신할 것이 없음
updated-left = { $updated }; 원본에서 없어졌으나 연락처에 남은 것: { $names }
update-gone = 연락처가 서비스에 더 이상 없습니다. 생성한 실행을 취소하면(`cardlift undo RUN --record N`) 다음 가져오기에서 다시 생성합니다
update-failed = 연락처를 갱신하지 못했습니다: { $failure }
waits-for = 결과를 모르는 실행 { $run }의 레코드 { $record }를 기다림

## 무엇이 잘못되었고 어떻게 고치는지
wrong-and-mend = { $wrong }. { $mend }
problems-joined = { $first } / { $second }
wrong-NAME_MISSING = 이름이 없습니다
mend-NAME_MISSING = 이름이나 성, 또는 회사명을 입력하세요
wrong-EMAIL_OR_TELEPHONE_MISSING = 메일 주소도 전화번호도 없습니다. 서비스에는 둘 중 하나가 필요합니다
mend-EMAIL_OR_TELEPHONE_MISSING = 메일 주소나 전화번호를 입력하세요
wrong-VALUE_MISSING = 필수 항목 `{ $field }` 값이 비어 있습니다
mend-VALUE_MISSING = 값을 입력하세요
wrong-TOO_LONG = { $value }: { $length }자로, 서비스 한도 { $limit }자를 넘습니다
mend-TOO_LONG = 줄이거나 normalize.too_long = "carry_over"로 설정하세요
wrong-TOO_MANY_ITEMS = `{ $field }` 항목이 { $count }개로, 서비스 한도 { $limit }개를 넘습니다
mend-TOO_MANY_ITEMS = 일부를 지우세요
wrong-NOT_ALLOWED = { $value }: 서비스가 받는 값이 아닙니다
mend-NOT_ALLOWED = 다음 중 하나를 쓰세요: { $allowed }
wrong-PHONE_PATTERN = { $value }: { $at }번째 글자 { $offending }, 전화번호에 쓸 수 없는 문자입니다
mend-PHONE_PATTERN = 숫자, 공백, + - * # ( ) P T만 쓰세요
wrong-DATE_INVALID = { $value }: 날짜로 확실하게 읽을 수 없습니다
mend-DATE_INVALID = 2021-01-09처럼 YYYY-MM-DD 형식으로 쓰세요
wrong-DATE_AMBIGUOUS = { $value }: { $day_first }일 수도 { $month_first }일 수도 있고, 파일의 다른 날짜로도 알 수 없습니다
mend-DATE_AMBIGUOUS = normalize.date_order를 설정하거나 YYYY-MM-DD 형식으로 쓰세요
wrong-URL_INVALID = { $value }: URL이 아닙니다
mend-URL_INVALID = https://와 호스트를 포함하고 공백 없이 쓰세요
wrong-CUSTOM_TYPE_WITHOUT_CUSTOM = { $value }: 직접 입력한 유형은 `CUSTOM`일 때만 쓸 수 있는데 유형이 `{ $kind }`입니다
mend-CUSTOM_TYPE_WITHOUT_CUSTOM = 둘 중 하나를 지우세요
wrong-PRIMARY_COUNT = `{ $field }` 중 대표가 { $count }개입니다
mend-PRIMARY_COUNT = 대표를 정확히 하나만 지정하세요
wrong-MEMBERS_MISSING = `MEMBER`에는 연락처에 접근할 수 있는 구성원이 필요합니다
mend-MEMBERS_MISSING = permission.members에 지정하거나 `ALL`을 쓰세요
wrong-MASTER_MISSING = `MEMBER`에는 연락처의 마스터 구성원이 필요합니다
mend-MASTER_MISSING = permission.master_user_id에 지정하세요
wrong-MEMBER_TWICE = { $value }: 같은 구성원이 두 번 지정되었습니다
mend-MEMBER_TWICE = 하나를 지우세요
wrong-MESSENGER_TWITTER = 서비스는 이제 `TWITTER`를 받지 않습니다
mend-MESSENGER_TWITTER = 대신 `X`를 쓰세요
wrong-PROPERTY_NAME = { $value }: 커스텀 속성의 이름으로 쓸 수 없습니다
mend-PROPERTY_NAME = 영문자나 `_`로 시작하고 영문자, 숫자, `_`로 120자까지 쓰세요
wrong-SPREADSHEET_DAMAGE-Exponent = { $value }: 스프레드시트가 긴 숫자를 반올림해 원래 숫자가 사라졌습니다
mend-SPREADSHEET_DAMAGE-Exponent = 다시 내보낸 뒤 스프레드시트에서 저장하지 말거나, 번호를 직접 입력하세요
wrong-SPREADSHEET_DAMAGE-Error = { $value }: 값 대신 스프레드시트의 오류 표시가 들어 있습니다
mend-SPREADSHEET_DAMAGE-Error = 다시 내보낸 뒤 스프레드시트에서 저장하지 마세요
wrong-SPREADSHEET_DAMAGE-Hashes = { $value }: 열이 좁을 때 스프레드시트가 보여 주는 표시입니다
mend-SPREADSHEET_DAMAGE-Hashes = 다시 내보내거나 값을 직접 입력하세요
wrong-SPREADSHEET_DAMAGE-DateSerial = { $value }: 스프레드시트가 날짜를 일련번호로 바꾼 값입니다
mend-SPREADSHEET_DAMAGE-DateSerial = YYYY-MM-DD 형식으로 쓰세요
wrong-ENCODING = 레코드에 파일의 인코딩으로 읽을 수 없는 바이트가 있습니다
wrong-ENCODING-value = { $value }: { $encoding } 인코딩으로 읽을 수 없는 바이트가 있습니다
mend-ENCODING = 파일을 UTF-8로 저장하거나 --encoding으로 인코딩을 지정하세요
wrong-STRAY_QUOTE = { $line }행에서 시작하는 따옴표 셀에 따옴표가 많거나 모자라 뒤의 내용까지 삼켰을 수 있습니다
mend-STRAY_QUOTE = 셀 안의 따옴표를 두 번 쓰거나 잘못 들어간 따옴표를 지우세요
wrong-CUT_OFF = { $line }행에서 시작하는 따옴표 셀이 닫히기 전에 파일이 끝납니다. 뒷부분이 없습니다
mend-CUT_OFF = 파일을 다시 내보내거나 따옴표를 닫으세요
wrong-RECORD_TOO_LARGE = 레코드 하나가 { $bytes }바이트로 너무 큽니다. 따옴표가 닫히지 않은 것 같습니다
mend-RECORD_TOO_LARGE = 따옴표를 닫으세요
wrong-CARD_UNREADABLE = vCard를 읽을 수 없습니다: { $reason }
mend-CARD_UNREADABLE = 다시 내보내세요

## 코드의 이름
title-NAME_MISSING = 이름 없음
title-EMAIL_OR_TELEPHONE_MISSING = 메일 주소와 전화번호 모두 없음
title-VALUE_MISSING = 필수 값이 비어 있음
title-TOO_LONG = 너무 긴 값
title-TOO_MANY_ITEMS = 너무 많은 항목
title-NOT_ALLOWED = 허용되지 않는 값
title-PHONE_PATTERN = 전화번호에 쓸 수 없는 문자
title-DATE_INVALID = 날짜가 아님
title-DATE_AMBIGUOUS = 일과 월을 구분할 수 없음
title-URL_INVALID = URL이 아님
title-CUSTOM_TYPE_WITHOUT_CUSTOM = 다른 유형과 함께 쓴 직접 입력 유형
title-PRIMARY_COUNT = 대표가 하나가 아님
title-MEMBERS_MISSING = 접근 가능한 구성원 없음
title-MASTER_MISSING = 마스터 구성원 없음
title-MEMBER_TWICE = 같은 구성원이 두 번
title-MESSENGER_TWITTER = TWITTER는 이제 X
title-PROPERTY_NAME = 쓸 수 없는 커스텀 속성 이름
title-SPREADSHEET_DAMAGE = 스프레드시트가 망가뜨린 값
title-ENCODING = 글자로 읽을 수 없는 바이트
title-STRAY_QUOTE = 잘못된 따옴표
title-CUT_OFF = 중간에 끊긴 파일
title-RECORD_TOO_LARGE = 너무 큰 레코드
title-CARD_UNREADABLE = 읽을 수 없는 vCard
title-DUPLICATE = 다른 레코드의 중복
title-CHANGED = 생성한 것과 다른 내용
title-UPDATED = 갱신됨
title-DIFFERS = 서비스에 다른 내용으로 있음
title-CONTACT_GONE = 연락처가 더 이상 없음
title-service = 서비스가 거부함

## 값이 바뀌거나 남겨진 이유
note-trimmed = 앞뒤 공백을 지웠습니다
note-telephone_normalized = 서비스가 받는 문자로 바꿔 썼습니다
note-date_normalized = YYYY-MM-DD 형식으로 바꿔 썼습니다
note-prefix_removed = 값이 아닌 머리글을 지웠습니다
note-name_split = 전체 이름을 성과 이름으로 나눴습니다
note-name_whole = 어디서 나눌지 알 수 없어 전체 이름을 그대로 두었습니다
note-named_after_organization = 사람 이름이 없어 회사명을 연락처 이름으로 했습니다
note-email_form = 메일 주소의 형식이 아니지만 서비스는 그대로 받습니다
note-label_mapped = 라벨에 따라 유형을 정했습니다
note-twitter_renamed = 서비스에서는 X라고 합니다
note-defaulted = 매핑의 기본값을 썼습니다
note-shared = 이름이 다른 레코드와 메일 주소 또는 전화번호가 같습니다
note-lost_zero = 스프레드시트에서 맨 앞의 0 또는 +가 사라졌을 수 있습니다
note-suspicious = 손상된 값으로 보이지만 그대로 두었습니다
note-reader = 읽으면서 해석이 필요했습니다
note-rfc6350 = RFC 6350에 맞지 않지만 읽었습니다
note-repeated = 연락처에 이미 같은 값이 있습니다
note-placeholder = 내보낸 프로그램이 빈 값 대신 쓴 것입니다
note-unmapped = 이 필드에 연결된 매핑이 없습니다
note-binary = 사진, 소리, 키는 가져오지 않습니다
note-relation = 연락처에는 관계를 넣을 자리가 없습니다
note-date_without_year = 서비스는 연도가 있는 날짜만 받습니다
note-date_unreadable = 날짜로 확실하게 읽을 수 없습니다
note-too_long = 필드의 한도보다 깁니다
note-too_many = 목록이 가득 찼습니다
note-label = 서비스는 이 항목의 라벨을 저장하지 않습니다
note-no_place = 연락처에 해당하는 필드가 없습니다
note-tag = 태그가 매핑되지 않았습니다. 설정의 [tags]를 참고하세요
note-beyond_header = 행의 셀이 머리글보다 많습니다
