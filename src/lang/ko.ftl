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
outcome-skipped = 건너뜀 { $count }건
outcome-rejected = 서비스 거부 { $count }건
outcome-failed = 실패 { $count }건
outcome-unknown = 결과 미확인 { $count }건
outcome-not_attempted = 미처리 { $count }건

## 보내기 전
input-missing = { $path }: 그런 파일이 없습니다
input-folder = { $path }: 폴더입니다. 그 안의 파일을 지정하세요
input-unreadable = { $path }: 읽을 수 없습니다: { $error }
left-out = { $why }; 이 파일은 제외합니다
plan = 계획: { $states } → { $target }
plan-as = 계획: { $states } → { $target } (계정: { $account })
plan-empty = 레코드 없음
plan-planned = 새 연락처 { $count }건
plan-exists = 이미 있음 { $count }건
plan-duplicate = 중복 { $count }건
plan-invalid = 오류 { $count }건
plan-skipped = 건너뜀 { $count }건
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
guard-elsewhere = 이번에 만들 연락처 중 { $count }건은 같은 주소에서 { $account } 계정으로 이미 만들었거나 만들었을 수 있습니다. 같은 회사라면 두 번 등록됩니다. 그 계정을 쓰거나 [send]에 `match_remote = true`를 설정하세요
guard-elsewhere-token = 이번에 만들 연락처 중 { $count }건은 같은 주소에서 토큰으로 이미 만들었거나 만들었을 수 있습니다. 같은 회사라면 두 번 등록됩니다. 다시 토큰을 쓰거나 [send]에 `match_remote = true`를 설정하세요
guard-kind = { $name }: 실행 { $run } 때와 형식(CSV, vCard)이 다릅니다
columns-gone = 없어짐 { $names }
columns-new = 새로 생김 { $names }
columns-order = 순서가 다름
news-first = 레코드 { $records }건 중 { $outcome ->
    [invalid] 오류
    [rejected] 서비스 거부
    [failed] 실패
   *[unknown] 결과 미확인
} { $count }건
news-all = { $what }: { $places }
news-some = { $what }, 그중 새로운 것 { $count }건: { $places }
news-none = { $what }, 새로운 것 없음
news-more = { $places } 외 { $count }건
notice-title = { $machine }의 { $command }
notice-exit = 종료 코드 { $exit }
notice-run = 실행 { $run }: { $totals }
notice-new = 새로 고쳐야 할 레코드가 { $count }건 있습니다.
notice-failed = 알림을 보내지 못했습니다: { $reason }. [notify]를 확인하세요
notice-not-set = notify.webhook_url_env에 지정된 환경 변수 `{ $variable }`이(가) 설정되지 않았습니다
webhook-address = 웹훅 URL이 `https://` 주소가 아닙니다
webhook-connection = 웹훅에 연결할 수 없습니다
webhook-answer = 웹훅에서 응답이 없습니다
webhook-status = 웹훅의 응답이 { $status }입니다
unchecked = 오프라인이라 확인하지 못함: { $what }
unchecked-tags = 서비스에 있는 태그(확인될 때까지 옮기지 못한 값으로 표시)
unchecked-properties = 서비스에 사용자 지정 속성 { $names }이(가) 있는지
unchecked-remote = 서비스에 이미 있는 사람

## 보내는 중
phase-sending = 보내는 중
phase-deleting = 삭제하는 중
phase-updating = 갱신 중
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
problems-more = 그 밖의 문제 { $count }가지: { $codes }. 레코드별 내용은 results.csv에 있습니다
example-column = { $place }, { $column }
carried-over = 원본 필드 { $fields }개의 값 { $count }개는 연락처에 넣을 자리가 없습니다: { $names }. 필드별 개수는 summary.json, 목록은 results.jsonl에 있습니다(check는 --details를 주어야 씁니다)
lost-zeros = 번호 { $count }개는 스프레드시트가 맨 앞의 0이나 +를 지운 것으로 보입니다. 추측해서 되돌리지 않으니 results.jsonl(check는 --details를 주어야 씁니다)에서 `lost_zero`를 찾아보고, 저장하기 전에 열 서식을 텍스트로 바꾸세요
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
stopped-credentials = 인증 정보가 거부되었습니다: { $failure }. 새 토큰을 발급받거나 `cardlift auth`로 확인하세요
stopped-forbidden = 서비스가 허용하지 않습니다: { $failure }. 앱에 `contact` 스코프가, 계정에 연락처 생성 권한이 있어야 합니다
stopped-quota = 서비스에 연락처를 더 추가할 수 없습니다: { $failure }. 휴지통의 연락처도 포함되므로 휴지통을 비우거나 요금제를 올리세요
stopped-address = 해당 주소에 서비스가 없습니다: { $failure }. api.base_url을 확인하세요

## 네트워크와 응답
network-no-client = HTTPS 클라이언트를 준비할 수 없습니다: { $reason }. 시스템 인증서(`ca-certificates`)를 설치하세요
network-no-connection = `{ $place }`에 연결되지 않습니다: { $reason }
network-no-answer = { $time } 안에 응답이 없습니다
network-broke = 응답이 끝나기 전에 연결이 끊어졌습니다: { $reason }
answer-too-long = 응답이 { $bytes }바이트를 넘습니다
answer-no-json = 응답을 JSON으로 읽을 수 없습니다: { $error }
answer-no-id = 응답에 `contactId`가 없습니다
answer-list-no-id = 목록의 연락처에 `contactId`가 없습니다

