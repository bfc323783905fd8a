# `cardlift --help`와 명령줄 오류의 한국어. 명령, 옵션, 값의 이름은 옮기지 않는다.

program = 주소록(CSV, vCard)을 LINE WORKS / NAVER WORKS로 옮기고, 연락처마다 정확히 한 번 생성합니다.

## 제목
heading-usage = 사용법
heading-arguments = 인수
heading-options = 옵션
heading-commands = 명령
heading-global = 모든 명령의 옵션
heading-examples = 예
help-short = 도움말 출력
help-version = 버전 출력
help-command = 이 도움말 또는 지정한 명령의 도움말 출력
default = [기본값: { $value }]
possible-values = [가능한 값: { $values }]

## 명령
command-import = 읽고, 검사하고, 계획하고, 보내고, 보고합니다
command-check = 오프라인으로 읽고 검사해 보고합니다
command-suggest = CSV 파일의 매핑을 열마다 근거와 함께 제안합니다. 그대로 저장할 수 있는 TOML입니다
command-explain = 한 레코드의 모든 과정을 보여 줍니다: 원본 필드, 매핑, 보낼 내용, 규칙, 원장
command-explain-code = 보고서에 나온 코드의 뜻, 이유, 고치는 방법을 알려 줍니다
command-runs = 원장에 있는 실행을 나열합니다
command-report = 원장만으로 실행의 보고서를 다시 씁니다
command-resolve = 실행의 결과 미확인 레코드를 나열하거나, 그중 하나의 결과를 정합니다
command-undo = 실행이 생성한 연락처를 삭제합니다. 이후 편집된 것은 남깁니다
command-ledger = 서버로 원장 옮기기
command-ledger-copy = 파일에 있는 원장을 [ledger] url_env 또는 url_file의 PostgreSQL 데이터베이스로 복사
command-login = 브라우저에서 자신의 계정으로 로그인합니다
command-logout = 로그인을 폐기하고 삭제합니다
command-auth = 토큰을 받아 읽기를 한 번 해 보고, 문제가 있으면 알려 줍니다
command-sandbox = 루프백 포트에서 샌드박스를 실행합니다. 연습이나 다른 도구의 시험에 씁니다
command-init = 설명이 달린 예제 cardlift.toml을 씁니다
command-presets = 프리셋(미리 만든 매핑)을 나열하거나 하나를 보여 줍니다
command-schema = 편집기 자동 완성을 위한 cardlift.toml이나 매핑의 JSON Schema를 stdout으로 출력합니다
command-completions = 셸 자동 완성을 stdout으로 출력합니다
command-man = 매뉴얼 페이지를 stdout으로 출력합니다

## 모든 명령의 옵션
option-quiet = 오류만 표시
option-verbose = 로그를 더 자세히. 위치와 코드만 남기고 값은 남기지 않음. 두 번 쓰면 한층 더 자세히
option-color = stderr의 색
option-lang = 메시지의 언어 [기본값: 로캘에 따름]
option-log-format = 로그의 형식
option-log-values = 오류 레코드의 값과 보내는 내용을 로그에 남김(개인정보 포함). -v를 겸함
option-json = 결과를 JSON 한 줄로 stdout에 출력

## 읽기
option-files = CSV, vCard, .xlsx, .xls, .ods 파일. `-`는 표준 입력
option-config = 설정 파일 [기본값: 있으면 cardlift.toml]
option-mapping = 프리셋 이름 또는 매핑 파일 [기본값: 열을 보고 자동 인식]
option-encoding = CSV 파일, 그리고 UTF-8이 아니며 인코딩이 적히지 않은 vCard의 인코딩(예: cp949) [기본값: 자동 인식]
option-sheet = 통합 문서의 시트 [기본값: 열 이름을 알 수 있는 첫 시트]
option-workers = 읽고 검사하는 스레드 수 [기본값: 코어마다 하나, 최대 8]
option-report = 보고서 폴더 [기본값: cardlift-report/RUN, 검사는 cardlift-report/check]

