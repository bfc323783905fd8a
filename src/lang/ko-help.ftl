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
usage-missing-arguments = 필요한 인수가 없습니다: { $arguments }
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