## 그 밖의 명령
undo-created = 실행 { $run }에서 연락처 { $count }건 생성
undo-undone = 그중 { $count }건은 이미 삭제됨
undo-left = 삭제할 것 { $count }건(그 뒤 편집된 것은 제외)
undo-other-service = 실행 { $run }은(는) { $service }에 연락처를 생성했는데 api.base_url은 { $configured }입니다. --config로 그 서비스의 설정을 지정하세요
undo-pace = 속도: 분당 { $rate }건, 약 { $time } 소요
undo-unknown = 이 실행에서 결과를 모르는 레코드 { $count }건이 생성되었을 수 있습니다. 같은 가져오기를 다시 실행해 확인한 뒤 되돌리세요
undo-trash = 삭제한 연락처는 서비스의 휴지통으로 가며, 휴지통을 비울 때까지 연락처 수에 포함됩니다
undo-cant-ask = 연락처 { $count }건을 삭제하려 하지만 확인을 받을 수 없습니다. 삭제하려면 --yes를 붙이세요
undo-confirm = 연락처를 최대 { $count }건 삭제할까요?
undo-refused = 아무것도 삭제하지 않았습니다.
undo-totals = 삭제 { $deleted }건, 이미 없음 { $gone }건, 남김 { $kept }건, 실패 { $failed }건
undo-contact = 레코드 { $record }, { $name } ({ $id }): { $what }
undo-kept-edited = 남김. 그 뒤 편집되었습니다
undo-kept-unclear = 남김. 그 뒤 편집되었는지 서비스가 알려 주지 않습니다
undo-more = 외 { $count }건
undo-unusable = 서비스를 이용할 수 없습니다: { $failure }
undo-in-a-row = 연달아 실패하여 멈췄습니다. 마지막 응답: { $failure }
undo-again = 같은 명령을 다시 실행하세요. 멈춘 곳부터 이어집니다
init-written = { $path }: 작성했습니다. 모든 키는 기본값입니다
sandbox-serving = 샌드박스를 실행 중입니다. 끝내려면 중단하세요. api.base_url에는 위의 주소를, 토큰 환경 변수에는 --token의 값을 지정하세요.
explain-source-fields = 원본 필드
explain-on-the-way = 바뀐 것
explain-unchanged = 모든 값이 그대로 연락처에 들어갔습니다
explain-contact = 연락처: { $name }
explain-rules = 규칙
explain-keeps-all = 모두 지킵니다
explain-problem-whole = { $code }: { $message }
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
created-before = 실행 { $run }의 레코드 { $record }번에서 생성됨
created-before-changed = 실행 { $run }의 레코드 { $record }번에서 생성되었고 그 뒤 내용이 달라졌습니다. 연락처는 그대로 두었습니다. `[mapping] on_change = "update"`로 갱신할 수 있습니다
created-before-same-person = 같은 사람이 실행 { $run }의 레코드 { $record }번에서 다른 내용으로 생성되어 있어 다시 만들지 않습니다. `[mapping] key`와 `on_change = "update"`로 갱신하거나 먼저 삭제하세요: cardlift undo { $run } --record { $record }
undone = { $when }에 `cardlift undo`로 삭제됨
same-key = { $place }와 [mapping] key가 같아 보내지 않습니다
totals-updated = 갱신 { $count }건
totals-changed = 생성 당시와 내용이 다른 레코드 { $count }건: results.csv의 CHANGED
mends = 실행 { $run }의 레코드 { $record }번을 고친 것
found-same = 서비스에 이미 있음
found-differs = 서비스에 이미 있으나 내용이 다름: 이름이 같고 메일 주소나 전화번호가 겹칩니다. 그 연락처는 그대로 둡니다
updated = 갱신함: { $names }
updated-nothing = 갱신할 것이 없음
updated-left = { $updated }; 원본에서 없어졌으나 연락처에 남은 것: { $names }
update-gone = 연락처가 서비스에 더 이상 없습니다. 생성한 실행을 취소하면(`cardlift undo RUN --record N`) 다음 가져오기에서 다시 생성합니다
update-failed = 연락처를 갱신하지 못했습니다: { $failure }
waits-for = 결과를 모르는 실행 { $run }의 레코드 { $record }번을 기다림

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
wrong-PROPERTY_NAME = { $value }: 사용자 지정 속성의 이름으로 쓸 수 없습니다
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
wrong-ENCODING-value = { $value }: 파일의 인코딩으로 읽을 수 없는 바이트가 있습니다
mend-ENCODING = �로 보이는 글자를 다시 입력하거나 --encoding으로 파일의 인코딩을 지정하세요
wrong-ENCODING_UNCERTAIN = 카드의 글자가 UTF-8이 아니고, 인코딩을 확실히 알 수 없습니다: { $readings }
mend-ENCODING_UNCERTAIN = --encoding으로 인코딩을 지정하세요
wrong-STRAY_QUOTE = { $line }행에서 시작하는 따옴표 셀에 따옴표가 많거나 모자라 뒤의 내용까지 삼켰을 수 있습니다
mend-STRAY_QUOTE = 셀 안의 따옴표를 두 번 쓰거나 잘못 들어간 따옴표를 지우세요
wrong-CUT_OFF = { $line }행에서 시작하는 따옴표 셀이 닫히기 전에 파일이 끝납니다. 뒷부분이 없습니다
mend-CUT_OFF = 파일을 다시 내보내거나 따옴표를 닫으세요
wrong-RECORD_TOO_LARGE = 레코드 하나가 { $bytes }바이트인데, UTF-8로 512 KiB를 넘는 레코드는 읽지 않습니다. 따옴표가 닫히지 않았거나 셀에 파일이 들어 있는 것 같습니다
mend-RECORD_TOO_LARGE = 따옴표를 닫거나, 파일이 들어 있는 셀을 비우세요
wrong-CARD_UNREADABLE = vCard를 읽을 수 없습니다: { $reason }
mend-CARD_UNREADABLE = 다시 내보내세요
wrong-GROUP_CARD = 구성원 { $count }명의 그룹(group)으로, 연락처가 아닙니다
mend-GROUP_CARD = 할 일은 없습니다. 구성원은 results.jsonl에 있습니다

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
title-PROPERTY_NAME = 쓸 수 없는 사용자 지정 속성 이름
title-SPREADSHEET_DAMAGE = 스프레드시트가 망가뜨린 값
title-ENCODING = 글자로 읽을 수 없는 바이트
title-ENCODING_UNCERTAIN = 확실하지 않은 인코딩
title-STRAY_QUOTE = 잘못된 따옴표
title-CUT_OFF = 중간에 끊긴 파일
title-RECORD_TOO_LARGE = 너무 큰 레코드
title-CARD_UNREADABLE = 읽을 수 없는 vCard
title-GROUP_CARD = 그룹
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