## 가져오기와 검사
option-ledger-copy-account = 파일에 계정이 여럿일 때 복사할 계정. 토큰을 쓰는 계정은 ""
option-ledger-copy-file = 원장 파일. 파일은 바뀌지 않음
option-ledger = 원장 [기본값: 설정에 따르거나 상태 폴더]
option-plan = 무슨 일이 일어날지 필드별로 보여 주고 끝납니다(단순히 새로운 레코드는 제외). 아무것도 보내거나 쓰지 않습니다. --json이면 데이터로 출력합니다
option-dry-run = `cardlift check`와 같음
option-details = --dry-run과 함께: 모든 문제와 참고 사항을 results.jsonl에도 씀. 가져오기는 항상 씀
option-sandbox = 프로그램 안의 서비스로 보냄. 인증 정보가 필요 없고 밖으로 나가는 것이 없음
option-rate = 분당 최대 요청 수(예: 120/min)
option-concurrency = 동시에 진행할 요청 수
option-limit = 연락처를 최대 N건만 생성
option-no-guard = 파일이 절반 미만으로 줄었거나, 지난번과 열이 다르거나, 다른 계정이 같은 연락처를 생성했어도 보냄
option-yes = 묻지 않고 연락처를 생성, 업데이트하고 태그를 만듦. 확인받을 터미널이 없으면 꼭 필요함. 안전장치는 그대로 동작함
option-no-input = 아무것도 묻지 않음. --yes가 없으면 보내지 않음
option-check-details = 모든 문제와 참고 사항을 구조화한 데이터로 results.jsonl에도 씀

## 매핑 제안
option-file = CSV 파일. `-`는 표준 입력
option-suggest-encoding = 파일의 인코딩(예: cp949, shift_jis) [기본값: 자동 인식]
option-output = 매핑을 쓸 파일 [기본값: 터미널에서는 물어보고, 아니면 stdout]
option-force = FILE이 있으면 덮어씀
option-suggest-no-input = 아무것도 묻지 않고 제안을 그대로 씀

## 그 밖의 명령
option-place = 레코드의 위치: 파일과 그 레코드의 아무 행, 필요하면 열까지. 예: contacts.csv:17, contacts.csv:17:5
option-code = 코드나 결과(예: PHONE_PATTERN). 없으면 모두 나열
option-run = 실행. `cardlift runs`에 나오는 이름
option-record = 실행(`cardlift runs`에 나오는 이름) 또는 그 레코드의 번호
option-contact = 서비스의 이 연락처가 그 레코드의 것임
option-send-again = 레코드가 생성되지 않았음. 다음 가져오기에서 다시 보냄
option-resolve-yes = 묻지 않고 기록
option-resolve-no-input = 아무것도 묻지 않음. --yes가 없으면 멈춤
option-records = 이 번호의 레코드가 만든 연락처만. 번호는 보고서에 있으며, 여러 번 쓸 수 있음
option-undo-yes = 묻지 않고 삭제. 확인받을 터미널이 없으면 꼭 필요함
option-undo-no-input = 아무것도 묻지 않음. --yes가 없으면 삭제하지 않음
option-no-browser = 브라우저를 열지 않고 주소를 보여 준 뒤, 붙여 넣은 리디렉션 URL을 받음
option-timeout = 브라우저를 기다리는 시간
option-port = 127.0.0.1의 포트. 0은 비어 있는 아무 포트
option-token = 클라이언트가 보내야 하는 토큰
option-sandbox-rate = 작업마다 허용하는 분당 요청 수. 실제 서비스처럼 제한함 [기본값: 제한 없음]
option-sandbox-custom-properties = 도메인에 있는 커스텀 속성(텍스트). 여러 번 쓸 수 있음
option-init-file = 쓸 파일
option-name = 보여 줄 프리셋. 직접 만들 매핑의 출발점이 됨
option-of = 스키마로 나타낼 파일
option-shell = 셸