## 매핑 제안: `cardlift suggest`의 물음
suggest-vcard = { $path }: vCard 파일입니다. 매핑이 필요 없으니 그대로 가져오세요
suggest-exists = { $path }: 이미 있어 그대로 두었습니다. 다른 파일을 지정하거나 --force로 바꾸세요
suggest-unwritable = { $path }: 쓸 수 없습니다: { $error }
suggest-written = { $path }: 저장했습니다
suggest-nothing-written = 아무것도 저장하지 않았습니다
next-check-first = 다음: 파일을 검사하세요
walk-greeting = { $file }: 인코딩 { $encoding }, 열 { $columns }개, 살펴본 행 { $rows }개
walk-unnamed = 값은 있으나 이름이 없는 열 { $count }개는 매핑할 수 없어 보고서에만 남깁니다. 매핑하려면 파일에서 열에 이름을 붙이세요.
walk-contradicted = 값이 { $looks } 형태입니다. 검사하면 쓸 수 없는 값을 알려 줍니다.
walk-unknown-export = cardlift가 아는 내보내기 형식이 아닙니다.
walk-why = 이유: { $reason }
walk-preset = { $file }: cardlift가 아는 내보내기 형식입니다: { $title } (확신도 { $sure }%). 따로 매핑할 필요 없이 프리셋 `{ $name }`이(가) 저절로 쓰입니다.
walk-preset-write = 그래도 고쳐 쓸 수 있게 매핑을 파일로 저장할까요?
walk-clear = 열 { $all }개 중 { $clear }개는 분명합니다:
walk-clear-ask = Enter 모두 수락, r 하나씩 검토, q 끝내기:
walk-carried = – (매핑 안 함)
walk-column = [{ $at }/{ $of }] { $name }
walk-values = 값: { $values }
walk-no-values = 살펴본 행에는 값이 없습니다.
walk-proposal = 제안: { $field }, 확신도 { $sure }%
walk-decided = 지금까지: { $field }
walk-ask = Enter 수락, f 다른 필드(이름 입력도 가능), c 매핑 안 함, b 뒤로, q 끝내기:
walk-taken = 연락처에는 { $field }이(가) 하나뿐이고, 이미 { $other } 열이 들어갑니다.
walk-taken-ask = r { $name }(으)로 바꾸고 { $other } 다시 묻기, Enter 그대로 두기:
walk-summary = 매핑:
walk-objection = ! { $text }
walk-no-name = 이름이 들어가는 열이 없어 연락처를 만들 수 없습니다
walk-unreachable = 메일 주소나 전화번호가 들어가는 열이 없습니다. 서비스에는 둘 중 하나가 필요합니다
walk-day-type = events.dayType은 생일의 양력/음력 구분인데 생일 열이 없어 매핑하지 않습니다
walk-end-ask = Enter 저장으로, 번호 그 열 바꾸기, b 뒤로, q 끝내기:
walk-end-ask-all-the-same = 번호 그 열 바꾸기, Enter 그래도 저장으로, b 뒤로, q 끝내기:
walk-where = 저장할 파일 [{ $name }]:
walk-overwrite = { $path } 파일이 이미 있습니다. 바꿀까요?
choose-field = 번호나 이름, Enter 뒤로:
choose-number = 1부터 { $count }까지의 번호만 있습니다.
choose-unknown = { $name } 필드는 없습니다. f를 누르면 목록이 나옵니다.
choose-near = { $name } 필드는 없습니다. 비슷한 필드: { $near }
choose-gloss = { $name } ({ $gloss })
choose-carried = 매핑 안 함(보고서에만 남김)

## 필드 이름의 각 부분
field-contactName = 이름
field-fullName = 성명 전체(규칙에 따라 나눔)
field-phoneticFullName = 성명 전체의 발음
field-firstName = 이름(성 제외)
field-lastName = 성
field-phoneticFirstName = 이름의 발음
field-phoneticLastName = 성의 발음
field-nickName = 별명
field-prefix = 이름 앞 호칭
field-suffix = 이름 뒤 호칭
field-middleName = 중간 이름
field-emails = 메일 주소
field-telephones = 전화번호
field-organizations = 회사
field-events = 기념일
field-locations = 주소
field-messengers = 메신저
field-websites = 웹사이트
field-memo = 메모
field-tags = 태그
field-CELLPHONE = 휴대전화
field-WORK = 직장
field-HOME = 집
field-WORK_FAX = 직장 팩스
field-HOME_FAX = 집 팩스
field-OTHER = 기타
field-CUSTOM = 열 이름을 유형으로 씀
field-name = 회사명
field-department = 부서
field-title = 직책
field-BIRTHDAY = 생일
field-ANNIVERSARY = 기념일
field-dayType = 생일의 양력/음력
field-address = 주소 전체
field-street = 도로명, 번지
field-street2 = 주소 둘째 줄
field-street3 = 주소 셋째 줄
field-extended = 상세 주소
field-poBox = 사서함
field-city = 시/군/구
field-region = 시/도
field-country = 국가
field-zipCode = 우편번호

## 작성한 매핑의 주석
toml-for = { $file }의 매핑, 읽은 방식: { $read_as }
toml-save = mapping.toml로 저장하고 틀린 곳을 고친 뒤 시험하세요: cardlift check FILE --mapping mapping.toml
toml-try = 틀린 곳을 고친 뒤 시험하세요: { $command }
toml-preset =
    cardlift가 아는 내보내기 형식입니다: { $title } (확신도 { $sure }%). 프리셋 `{ $name }`의 매핑 중
    이 파일에 있는 열만 담았습니다. 지정하지 않아도 쓰입니다.
toml-preset-maps = { $sure }%: 프리셋 `{ $name }`의 매핑
toml-preset-carries = { $sure }%: 프리셋 `{ $name }`에 넣을 자리가 없어 보고서에만 남깁니다
toml-preset-ignores = 프리셋 `{ $name }`이(가) 모르는 열이라 보고서에만 남깁니다
toml-names = cardlift가 아는 내보내기 형식이 아닙니다. 열 { $columns }개의 이름과 행 { $rows }개의 값을 보고 제안한 것입니다.
toml-verdict = { $said } `ignore`의 열은 연락처에 넣지 않고 보고서에만 남깁니다.
toml-certain = 모두 확실하므로 이 매핑 없이도 가져올 수 있습니다.
toml-decided = 사람이 검토했습니다.
toml-unusable = 이름이 없거나 메일 주소와 전화번호가 모두 없어 연락처를 만들 수 없습니다.
toml-doubtful = 그중 { $count }개는 확실하지 않으며, '확인 필요'라고 적혀 있습니다.
toml-column = { $sure }% { $field }: { $reason }
toml-column-doubtful = 확인 필요, { $sure }% { $field }: { $reason }
toml-column-decided = { $field }: { $reason }
toml-such-as = 예: { $values }
called-full-name = contactName, 성명 전체를 규칙에 따라 나눔
called-phonetic-full-name = contactName, 성명 전체의 발음
called-telephone-custom = telephones, 별도 유형
called-address = locations { $kind }, 주소
called-nothing = 없음, 보고서에만 남김

## 열에 필드를 제안한 이유
reason-earlier-run = 이전 실행의 사유가 담긴 열입니다
reason-name-and-values = 열 이름이 그렇고, 값도 { $looks } 형태입니다
reason-name = 열 이름이 그렇습니다
reason-name-of-empty = 열 이름이 그렇습니다. 살펴본 행에서는 모두 비어 있습니다
reason-contradicted = 열 이름은 그렇지만, 값은 { $looks } 형태입니다
reason-mobiles = 열 이름은 전화번호이고, 값은 휴대전화 번호입니다
reason-values = 열 이름으로는 알 수 없지만, 값의 { $share }%가 { $looks } 형태입니다
reason-mobile-values = 열 이름으로는 알 수 없지만, 값의 { $share }%가 휴대전화 번호입니다
reason-dates-of-nothing = 값은 날짜 형태이지만, 무슨 날짜인지 알 수 없습니다
reason-says-nothing = 열 이름으로는 알 수 없고, 살펴본 행에서는 모두 비어 있습니다
reason-unclear = 열 이름으로도 값으로도 무엇인지 알 수 없습니다
reason-unnamed = 열 이름이 없어 매핑에서 지정할 수 없습니다. 값은 보고서에만 남깁니다
reason-unnamed-and-empty = 열 이름도 값도 없습니다
reason-empty = 살펴본 행에서는 모두 비어 있습니다
reason-job-titles = 값이 호칭이 아니므로 직책입니다
reason-forms-of-address = 값이 호칭입니다
reason-mixed-titles = 호칭인 값도 있고 아닌 값도 있습니다
reason-taken = { $name } 열이 이미 같은 필드({ $field })에 들어갑니다
reason-chosen = `cardlift suggest`에서 고름
reason-accepted = `cardlift suggest`에서 수락함
reason-displaced = { $field }에는 { $name } 열이 들어갑니다
looks-empty = 빈
looks-email = 메일 주소
looks-telephone = 전화번호
looks-url = 웹 주소
looks-date = 날짜
looks-number = 숫자
looks-text = 글