## 명령줄의 오류
usage-unknown-argument = `{ $argument }`: 없는 옵션이거나 남는 인수입니다
usage-unknown-command = `{ $command }` 명령은 없습니다
usage-invalid-value = `{ $argument }` 값 `{ $value }`: 쓸 수 없습니다. 쓸 수 있는 값: { $values }
usage-missing-value = `{ $argument }`: 값이 필요합니다
usage-wrong-value = `{ $argument }` 값 `{ $value }`: 쓸 수 없습니다: { $reason }
usage-missing-arguments = 필요한 인수가 없습니다: { $argument }
usage-missing-command = 명령을 지정하세요
usage-conflict = `{ $argument }`: `{ $other }` 옵션과 함께 쓸 수 없습니다
usage-too-many = `{ $argument }`: 값이 너무 많습니다. 남는 값: `{ $value }`
usage-did-you-mean = 혹시 `{ $suggestion }`인가요?
usage-see-help = 자세한 사용법: `{ $command }`

## 예
examples-program =
    예:
      cardlift check contacts.csv             쓸 만한 파일인지 오프라인으로 검사
      cardlift import contacts.csv --sandbox  인증 정보 없이 연습
      cardlift import contacts.csv cards.vcf  생성. 다시 실행하면 이어서 진행
examples-import =
    예:
      cardlift import contacts.csv --sandbox           연습
      cardlift import contacts.csv cards.vcf           생성. 다시 하면 이어서
      cardlift import contacts.csv --limit 10          먼저 열 건만
      cardlift import contacts.csv --quiet --yes       cron이나 타이머에서
      cardlift import cardlift-report/RUN/rejects.csv  고친 레코드 가져오기
examples-check =
    예:
      cardlift check contacts.csv                   서비스가 거부할 것 찾기
      cardlift check *.csv --mapping outlook-ko     프리셋 지정
      cardlift check contacts.csv --encoding cp949  인코딩을 알 수 없을 때
      cardlift check contacts.csv --json            요약을 JSON 한 줄로
examples-suggest =
    예:
      cardlift suggest members.csv                       터미널에서 하나씩 검토
      cardlift suggest members.csv -o members.toml       이 파일에 저장
      cardlift check members.csv --mapping members.toml  저장한 매핑으로 검사
examples-explain =
    예:
      cardlift explain contacts.csv:17          17행의 레코드
      cardlift explain contacts.csv:17:5        요약에 나온 위치
      cardlift explain cards.vcf:120 --lang ko  한국어로
examples-explain-code =
    예:
      cardlift explain-code                모든 코드와 이름
      cardlift explain-code PHONE_PATTERN  이유와 고치는 방법
examples-runs =
    예:
      cardlift runs                            원장의 실행
      cardlift runs --ledger customer.sqlite3  다른 원장의 실행
examples-report =
    예:
      cardlift report 20260102-093000-1a2b                        보고서를 다시
      cardlift report 20260102-093000-1a2b --lang ja --report ja  일본어로
examples-resolve =
    예:
      cardlift resolve 20260102-093000-1a2b                  결과 미확인 목록
      cardlift resolve 20260102-093000-1a2b#17 --contact ID  이 연락처가 맞음
      cardlift resolve 20260102-093000-1a2b#17 --send-again  생성되지 않았음
examples-undo =
    예:
      cardlift undo 20260102-093000-1a2b              생성한 연락처 삭제
      cardlift undo 20260102-093000-1a2b --record 17  레코드 17번의 것만
examples-login =
    예:
      cardlift login               이 컴퓨터의 브라우저로
      cardlift login --no-browser  서버에서: 주소를 다른 컴퓨터에서 열기
examples-logout =
    예:
      cardlift logout                         로그인을 폐기하고 삭제
      cardlift logout --config customer.toml  이 설정의 앱에서 로그아웃
examples-auth =
    예:
      cardlift auth                                인증 정보 확인
      cardlift auth --config customer.toml --json  스크립트에서 확인
examples-sandbox =
    예:
      cardlift sandbox                          포트 8080에서, Ctrl-C까지
      cardlift sandbox --port 0 --rate 240/min  서비스와 같은 속도로