## 파일 열기
encoding-because = { $encoding }({ $reason })
read-as = { $mapping }, 인코딩 { $encoding }
because-asked = 지정한 값
because-mark = 파일 첫머리의 바이트 순서 표시
because-zeros = ASCII 문자의 두 바이트 중 하나가 0
because-escapes = 이스케이프 시퀀스 { $count }개, 0x7F를 넘는 바이트 없음
because-ascii = ASCII 문자만 있음
because-utf8 = 올바른 UTF-8
because-seen = ASCII 밖의 글자 { $of }자 중 { $count }자가 흔히 쓰는 글자
because-header = 열 이름에 { $words }, { $seen }
because-malformed = { $seen }, 다만 { $count }자는 깨진 글자
csv-error = { $path }: { $error }
csv-empty = 파일이 비어 있습니다. 주소록을 다시 내보내세요
csv-delimiter = `{ $delimiter }`(으)로는 셀을 나눌 수 없습니다. `,`, `;`, `|`, 탭 중 하나를 쓰세요
csv-no-header = { $line }행: 여기부터 아래로 열 이름 행이 없습니다. 첫 레코드 위에 `Name,Email,Phone` 같은 행을 넣으세요
csv-unreadable = 파일을 읽을 수 없습니다: { $error }
csv-tie = { $line }행: { $of_a }(으)로 읽으면 { $a }, { $of_b }(으)로 읽으면 { $b }이고, 파일만으로는 어느 쪽인지 알 수 없습니다. `--encoding { $of_a }` 또는 `--encoding { $of_b }`(으)로 정하세요
csv-no-encoding = { $line }행: 이 텍스트의 인코딩을 확실히 알 수 없습니다. `--encoding { $likely }`처럼 인코딩을 지정하세요
csv-not-Xlsx = Excel 통합 문서(.xlsx)입니다. 열어서 `CSV UTF-8`로 저장하세요
csv-not-Xls = 옛 Excel 통합 문서(.xls)입니다. 열어서 `CSV UTF-8`로 저장하세요
csv-not-Ods = OpenDocument 스프레드시트(.ods)입니다. 열어서 UTF-8 CSV로 저장하세요
csv-not-Zip = ZIP 압축 파일입니다. 풀어서 안의 CSV나 vCard 파일을 지정하세요
csv-not-Gzip = gzip 압축 파일입니다. 풀어서 안의 CSV나 vCard 파일을 지정하세요
csv-not-Pst = Outlook 데이터 파일(.pst)입니다. Outlook에서 연락처를 CSV로 내보내세요
csv-not-Pdf = PDF입니다. 주소록을 CSV나 vCard로 내보내세요
csv-not-Picture = 그림 파일입니다. 주소록을 CSV나 vCard로 내보내세요
csv-not-Sqlite = SQLite 데이터베이스입니다. 주소록을 CSV나 vCard로 내보내세요
csv-not-Html = 이름과 달리 웹 페이지입니다. Excel에서 열어 `CSV UTF-8`로 저장하세요
csv-not-Xml = XML입니다. Excel에서 열어 `CSV UTF-8`로 저장하거나, 주소록을 CSV나 vCard로 내보내세요
csv-not-Json = JSON입니다. 주소록을 CSV나 vCard로 내보내세요
csv-not-VCard = vCard 파일입니다. 이름이 `.vcf`로 끝나게 바꾸세요
csv-not-Utf32 = UTF-32 텍스트입니다. UTF-8 CSV로 저장하세요
csv-not-Binary = 텍스트가 아닙니다. 주소록을 CSV나 vCard로 내보내세요
warn-twice = { $place }: `{ $name }` 열이 { $count }개 있습니다. 첫 번째만 매핑하고 나머지의 값은 보고서에만 남깁니다
warn-ruined = { $place }: 저장하기 전에 글자가 깨졌습니다. `{ $text }`은(는) 본래 `{ $before }`였는데 { $through }(으)로 잘못 읽힌 것 같습니다. 파일을 다시 내보내세요
vcard-none = { $path }: vCard가 하나도 없습니다. 주소록을 다시 내보내세요
vcard-none-but = { $path }: vCard는 없고 { $component }만 있습니다. 캘린더나 메모가 아니라 연락처를 내보내세요
vcard-not-Html = 이름과 달리 웹 페이지입니다. 로그인을 요구하는 페이지라면 먼저 로그인한 뒤 주소록을 vCard로 다시 내보내세요
vcard-not-Xml = xCard 같은 XML이며 vCard 2.1, 3.0, 4.0이 아닙니다. 주소록을 vCard(.vcf)나 CSV로 다시 내보내세요
vcard-not-Json = jCard 같은 JSON이며 vCard 2.1, 3.0, 4.0이 아닙니다. 주소록을 vCard(.vcf)나 CSV로 다시 내보내세요
warn-outside = { $place }: 어느 카드에도 속하지 않는 줄 { $count }개는 가져오지 않습니다: { $text }
warn-component = { $place }: { $component }({ $count }줄)은 연락처가 아니어서 건너뜁니다
warn-more-outside = { $path }: 어느 카드에도 속하지 않는 줄이 { $count }곳 더 있습니다
warn-ruined-cards = { $place }: 저장되기 전에 깨진 글자가 있습니다. `{ $text }`은(는) 원래 `{ $before }`였는데 { $through }(으)로 잘못 읽힌 것 같습니다(값 { $count }개). 파일을 다시 내보내세요
mapped-by = 매핑 { $path }
mapped-as = { $title } (확신도 { $sure }%)
mapped-by-names = 알려진 내보내기 형식이 아니라 열 이름으로 매핑함 (확신도 { $sure }%)
unrecognised = { $path }: cardlift가 아는 내보내기 형식이 아니고, { $doubt }. `cardlift suggest { $path }`의 제안을 mapping.toml로 저장해 검토한 뒤 --mapping mapping.toml로 지정하거나, 프리셋을 지정하세요(`cardlift presets`)
unrecognised-near = { $path }: cardlift가 아는 내보내기 형식이 아니고(가장 비슷한 것: { $near }, { $sure }%), { $doubt }. `cardlift suggest { $path }`의 제안을 mapping.toml로 저장해 검토한 뒤 --mapping mapping.toml로 지정하거나, 프리셋을 지정하세요(`cardlift presets`)
doubt-nobody = 이름이나, 메일 주소 또는 전화번호가 확실히 들어 있는 열이 없습니다
doubt-columns = { $names } 열에 무엇이 들어 있는지 확실하지 않습니다({ $count }개)
doubt-more = { $names } 외 { $count }개 열에 무엇이 들어 있는지 확실하지 않습니다

## 설정이나 매핑의 오류
config-unreadable = 읽을 수 없습니다: { $error }
config-not-toml = 올바른 TOML이 아닙니다: { $error }
config-one-of = `{ $key }` 값이 `{ $value }`입니다. 다음 중 하나여야 합니다: { $allowed }
config-unknown-near = `{ $key }`은(는) 없는 키입니다. `{ $near }`을(를) 쓰려 했나요?
config-unknown = `{ $key }`은(는) 없는 키입니다. 쓸 수 있는 키: { $known }
config-unknown-in-near = [{ $table }]에 `{ $key }` 키는 없습니다. `{ $near }`을(를) 쓰려 했나요?
config-unknown-in = [{ $table }]에 `{ $key }` 키는 없습니다. 쓸 수 있는 키: { $known }
config-wrong-type = `{ $key }` 값이 TOML { $kind }입니다. { $wanted } 형식이어야 합니다
wanted-text = 따옴표로 묶은 글
wanted-boolean = true 또는 false
wanted-number = 0 이상의 정수
wanted-time = "30s", "500ms", "2m" 같은 시간
wanted-table = 테이블
wanted-value = 따옴표로 묶은 열 이름 또는 테이블
config-positive = `{ $key }` 값은 1 이상이어야 합니다
config-too-large = `{ $key }` 값이 너무 큽니다
config-missing = `{ $key }`에는 `{ $missing }`이(가) 필요합니다
config-missing-at-top = 파일에 `{ $missing }`이(가) 필요합니다
config-member-range = `accessible_range = "MEMBER"`에는 `members`와 `master_user_id`가 필요합니다. 아니면 "ALL"을 쓰세요
config-members = 서비스가 받는 구성원은 최대 { $limit }명입니다
config-update-key = `[mapping] on_change = "update"`에는 `key`가 필요합니다. 내용이 달라진 레코드를 다시 알아볼 필드입니다. 예: key = ["emails"]
mapping-key-near = `{ $key }`의 `{ $field }`(으)로는 레코드를 알아볼 수 없습니다. `{ $near }`을(를) 쓰려 했나요?
mapping-key = `{ $key }`의 `{ $field }`(으)로는 레코드를 알아볼 수 없습니다. 쓸 수 있는 것: { $known }, `contactName.lastName` 등 이름의 각 부분, `customProperties.NAME`
mapping-column-missing = 매핑에 열 `{ $column }`이(가) 있지만 { $input }에는 없습니다. 이 파일의 열: { $has }
mapping-column-missing-near = 매핑에 열 `{ $column }`이(가) 있지만 { $input }에는 없습니다. 가장 비슷한 열: { $near }
mapping-column-twice = { $input }에 열 `{ $column }`이(가) 두 번 있습니다({ $first }번째와 { $second }번째). `{ $column }#1` 또는 `{ $column }#2`로 어느 쪽인지 지정하세요
mapping-type = `{ $key }` 값이 `{ $value }`입니다. 서비스가 받는 값: { $known }. 열은 테이블로 씁니다: {"{"} column = "{ $value }" {"}"}
mapping-one-source = `{ $key }`에는 `column`, `constant`, `join`, `first`, `template` 중 꼭 하나가 필요합니다
mapping-one-condition = `if_filled`와 `if_empty`는 하나만 쓸 수 있습니다
mapping-date = 열에서 만드는 날짜에는 `year`, `month`, `day`가 모두 필요합니다
mapping-not-there = 매핑 파일도 프리셋도 아닙니다. 프리셋: { $presets }
preset-unknown = `{ $name }` 프리셋은 없습니다. 있는 것: { $presets }

## 인증 정보와 서비스 확인
token-missing = 토큰이 없습니다. 환경 변수 `{ $variable }`을(를) 지정하거나, `cardlift login`을 실행하거나, [auth]에 서비스 계정을 설정하세요. 토큰 없이 연습하려면 가져올 때 --sandbox를 붙이세요
account-needs = 서비스 계정에는 auth.{ $key }이(가) 필요합니다. 설정의 [auth]를 보세요
account-needs-secret = 서비스 계정에는 auth.client_secret_env 또는 auth.client_secret_file이 필요합니다
secret-not-set = auth.client_secret_env가 가리키는 환경 변수 `{ $variable }`이(가) 지정되지 않았습니다
log-levels-strange = 환경 변수 CARDLIFT_LOG: `{ $value }` 값을 이해할 수 없어 이 변수가 없을 때처럼 로그를 남깁니다. `debug` 같은 수준이나 `cardlift::send=trace`처럼 모듈별 수준을 쓰세요
not-a-url = { $key } 값 `{ $value }`은(는) URL이 아닙니다: { $error }
token-in-clear = 토큰이 암호화되지 않은 채 네트워크로 나가 누구든 가로채 쓸 수 있습니다. api.base_url과 auth.token_url을 `https://`로 쓰세요
auth-works = { $service }: 토큰을 받았고 연락처를 읽을 수 있습니다. 생성할 수 있는지는 첫 연락처를 만들 때 알 수 있습니다.
auth-works-lives = { $service }: 토큰({ $time } 동안 유효)을 받았고 연락처를 읽을 수 있습니다. 생성할 수 있는지는 첫 연락처를 만들 때 알 수 있습니다.
auth-works-scope = { $service }: 토큰(스코프 `{ $scope }`)을 받았고 연락처를 읽을 수 있습니다. 생성할 수 있는지는 첫 연락처를 만들 때 알 수 있습니다.
auth-works-lives-scope = { $service }: 토큰({ $time } 동안 유효, 스코프 `{ $scope }`)을 받았고 연락처를 읽을 수 있습니다. 생성할 수 있는지는 첫 연락처를 만들 때 알 수 있습니다.
auth-refused-account = { $service }: 서비스가 토큰을 받지 않습니다: { $failure }. auth.token_url이 이 서비스의 것인지 확인하세요
auth-refused-token = { $service }: 서비스가 토큰을 받지 않습니다: { $failure }. 만료되었거나 다른 서비스의 토큰입니다. 새로 발급받거나, 토큰이 저절로 갱신되는 서비스 계정을 [auth]에 설정하세요
auth-refused-login = { $service }: 서비스가 토큰을 받아들이지 않습니다: { $failure }. `cardlift login`을 다시 실행하고, auth.token_url이 이 서비스의 것인지 확인하세요
auth-no-permission = { $service }: 토큰은 유효하지만 서비스가 연락처를 보여 주지 않습니다: { $failure }. 앱과 계정에 연락처 권한을 주세요
auth-wrong-address = { $service }: 연락처 서비스가 없는 주소입니다: { $failure }. api.base_url을 확인하세요
auth-unavailable = { $service }: 서비스에 연결할 수 없습니다: { $failure }. api.base_url, 네트워크, 프록시를 확인하거나 나중에 다시 해 보세요
auth-at = { $place }: { $said }
place-token = 토큰
place-machine = 이 컴퓨터
auth-token-address = { $service }: { $failure }. auth.token_url을 확인하세요
auth-token-unavailable = { $service }: { $failure }. auth.token_url과 네트워크를 확인하거나 나중에 다시 해 보세요
auth-scope = `contact` 스코프가 없습니다{ $granted }{ $said }. 개발자 콘솔의 앱과 auth.scope에 추가하세요
auth-scope-granted = {" "}(토큰의 스코프: `{ $scope }`)
auth-scope-said = {" "}(서비스 응답: { $failure })
login-needs = 로그인하려면 auth.{ $key }이(가) 필요합니다. 개발자 콘솔에서 앱을 만들고 클라이언트 ID와 시크릿을 [auth]에 설정하세요
login-address =
    이 컴퓨터나 다른 컴퓨터의 브라우저에서 이 주소를 열어 로그인하세요:
    { $address }
    브라우저가 { $redirect }(으)로 이동한 뒤 페이지를 표시하지 못하면 그 주소를 브라우저에서 복사해 여기에 붙여 넣으세요.