examples-init =
    예:
      cardlift init                cardlift.toml 쓰기
      cardlift init customer.toml  다른 이름으로 쓰기
examples-presets =
    예:
      cardlift presets                         매핑이 필요 없는 내보내기 형식
      cardlift presets outlook-ko > mine.toml  직접 만들 매핑의 출발점
examples-schema =
    예:
      cardlift schema > cardlift.schema.json
      cardlift schema mapping > mapping.schema.json
    파일의 첫 줄에 스키마를 적으세요: #:schema ./cardlift.schema.json
examples-completions =
    예:
      cardlift completions bash > /etc/bash_completion.d/cardlift
      cardlift completions zsh > ~/.zfunc/_cardlift
examples-man =
    예:
      cardlift man > /usr/local/share/man/man1/cardlift.1
examples-ledger =
    예:
      cardlift ledger copy ledger.sqlite3  [ledger]에 지정한 데이터베이스로

## `cardlift init`가 쓰는 설정의 주석. `-beside`는 값 옆에 적는다.
config = cardlift의 설정입니다. 모든 키가 기본값으로 적혀 있으며, `cardlift init`이 이 파일을 cardlift.toml로 씁니다.
    TOML을 지원하는 편집기(taplo, Even Better TOML)는 스키마로 자동 완성과 검사를 합니다. `cardlift schema > cardlift.schema.json`으로 스키마를 쓰고, 이 파일의 첫 줄에 `#:schema ./cardlift.schema.json`을 적으세요.
    우선순위: 옵션 > 환경 변수 > 이 파일 > 기본값. 알 수 없는 키는 오류입니다.