login-opened = 브라우저에 로그인 페이지를 열었습니다. 열리지 않았으면 이 주소를 여세요: { $address }
login-unopened = 브라우저를 열 수 없습니다. 이 주소를 여세요: { $address }
login-done = 로그인했습니다. 로그인은 { $path }에 저장되며 필요할 때 갱신됩니다. 확인은 `cardlift auth`, 종료는 `cardlift logout`입니다.
login-unkept = { $path }: 로그인을 저장할 수 없습니다: { $error }. 폴더를 쓸 수 있게 하세요
login-port = 포트 { $port }을(를) 쓸 수 없습니다({ $error }). 이 포트를 쓰는 프로그램을 종료하거나, auth.redirect_port를 바꾸고 그 리디렉션 URL을 개발자 콘솔에 등록하세요
login-state = 다른 로그인에서 돌아온 응답이어서 취소했습니다. `cardlift login`을 다시 실행하세요
login-denied = 로그인 페이지에서 접근이 거부되었습니다. 이 앱을 쓸 수 있는 계정으로 로그인해 동의하세요
login-error = 로그인 페이지의 응답: `{ $error }`. auth.scope와 개발자 콘솔의 앱을 확인하세요
login-no-code = 브라우저가 코드 없이 돌아왔습니다. `cardlift login`을 다시 실행하세요
login-timed-out = { $time } 안에 브라우저가 돌아오지 않았습니다. 오류 없이 로그인 페이지가 다시 나타났다면 앱에 권한 범위 `{ $scope }`이(가) 없거나 리디렉션 URL { $redirect }이(가) 없는 것입니다. 개발자 콘솔에서 추가하고 `cardlift login`을 다시 실행하세요
login-page-done = 로그인했습니다. 이 페이지를 닫고 터미널로 돌아가세요.
login-page-failed = 로그인하지 못했습니다. 이유는 터미널에 있습니다. 이 페이지는 닫아도 됩니다.
logout-done = 로그아웃했습니다. 토큰을 폐기하고 { $path }을(를) 삭제했습니다.
logout-nobody = 앱 `{ $client }`(으)로 로그인한 사용자가 없습니다.
logout-failed = { $said }. 토큰이 폐기되지 않아 { $path }을(를) 남겨 두었습니다. `cardlift logout`을 다시 실행하세요
property-unknown = 매핑에 있는 사용자 지정 속성 `{ $name }`이(가) 서비스에 없습니다(있는 것: { $known }). 먼저 도메인에 추가하거나 매핑에서 빼세요
property-unknown-none = 매핑에 있는 사용자 지정 속성 `{ $name }`이(가) 서비스에 없습니다(하나도 없음). 먼저 도메인에 추가하거나 매핑에서 빼세요
property-kind = 사용자 지정 속성 `{ $name }`은(는) 서비스에서 { $kind } 유형인데 매핑이 `{ $filled }`을(를) 채웁니다. STRING은 `content`, LINK는 `link`를 받습니다
property-multi = 사용자 지정 속성 `{ $name }`은(는) 서비스에서 값이 여럿입니다. [custom_properties.{ $name }] 아래에 `multi = true`를 쓰세요
property-single = 사용자 지정 속성 `{ $name }`은(는) 서비스에서 값이 하나입니다. [custom_properties.{ $name }] 아래에 `multi = false`를 쓰세요
service-unusable = 서비스를 이용할 수 없습니다: { $failure }
unread = { $what }을(를) 읽을 수 없어 아무것도 보내지 않았습니다: { $why }
unread-part = 서비스가 연락처의 일부만 보여 주어 전부 읽을 수 없으므로 아무것도 보내지 않았습니다. [send]에서 `match_remote`를 끄세요
unread-properties = 사용자 지정 속성
unread-tags = 태그
unread-tag = 태그 `{ $name }`
unread-contacts = 서비스의 연락처
unread-contact = 연락처
tag-refused = 서비스가 태그 `{ $name }`을(를) 거부합니다: { $failure }. [tags] names에서 다른 이름을 주거나 비우세요. 아무것도 보내지 않았습니다