config-api-service = 클라우드: "public", 또는 공공 클라우드인 "gov". base_url, auth.authorize_url, auth.token_url이 비어 있으면 그 값을 정합니다.
config-api-base_url = 서비스의 주소. 예: "https://www.worksapis.com/v1.0". 비어 있으면 `service`의 주소입니다. 한 서비스에 생성한 연락처는 다른 서비스에서 "이미 있음"이 되지 않습니다.
config-auth-token_env = 직접 발급한 토큰을 쓰는 경우: 토큰이 든 환경 변수의 이름.
config-auth-client_id = 일괄 작업에 서비스 계정을 쓰는 경우. 비밀 값은 여기에 적지 말고, 값이 든 환경 변수나 파일을 지정하세요.
config-auth-client_secret_env-beside = Client Secret이 든 환경 변수
config-auth-client_secret_file-beside = 또는 그 값이 든 파일
config-auth-service_account-beside = 예: "abcde.serviceaccount@example.com"
config-auth-private_key_file-beside = 개발자 콘솔에서 받은 PKCS#8 PEM
config-auth-login = `cardlift login`으로 로그인한 자신의 계정을 쓰는 경우. client_id와 Client Secret이 필요합니다. 서비스 계정도 토큰도 없으면 저장된 로그인을 씁니다.
config-auth-redirect_port = 로그인한 브라우저가 돌아오는 포트. 개발자 콘솔에서 앱의 Redirect URL로 http://localhost:8477/callback 을 등록하세요. 0은 비어 있는 아무 포트나 쓴다는 뜻으로, 샌드박스처럼 어느 포트든 받는 서비스에만 쓸 수 있습니다.
config-auth-authorize_url = 로그인하는 주소. 비어 있으면 api.service의 주소입니다.
config-auth-token_url = 토큰을 발급하는 주소. 비어 있으면 api.service의 주소입니다.
config-auth-scope = 토큰의 스코프. 앱에도 있어야 합니다.
config-auth-account = 원장에서 이 계정을 부르는 이름. 비어 있으면 서비스 계정입니다. 한 계정이 생성한 연락처는 다른 계정에서 "이미 있음"이 되지 않습니다. 서비스 계정 없이 PostgreSQL에 원장을 두면 꼭 필요하고, 서비스 계정을 다른 것으로 바꾸기 전에 정해 두면 좋습니다.
config-send-rate = 분당 최대 요청 수. 서비스의 한도는 도메인 전체에 대해 유료 상품 240, 무료 상품 60입니다.
config-send-sustained_rate = 30분 이상 걸릴 실행의 분당 최대 요청 수. 0은 공급사의 요청대로 `rate`의 절반입니다.
config-send-concurrency = 동시에 보내는 요청 수.
config-send-timeout = 응답을 기다리는 시간.
config-send-max_attempts = 아무것도 생성되지 않은 것이 확실할 때, 레코드 하나에 보내는 최대 요청 수.
config-send-stop_after = 실패하거나 결과를 확인하지 못한 레코드가 연달아 이만큼 나오면 실행을 멈춥니다.
config-send-settle = 요청 뒤에 연락처가 서비스에 나타날 수 있는 시간. 그때까지는 없는 것으로 보지 않습니다.
config-send-match_remote = 보내기 전에 서비스의 모든 연락처를 한 번 읽어, 누가 생성했든 이미 있는 연락처의 레코드를 `exists`로 보고할지 여부. `[mapping] key`가 같거나, 이름이 같고 메일 주소나 전화번호 하나가 같으면 같은 연락처입니다.
config-send-on_remote = 그런 연락처를 어떻게 할지: "report"(그대로 둡니다. 내용이 다르면 실행할 때마다 알립니다), "adopt"(아무것도 쓰지 않지만, 이제부터 이 레코드의 연락처로 보고 `[mapping] on_change`를 따릅니다), "update"("adopt"와 같으며, 없는 값을 채웁니다. 지우거나 바꾸는 것은 없습니다). "adopt"와 "update"에는 match_remote가 필요합니다.
config-send-guard = 다음의 경우 보내기 전에 멈출지 여부: 파일의 레코드가 지난 실행의 절반 미만이거나 열이 다를 때, 같은 주소에 다른 계정으로 생성한 연락처일 때(같은 회사라면 두 번 생깁니다. match_remote를 쓰면 해당하지 않습니다), 이전 실행의 결과 미확인 레코드를 조회할 수 없을 때. `--no-guard`는 한 번의 실행에서 안전장치를 끕니다.
config-permission-accessible_range = 연락처를 볼 수 있는 사람: "ALL"(도메인의 모든 구성원) 또는 "MEMBER"(`members`에 적은 구성원).
config-permission-master_user_id = 연락처를 소유하는 마스터 구성원. "MEMBER"일 때 필수입니다.
config-permission-co_editing = 마스터 구성원이 아닌 구성원도 편집할 수 있는지 여부.
config-permission-members = 예: [{"{"} id = "user-id", type = "USER" {"}"}, {"{"} id = "group-id", type = "GROUP" {"}"}, {"{"} id = "…", type = "ORGUNIT" {"}"}]
config-mapping-preset = cardlift에 프리셋이 있는 내보내기(`cardlift presets`)에는 아무것도 적을 필요가 없습니다. 그 밖의 CSV는 어느 열이 어느 필드로 가는지 적습니다. 방법은 README에 있고, `cardlift suggest FILE`이 매핑을 제안하며, `--mapping FILE`은 다른 파일의 매핑을 읽습니다. `preset`은 형식을 알아내는 대신 프리셋 하나를 지정합니다.
config-mapping-key = 이후의 모든 실행에서 레코드를 식별하는 연락처 필드. 예: ["emails"]. 비어 있으면 연락처 전체입니다.
config-mapping-on_change = 키로 보아 이미 연락처가 있는 레코드의 내용이 바뀌었을 때: "report"(연락처를 그대로 둡니다) 또는 "update"(바뀐 내용을 씁니다).
config-mapping-source = 원본의 이름. 예: "crm". 파일 이름이 바뀌어도 연락처는 이 이름에 속합니다. 비어 있으면 파일 이름입니다.
config-mapping-on_gone = cardlift가 이 원본을 위해 생성했지만 키가 이제 원본에 없는 연락처: "report"(gone.csv에 나열) 또는 "delete"(다른 사람이 편집한 것을 빼고 서비스의 휴지통으로 보냅니다. `key`와 `source`가 필요합니다).
config-mapping-max_gone = 원본의 연락처를 이보다 많이 삭제하게 되는 실행은 아무것도 보내지 않습니다. 개수, 또는 "10%"와 같은 비율입니다.
config-mapping-columns = 머리글이 없는 파일의 열 이름을 순서대로 적습니다. 첫 행이 이와 같으면 건너뜁니다.
config-mapping-permission-beside = 연락처의 소유자를 나타내는 열이 있을 때. accessibleRange, accessibleMembers도 있습니다
config-normalize-too_long = 값이 필드보다 길 때: "problem"(레코드가 오류가 됩니다) 또는 "carry_over"(그 값만 제외합니다).
config-normalize-carry_over = 제외된 값: "report"(보고서에 나열) 또는 "memo"(들어가는 만큼 메모에도 덧붙입니다).
config-normalize-date_order = 1.2.2020과 같은 날짜에서 일과 월의 순서를 파일의 다른 날짜로 알 수 없을 때: "ask"(그 날짜는 문제가 됩니다), "day_first"(일이 먼저), "month_first"(월이 먼저).
config-normalize-duplicates = 같은 입력의 앞선 레코드와 중복되는 레코드는 보내지 않습니다. 중복된 레코드에만 있는 값: "report"(알리고 사람이 확인합니다) 또는 "merge"(앞선 레코드의 연락처를 보완합니다. 목록에는 없는 항목을 더하고, 하나뿐인 값은 비어 있을 때만 채웁니다).
config-tags-mode = 내보낸 파일의 라벨, 카테고리, 그룹은 같은 이름의 서비스 태그가 됩니다. "off": 가져오지 않습니다. "existing": 서비스에 있는 태그만 씁니다. "create": 없는 태그를 생성합니다.
config-tags-names = 다른 태그로 바꾸거나 쓰지 않을("") 이름. 예: {"{"} "Kunden" = "Customers", "* myContacts" = "" {"}"}
config-custom_properties-NAME-beside = 도메인에 미리 추가한 커스텀 속성
config-custom_properties-NAME-type-beside = 또는 "LINK"
config-custom_properties-NAME-multi-beside = 값이 여러 개인지 여부
config-ledger-path = 모든 레코드와 시도를 기록하는 파일. ""은 상태 폴더의 cardlift/ledger.sqlite3입니다.
config-ledger-url_env = 디스크가 없는 작업이나 여러 컴퓨터를 위한 PostgreSQL 데이터베이스. postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full 과 같은 주소에는 비밀번호가 있으므로 여기에 적지 않습니다.
config-ledger-url_env-beside = 주소가 든 환경 변수
config-ledger-url_file-beside = 또는 주소가 든 파일
config-report-dir = 보고서 폴더. 실행마다 그 안에 폴더가 생깁니다.
config-report-lang = 메시지와 보고서의 언어: "en", "ko", "ja". "auto"는 로캘의 언어이며, cron에는 로캘이 없습니다. `--lang`이 우선합니다.
config-notify-webhook_url_env = 실행이 끝나면 알림 하나를 받는 웹훅. 명령, 개수, 종료 코드, 컴퓨터 이름을 보내며 개인 정보는 없습니다. URL은 비밀 값이므로 여기에 적지 말고, 값이 든 환경 변수나 파일을 지정하세요. 둘 다 없으면 아무것도 보내지 않습니다.
config-notify-webhook_url_env-beside = URL이 든 환경 변수
config-notify-webhook_url_file-beside = 또는 URL이 든 파일
config-notify-on = 알릴 실행: "failure"(종료 코드가 0이 아닐 때. 3은 고칠 레코드가 새로 나왔을 때만), "change"(연락처를 생성하거나 업데이트한 실행도), "always"(모든 실행).
config-notify-format = "works"(LINE WORKS / NAVER WORKS의 Incoming Webhook) 또는 "slack".