## 실행, 레코드, 파일
run-line = { $run }  { $started }  { $state }  { $records }, 생성 { $created }건{ $undone ->
    [0] {""}
   *[other] (그중 삭제 { $undone }건)
}, { $others }  { $files }  { $service }
run-planning = 계획 중
run-ready = 진행 중
run-finished = 완료
run-stopped = 중지됨
run-interrupted = 중단됨
run-unknown = 원장에 실행 `{ $run }`이(가) 없습니다. 목록: `cardlift runs`
report-unwritable = { $folder }: 보고서를 쓸 수 없습니다: { $error }
report-unwritten = 보고서를 쓸 수 없습니다: { $error }. 공간을 마련하거나 --report로 다른 폴더를 지정하세요
folder-not-ours = { $folder }: cardlift 보고서가 아닌 것이 들어 있어 아무것도 건드리지 않았습니다. 새 폴더나 빈 폴더를 지정하세요: --report { $other }
folder-has-input = { $folder }: 입력 파일 { $input }이(가) 들어 있습니다. 보고서는 입력과 같은 폴더에 쓰지 않으니 다른 폴더를 지정하세요: --report { $other }
folder-parts = `{ $name }`: 작성 중인 보고서가 놓일 자리에 다른 파일이 있습니다. 그 파일을 치우거나 --report로 다른 폴더를 지정하세요
report-edited = { $name }은(는) cardlift가 쓴 뒤에 편집되어 { $now }(으)로 보관했습니다
report-moved = 이전 보고서의 파일을 { $folder }(으)로 옮겼습니다
input-stopped = { $path }: 더 읽을 수 없습니다: { $error }
input-changed = 읽는 동안 입력 파일이 바뀌었습니다: { $error }
ledger-homeless = 원장을 둘 홈 폴더가 없습니다: { $error }. --ledger로 원장을 지정하세요
explain-no-place = `{ $place }`은(는) 위치가 아닙니다. contacts.csv:17처럼 FILE:LINE으로 쓰세요
explain-no-record = { $place }: 이 행이나 그 위에 레코드가 없습니다
explain-known = 실행 { $run }, 레코드 { $record }: { $state }
explain-known-as = 실행 { $run }, 레코드 { $record }: { $state } ({ $id })
init-exists = { $path }: 이미 있어 그대로 두었습니다. 다른 파일을 지정하세요: cardlift init FILE

## 원장
ledger-held = `{ $path }`: 다른 실행이 이 원장을 쓰고 있습니다. 끝날 때까지 기다리세요. 다른 원장(--ledger)은 다른 연락처에만 쓰세요. 원장은 스스로 생성한 것만 압니다
ledger-held-by = `{ $path }`: 다른 실행(프로세스 { $process })이 이 원장을 쓰고 있습니다. 끝날 때까지 기다리세요. 다른 원장(--ledger)은 다른 연락처에만 쓰세요. 원장은 스스로 생성한 것만 압니다
ledger-missing = `{ $path }`: 아직 원장이 없습니다. 첫 `cardlift import` 때 만들어집니다
ledger-not-writable = `{ $path }`: 원장에 쓸 수 없어({ $reason }) 아무것도 보내지 않습니다. 이 위치를 쓸 수 있게 하거나, 이 원장으로 가져온 것이 아직 없으면 --ledger로 다른 원장을 지정하세요
ledger-full = `{ $path }`: 원장을 둘 디스크 공간이 없습니다. 공간을 마련해 같은 명령을 다시 실행하세요. 멈춘 곳부터 이어집니다
ledger-disk = `{ $path }`: 디스크 오류입니다({ $doing }: { $reason }). 더 보내지 않습니다. 디스크가 정상이 되면 같은 명령을 다시 실행하세요. 멈춘 곳부터 이어집니다
ledger-not-one = `{ $path }`: cardlift의 원장이 아닌 파일입니다. --ledger로 다른 파일을 지정하세요
ledger-newer = `{ $path }`: 이 원장은 버전 { $found }인데 이 cardlift는 버전 { $known }까지만 압니다. 이 원장을 쓴 더 새로운 cardlift를 사용하세요
ledger-damaged = `{ $path }`: 원장이 손상되었습니다({ $reason }). 백업을 `-wal` 파일과 함께 복원하세요. 그 백업 뒤에 생성한 것은 다시 생성됩니다
credentials-key = 개인 키를 읽을 수 없습니다: { $reason }. 개발자 콘솔에서 다시 내려받으세요
credentials-token = 토큰이 비어 있거나 토큰에 없는 문자가 있습니다. 다시 복사하세요
credentials-client = 클라이언트 ID나 클라이언트 시크릿이 틀렸습니다. 개발자 콘솔과 비교하세요
credentials-account = 서비스 계정이 거부되었습니다. ID가 틀렸거나 다른 앱의 개인 키입니다. 개발자 콘솔과 비교하세요
credentials-clock-ahead = 이 컴퓨터의 시계가 서비스보다 { $seconds }초 빠릅니다. 시계를 맞추세요
credentials-clock-behind = 이 컴퓨터의 시계가 서비스보다 { $seconds }초 늦습니다. 시계를 맞추세요
credentials-scope = 앱에 스코프가 없습니다. 개발자 콘솔에서 추가하세요
credentials-not-permitted = 앱이 서비스 계정의 토큰을 받을 수 없습니다. 개발자 콘솔을 확인하세요
credentials-no-login = 로그인한 사용자가 없습니다. `cardlift login`을 실행하세요
credentials-login-ended = 로그인이 만료되었거나 폐기되었습니다. `cardlift login`을 다시 실행하세요
credentials-code = 로그인 페이지의 코드가 거부되었습니다. 만료되었거나 리디렉션 URL이 등록된 것과 다릅니다. `cardlift login`을 다시 실행하세요
credentials-other = 토큰을 받지 못했습니다
credentials-said = { $problem } (토큰 서비스 응답: { $said })
