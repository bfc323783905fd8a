# `cardlift explain-code`의 한국어 설명. 코드의 이름은 ko.ftl에 있다.

## 문제
code-NAME_MISSING =
    .wants = `contactName.firstName`이나 `contactName.lastName`. `contactName`의 나머지는 없어도 됩니다. 예: 이름과 회사명이 빈 행 → 성에 `홍`
    .why = 연락처는 이름으로 표시됩니다. 사람 이름이 없으면 회사명을 이름으로 쓰며, 둘 다 없는 레코드만 이 코드가 됩니다.
    .excel = 해당 행의 이름 열 중 하나를 채우세요.
    .google = 연락처를 열어 이름, 성, 회사 중 하나를 입력하고 저장한 뒤 다시 내보내세요.
    .mapping = 이름이 매핑되지 않은 열에 있으면 `[mapping.contactName] lastName = "열 이름"`으로 매핑하세요. 전체 이름이 한 열에 있으면 `fullName = "열 이름"`을 쓰세요.
code-EMAIL_OR_TELEPHONE_MISSING =
    .wants = `emails`나 `telephones`에 항목 하나 이상. 예: 둘 다 빈 행 → 전화번호에 `010-0000-0001`
    .why = 서비스는 메일 주소와 전화번호가 모두 없는 연락처를 받지 않습니다.
    .excel = 해당 행의 메일 주소나 전화번호 열을 채우세요. 필요 없는 행이면 지우세요.
    .google = 연락처를 열어 이메일이나 전화를 추가하고 저장한 뒤 다시 내보내세요.
    .mapping = 값이 매핑되지 않은 열에 있으면 `emails = ["열 이름"]`이나 `telephones = [{"{"} telephone = "열 이름", type = "WORK" {"}"}]`를 추가하세요.
code-VALUE_MISSING =
    .wants = 메시지에 나온 속성의 값. 목록의 항목에는 `email`, `telephone`, `date`, `address`, `id`, `url` 중 하나가, 구성원에는 `id`가 필요합니다. 예: 라벨이 `Work`인데 번호가 빈 행 → 번호에 `02-000-0001`
    .why = 값이 없는 항목이 하나라도 있으면 서비스가 연락처 전체를 거부합니다.
    .excel = 셀을 채우거나, 라벨처럼 같은 항목에 속한 옆 셀을 비우세요.
    .google = 연락처를 열어 덜 채운 항목을 마저 채우거나 지우세요.
    .mapping = 기본값을 지정하세요: `{"{"} column = "열 이름", default = "값" {"}"}`.
code-TOO_LONG =
    .wants = 이름의 각 부분, 회사명, 주소, 우편번호, 메신저 ID, 웹사이트 URL, 직접 입력 유형은 100자, 메일 주소는 256자, 커스텀 링크는 300자, `memo`는 4,000자까지. 예: 120자인 회사명 → 100자 이내의 약칭
    .why = 서비스 문서에 정해진 한도이며, 바이트가 아니라 글자 수로 셉니다.
    .excel = 셀의 내용을 줄이세요. 글자 수는 `=LEN(A2)`로 확인합니다.
    .google = 값을 줄이거나 일부를 메모로 옮기세요.
    .mapping = `[normalize] too_long = "carry_over"`로 설정하면 그 값만 제외하고 나머지를 가져오며, 제외된 값은 보고서에 남습니다. `carry_over = "memo"`를 함께 쓰면 들어가는 만큼 메모에 덧붙입니다.
code-TOO_MANY_ITEMS =
    .wants = 목록의 항목은 100개, 구성원은 500명, 커스텀 속성의 값은 10개까지. 예: 메일 주소 101개 → 100개
    .why = 서비스 문서에 정해진 한도입니다.
    .excel = 필요 없는 셀을 비우거나 행을 두 연락처로 나누세요.
    .google = 연락처에서 항목을 지우세요.
    .mapping = 그 목록에 매핑하는 열을 줄이세요.
code-NOT_ALLOWED =
    .wants = `type`, `dayType`, `accessibleRange`에는 메시지에 나온 값 중 하나를 대문자로. 예: `office` → `WORK`
    .why = 서비스는 이 값만 받습니다. 그 밖의 유형은 `CUSTOM`과 `customType`으로 씁니다.
    .excel = 메시지에 나온 값 중 하나를 쓰세요.
    .google = Google의 라벨은 cardlift가 바꿔 줍니다. 이 코드는 직접 만든 매핑에서 나옵니다.
    .mapping = 라벨을 바꿔 주세요: `type = {"{"} column = "구분", labels = {"{"} "직통" = "WORK" {"}"}, default = "OTHER" {"}"}`.
code-PHONE_PATTERN =
    .wants = `telephones[].telephone`에는 숫자 0~9, 공백, + - * # ( ) P T만. 예: `010-0000-0001 담당자` → `010-0000-0001`
    .why = 서비스는 번호 전체를 검사합니다. cardlift는 확실한 것(전각 숫자와 하이픈, `tel:`, 내선)만 바꿔 쓰고, 숫자 대신 쓴 글자 등은 추측하지 않습니다.
    .excel = 번호를 숫자로 쓰세요. 번호가 둘이면 두 열에 나누고, "담당자 바꿔 주세요" 같은 말은 메모 열에 쓰세요. 맨 앞의 0이 지워지지 않도록 먼저 열의 서식을 텍스트로 바꾸세요.
    .google = 연락처를 열어 전화번호를 고치고 저장한 뒤 다시 내보내세요.
    .mapping = 전화번호가 아닌 내용이 든 열이면 `telephones` 대신 `memo`에 매핑하세요.
code-DATE_INVALID =
    .wants = `events[].date`에는 실제로 있는 날짜를 YYYY-MM-DD 형식으로. 예: `1990-02-30` → `1990-02-28`
    .why = 2월 30일처럼 없는 날이거나 날짜로 읽을 수 없는 형식입니다. cardlift는 추측하지 않습니다.
    .excel = 2021-01-09처럼 쓰세요. Excel이 자체 날짜로 바꾸지 않도록 먼저 열의 서식을 텍스트로 바꾸세요.
    .google = 연락처를 열어 생일이나 날짜를 고치고 저장한 뒤 다시 내보내세요.
    .mapping = 날짜가 아닌 열은 `memo`에 매핑할 수 있습니다. 매핑하지 않으면 값은 보고서에만 남습니다.
code-DATE_AMBIGUOUS =
    .wants = `events[].date`는 YYYY-MM-DD 형식으로. 예: `1/2/2020` → `2020-01-02`
    .why = 1/2/2020은 1월 2일일 수도 2월 1일일 수도 있습니다. 같은 파일의 다른 날짜로 순서를 알 수 있으면 읽지만, 여기에는 그런 날짜가 없습니다.
    .excel = 2020-02-01처럼 쓰세요. 먼저 열의 서식을 텍스트로 바꾸세요.
    .google = Google은 YYYY-MM-DD로 내보냅니다. 다시 내보내고 스프레드시트에서 저장하지 마세요.
    .mapping = `[normalize] date_order = "day_first"`나 `"month_first"`로 파일 전체의 순서를 정하세요.
code-URL_INVALID =
    .wants = 커스텀 속성의 `link`에는 올바른 URL. 예: `example.com/page` → `https://example.com/page`
    .why = 서비스가 링크로 보여 주는 값입니다.
    .excel = 주소 앞에 https://를 붙이고 공백 없이 쓰세요.
    .google = 연락처의 웹사이트를 고치세요.
    .mapping = 앞부분을 붙이세요: `{"{"} template = "https://{"{"}열 이름{"}"}" {"}"}`.
code-CUSTOM_TYPE_WITHOUT_CUSTOM =
    .wants = `customType`은 유형이 `CUSTOM`일 때만. 예: `WORK`와 `별장` → `CUSTOM`과 `별장`
    .why = 항목의 유형은 서비스가 정한 것과 직접 입력한 것 중 하나만 쓸 수 있습니다.
    .excel = 유형이나 직접 입력 유형 중 하나를 비우세요.
    .google = 직접 만든 매핑에서 나옵니다. Google의 라벨은 하나뿐입니다.
    .mapping = 라벨 하나만 매핑하세요. 아는 라벨은 그 유형이 되고, 나머지는 `CUSTOM`이 되어 라벨을 그대로 씁니다.
code-PRIMARY_COUNT =
    .wants = 각 목록에서 `primary`가 true인 항목이 정확히 하나. 예: 메일 주소 두 개가 모두 대표 → 하나만 대표
    .why = 서비스 문서가 대표 항목을 하나로 정합니다. 지정한 열이 없으면 cardlift가 첫 항목을 대표로 합니다.
    .excel = 그 행에서 한 항목만 대표로 표시하세요.
    .google = 직접 만든 매핑에서 나옵니다. Google은 대표를 내보내지 않습니다.
    .mapping = 매핑에서 `primary`를 빼면 첫 항목이 대표가 됩니다.
code-MEMBERS_MISSING =
    .wants = `permission.accessibleRange`가 `MEMBER`이면 `permission.accessibleMembers`에 구성원 한 명 이상. 예: `members = []` → 구성원 ID 하나 이상
    .why = 특정 구성원만 볼 연락처이므로 누가 볼지 지정해야 합니다.
    .excel = 파일에 그 열이 있을 때만 구성원 ID를 입력하세요.
    .google = Google이 아니라 설정에서 정합니다.
    .mapping = `[permission] members`에 지정하거나, 도메인 전체 구성원에게 보이도록 `accessible_range = "ALL"`로 설정하세요.
code-MASTER_MISSING =
    .wants = `permission.accessibleRange`가 `MEMBER`이면 `permission.masterUserId`. 예: `master_user_id`가 없음 → 마스터 구성원의 ID
    .why = 특정 구성원만 볼 연락처에는 마스터 구성원이 있어야 합니다.
    .excel = 파일에 그 열이 있을 때만 구성원 ID를 입력하세요.
    .google = Google이 아니라 설정에서 정합니다.
    .mapping = `[permission] master_user_id`에 지정하거나 `accessible_range = "ALL"`로 설정하세요.
code-MEMBER_TWICE =
    .wants = `permission.accessibleMembers`에 각 구성원을 한 번씩만. 예: `kim, lee, kim` → `kim, lee`
    .why = 서비스 문서에 따라 같은 구성원을 두 번 지정할 수 없습니다.
    .excel = 파일에 그 열이 있을 때만 둘 중 하나를 지우세요.
    .google = Google이 아니라 설정에서 정합니다.
    .mapping = `[permission] members`에서 둘 중 하나를 지우세요.
code-MESSENGER_TWITTER =
    .wants = `messengers[].type`은 FACEBOOK, LINE, X, CUSTOM 중 하나. 예: `TWITTER` → `X`
    .why = 서비스가 TWITTER를 X로 바꾸었고, TWITTER는 2026년 11월 중순에 없어집니다.
    .excel = TWITTER 대신 X를 쓰세요.
    .google = 할 일이 없습니다. Twitter라는 라벨은 cardlift가 X로 바꿉니다.
    .mapping = `type = {"{"} constant = "X" {"}"}`로 쓰세요.
code-PROPERTY_NAME =
    .wants = `customProperties`의 이름은 영문자나 `_`로 시작하고 영문자, 숫자, `_`로 120자까지. 예: `고객 번호` → `customer_number`
    .why = 서비스의 커스텀 속성이 가질 수 있는 이름입니다. 연락처에 쓰기 전에 서비스에 먼저 만들어 두어야 합니다.
    .excel = 파일이 아니라 설정에서 정합니다.
    .google = Google이 아니라 설정에서 정합니다.
    .mapping = `customProperties`의 키를 서비스에 있는 속성의 이름으로 바꾸세요.
code-SPREADSHEET_DAMAGE =
    .wants = 원래의 값: 전화번호 전체, 날짜. 예: `1.01E+09` → `010-0000-0001`
    .why = 스프레드시트는 CSV를 열 때 긴 숫자를 1.01E+09로, 날짜를 일련번호로, =나 +로 시작하는 값을 수식으로 바꿉니다. 그대로 저장하면 원래 값이 사라집니다.
    .excel = 다시 내보낸 뒤 데이터 > 텍스트/CSV에서로 모든 열을 텍스트로 불러오세요. 또는 서식이 텍스트인 셀에 값을 직접 입력하세요.
    .google = 다시 내보내고, 스프레드시트에서 열지 말고 그대로 가져오세요.
    .mapping = 매핑으로는 값을 되살릴 수 없습니다.
code-ENCODING =
    .wants = 깨지지 않은 글자. API는 UTF-8을 받으며, 파일의 인코딩에서 cardlift가 변환합니다. 예: `홍길�` → `홍길동`
    .why = 파일의 인코딩에는 없는 바이트입니다. 한 파일에 두 인코딩이 섞였거나, 인코딩을 잘못 판별했거나, 파일이 손상되었습니다.
    .excel = "CSV UTF-8" 형식으로 저장하세요.
    .google = 다시 내보내세요. Google은 UTF-8로 씁니다.
    .mapping = 인코딩을 지정하세요: `--encoding cp949`, `--encoding shift_jis` 등.
code-ENCODING_UNCERTAIN =
    .wants = 인코딩을 알 수 있는 글자. vCard에서는 UTF-8이거나 CHARSET에 적힌 인코딩입니다. 예: 인코딩이 적히지 않은 CP949 카드 → `--encoding cp949`로 가져오기
    .why = 같은 바이트도 인코딩에 따라 한국어 이름이 되기도 하고 중국어 이름이 되기도 합니다. cardlift는 이름을 추측하지 않으며, 파일의 글자를 모두 살펴보아도 판별하기에 부족합니다.
    .excel = Excel은 vCard를 읽지 않습니다. 인코딩을 보여 주는 텍스트 편집기로 여세요.
    .google = 다시 내보내세요. Google은 UTF-8로 씁니다.
    .mapping = `--encoding cp949`, `shift_jis`, `gbk`, `big5`, `windows-1251` 등으로 파일 전체의 인코딩을 정하세요.
code-STRAY_QUOTE =
    .wants = 짝이 맞는 따옴표. 따옴표가 든 셀은 따옴표로 묶고, 안의 따옴표는 두 번 씁니다. 예: `"Ann "Annie" Kim"` → `"Ann ""Annie"" Kim"`
    .why = 따옴표가 하나 많거나 모자라면 셀이 어디서 끝나는지 알 수 없습니다. 다음 행까지 한 셀로 읽혔을 수 있어 보내지 않습니다.
    .excel = 텍스트 편집기로 그 행을 열어 셀 안의 따옴표를 두 번 쓰거나 잘못된 따옴표를 지우세요. Excel로 저장하면 따옴표가 맞게 들어갑니다.
    .google = 다시 내보내세요. Google은 따옴표를 맞게 씁니다.
    .mapping = 매핑으로는 고칠 수 없습니다.
code-CUT_OFF =
    .wants = 온전한 파일. 예: 마지막 행이 `"서울시 강남` → `"서울시 강남구"`
    .why = 따옴표로 묶인 셀 중간에서 파일이 끝납니다. 내려받기가 끊겼거나 따옴표를 닫지 않았습니다.
    .excel = 텍스트 편집기로 파일의 끝을 열어 따옴표를 닫거나 다시 내보내세요.
    .google = 다시 내보내고 내려받기가 끝날 때까지 기다리세요.
    .mapping = 매핑으로는 고칠 수 없습니다.
code-RECORD_TOO_LARGE =
    .wants = 서비스 문서에는 없는 cardlift의 한도로, 레코드는 512 KiB까지입니다. 연락처 하나에는 그보다 훨씬 적게 필요합니다. 예: 사진이 들어 있는 셀 → 빈 셀
    .why = 따옴표를 닫지 않아 파일의 나머지가 한 셀이 되었거나, 셀에 사진 같은 파일이 들어 있을 가능성이 큽니다.
    .excel = 텍스트 편집기로 그 행을 열어 따옴표를 닫으세요. 파일이 든 열은 Excel에서 삭제하세요.
    .google = 다시 내보내세요.
    .mapping = 매핑으로는 고칠 수 없습니다.
code-CARD_UNREADABLE =
    .wants = BEGIN:VCARD에서 END:VCARD까지의 vCard 2.1, 3.0, 4.0. 예: 한 줄로 이어진 카드 → 속성마다 한 줄
    .why = 손상된 내용과 구별할 수 없습니다. 파일의 다른 카드는 그대로 읽습니다.
    .excel = Excel은 vCard를 읽지 않습니다. 텍스트 편집기로 여세요.
    .google = 연락처를 vCard나 CSV로 다시 내보내세요.
    .mapping = 매핑으로는 고칠 수 없습니다.
code-GROUP_CARD =
    .means = 사람이 아니라 그룹이나 배포 목록(`KIND:group`)인 vCard여서 건너뜁니다. 그룹에 속한 사람은 results.jsonl의 참고 사항에 있습니다. 예: `KIND:group`과 `MEMBER:urn:uuid:…`만 있는 카드
    .next = 할 일이 없습니다. 소속을 남기려면 각 연락처에 범주를 지정하고 `[tags]`를 설정하세요.
code-EMAIL_INVALID =
    .wants = `@`가 정확히 하나이고 양쪽에 글자가 있으며 공백이 없는 주소. 서비스 문서에는 형식이 없지만 그 밖의 주소로는 메일이 가지 않으므로 cardlift가 정한 규칙입니다. 예: `ann@@example.com` → `ann@example.com`
    .why = 오타이거나 다른 값이 든 열입니다. 전화번호나 다른 메일 주소가 있는 레코드는 이 값만 제외하고 가져오며, 제외된 값은 행 번호와 함께 알립니다.
    .excel = 주소를 고치거나 셀을 비우세요.
    .google = 연락처를 열어 메일 주소를 고치고 저장한 뒤 다시 내보내세요.
    .mapping = 메일 주소가 아닌 것이 든 열이면 `emails` 대신 `memo`에 매핑하세요.
code-ROW_TOO_LONG =
    .wants = 머리글의 열보다 많지 않은 셀. 예: `Ann,1 Main St, Apt 4` → `Ann,"1 Main St, Apt 4"`
    .why = 따옴표 없는 값 안에 쉼표가 있습니다. 어느 값이 어느 열의 것인지 알 수 없어 보내지 않습니다.
    .excel = 값을 따옴표로 묶거나 남는 셀을 지우세요.
    .google = Google은 따옴표를 직접 붙입니다. 파일을 텍스트로 고치지 말고 다시 내보내세요.
    .mapping = 매핑으로는 바뀌지 않습니다.
code-TOTAL_ROW =
    .wants = 연락처인 행. 합계를 뜻하는 말로 시작하고 숫자만 있는 행은 보내지 않습니다. 예: `합계,59` → 행 삭제
    .why = 스프레드시트의 목록 아래에 합계 행이 있습니다.
    .excel = 행을 지우세요. 그대로 두어도 보내지 않습니다.
    .google = Google이 내보낸 파일에는 이런 행이 없습니다. 누군가 추가한 행입니다.
    .mapping = 매핑으로는 바뀌지 않습니다.
code-HEADER_REPEATED =
    .means = 여러 파일을 이어 붙였을 때처럼 머리글이 반복된 행이어서 건너뜁니다. 예: 200행에 다시 나온 `Name,Email,Phone`
    .next = 할 일이 없습니다.
code-DUPLICATE =
    .wants = 서비스는 중복을 막지 않아 두 번 생성하면 연락처가 둘이 됩니다. 그래서 cardlift가 보내지 않습니다. 예: `홍길동, 010-0000-0001`이 두 행 → 한 번만 생성
    .why = 앞선 레코드와 이름이 같고 메일 주소나 전화번호가 겹칩니다. 같은 사무실이나 가족처럼 번호가 같아도 이름이 다르면 둘 다 생성합니다.
    .excel = 둘 다 필요하면 이름을 다르게 하세요. 아니면 할 일이 없습니다.
    .google = "병합 및 수정"으로 중복을 합친 뒤 다시 내보내세요.
    .mapping = 매핑으로는 바뀌지 않습니다.

code-ONLY_IN_DUPLICATE =
    .wants = 서비스는 중복을 막지 않아 두 번 생성하면 연락처가 둘이 됩니다. 그래서 이 레코드는 여기에만 있는 값까지 보내지 않습니다. 예: 두 번째 `홍길동, 010-0000-0001`에만 있는 메일 주소 → 첫 번째 행으로 옮김
    .why = 앞선 레코드와 이름이 같고 메일 주소나 전화번호가 겹치거나 `[mapping] key`가 같은데, 앞선 레코드에 없는 값이 있습니다. 같은 사람을 두 번 적었거나, 이름과 번호가 같은 다른 사람입니다.
    .excel = 다른 사람이면 rejects.csv에서 이름을 바꾸거나 겹치는 값을 지우고 그 파일을 가져오세요. 같은 사람이면 값을 앞선 레코드로 옮기세요.
    .google = "병합 및 수정"으로 중복의 값을 모두 합친 뒤 다시 내보내세요.
    .mapping = cardlift.toml에 `[normalize] duplicates = "merge"`를 설정하면 이 값으로 앞선 레코드를 보완합니다.

code-CHANGED =
    .means = 이전 실행에서 생성한 레코드의 내용이 그 뒤 바뀌었습니다. 서비스의 연락처는 그대로 두었습니다. 예: 전화번호 `010-0000-0001` → `010-0000-0002`
    .next = 연락처를 업데이트하려면 `[mapping] key`와 `on_change = "update"`를 설정하세요. 새로 만들려면 `cardlift undo RUN --record N`으로 먼저 삭제한 뒤 다시 가져오세요.
code-UPDATED =
    .means = 레코드의 내용이 연락처와 달라, `on_change = "update"` 또는 `on_remote = "update"` 설정에 따라 연락처를 업데이트했습니다. 쓴 항목과 그대로 둔 항목이 메시지에 있습니다. 예: 전화번호 `010-0000-0001` → `010-0000-0002`
    .next = 없습니다.
code-DIFFERS =
    .means = `match_remote`가 다른 사람이 만든 이 레코드의 연락처를 서비스에서 찾았습니다. `[mapping] key`가 같거나, 이름이 같고 메일 주소나 전화번호가 겹칩니다. 그 연락처는 메시지에 적힌 내용이 다르며 그대로 두었습니다. 예: 파일에는 부장, 서비스에는 차장
    .next = 둘을 비교해 한쪽을 고치거나, 없는 것만 보태는 `[send] on_remote = "update"` 또는 그대로 넘겨받는 `"adopt"`를 설정하세요. 내용이 다른 동안에는 실행할 때마다 알립니다.
code-ADOPTED =
    .means = 다른 사람이 만든 연락처입니다. `[send] on_remote` 설정에 따라 앞으로 cardlift가 만든 것처럼 이 레코드의 것으로 다룹니다. 아무것도 쓰지 않았습니다. 예: 동료가 손으로 입력한 연락처 → 이제 레코드 7의 연락처
    .next = 없습니다. `cardlift undo RUN`으로 취소할 수 있으며 연락처는 남습니다.
code-KEY_NOT_UNIQUE =
    .means = 레코드와 `[mapping] key`가 같은 연락처가 서비스에 여럿 있어 어느 것이 이 레코드의 것인지 알 수 없습니다. 아무것도 만들거나 바꾸지 않았습니다. 예: 번호 17 → 번호가 17인 연락처 두 개
    .next = 메시지에 적힌 연락처를 하나만 남기고 삭제하거나 고친 뒤 다시 가져오세요.
code-CONTACT_GONE =
    .means = 레코드가 바뀌어 연락처를 업데이트하려 했지만 서비스에 더 이상 없습니다. 예: 생성한 뒤 누군가 삭제한 연락처
    .next = 새로 만들려면 `cardlift undo RUN --record N`으로 생성한 실행을 되돌린 뒤 다시 가져오세요.
code-LOOKALIKE =
    .means = 생성이 이루어졌을 수 있습니다. 그 시간에 만들어졌고 어느 레코드에도 속하지 않는 연락처가 있습니다. 그러나 메시지에 적힌 항목이 달라 증거가 되지 않으므로, 이 레코드는 저절로 다시 보내지지 않습니다. 이런 연락처는 대개 레코드와 이름, 메일 주소 또는 전화번호가 같습니다. 서비스가 cardlift가 만든 연락처를 10개 이상 보여 주기 전에는 그렇지 않은 연락처도 해당합니다. 예: 이름은 같고 전화번호가 다른 연락처
    .next = 둘을 비교하세요. 같은 연락처라면 `cardlift resolve RUN#N --contact ID`, 서비스에 없다면 `cardlift resolve RUN#N --send-again`을 실행한 뒤 다시 가져오세요.
code-LOOKUP_INCOMPLETE =
    .means = 생성되었는지 서비스에서 확인할 수 없습니다. 연락처를 읽을 수 없거나, 목록을 생성 순서로 끝까지 읽을 수 없습니다. 예: 목록 읽기가 거부됨
    .next = 같은 명령을 다시 실행하면 한 번 더 조회합니다. 또는 서비스에서 직접 확인하고 `cardlift resolve RUN#N`을 사용하세요.
code-SERVICE_CHANGED =
    .means = 연락처는 생성되었지만, 서비스의 응답에 있는 값이 보낸 값과 다르거나 없습니다. 예: 보낸 값 `(02) 000-0001` → 서비스의 값 `02-000-0001`
    .next = 서비스에서 이런 연락처 하나를 확인하세요. 하나에서 바뀐 값은 모든 연락처에서 바뀝니다.

## 결과
outcome-page-valid =
    .means = 검사를 통과했습니다. 서비스가 받을 레코드입니다.
    .next = 가져오세요.
outcome-page-created =
    .means = 이번 실행에서 연락처를 생성했습니다. `contact_id`는 서비스의 ID입니다.
    .next = 할 일이 없습니다.
outcome-page-exists =
    .means = 연락처가 이미 있어 다시 생성하지 않았습니다. 이전 실행에서 생성했거나 서비스에서 찾았습니다.
    .next = 할 일이 없습니다.
outcome-page-duplicate =
    .means = 같은 입력의 앞선 레코드와 이름이 같고 메일 주소나 전화번호가 겹칩니다. 보내지 않았습니다.
    .next = 둘 다 필요하면 이름을 다르게 하세요. 아니면 할 일이 없습니다.
outcome-page-invalid =
    .means = 서비스의 규칙에 맞지 않아 보내지 않았습니다. 이유는 `code`, `field`, `message`에 있습니다.
    .next = rejects.csv나 rejects.vcf에서 고친 뒤 그 파일을 가져오세요.
outcome-page-skipped =
    .means = 그룹 카드처럼 연락처가 아닙니다. 보내지 않았으며 빠지는 사람은 없습니다. 무엇인지는 `code`와 `message`에 있습니다.
    .next = 할 일이 없습니다.
outcome-page-rejected =
    .means = 서비스가 거부해 생성되지 않았습니다. `code`와 `message`는 서비스의 응답입니다.
    .next = rejects.csv나 rejects.vcf에서 고친 뒤 그 파일을 가져오세요.
outcome-page-failed =
    .means = 시도 횟수를 다 썼으며, 생성되지 않은 것이 확실합니다.
    .next = rejects.csv나 rejects.vcf를 가져오거나 같은 명령을 다시 실행하세요.
outcome-page-unknown =
    .means = 생성되었을 수 있습니다. 요청은 보냈지만 읽을 수 있는 응답이 오지 않았습니다. 확인하지 않고 다시 보내지 않습니다.
    .next = 같은 명령을 다시 실행하세요. 먼저 서비스에서 연락처를 조회합니다. 그래도 확인되지 않으면 `cardlift resolve RUN`의 목록을 보고 결과를 정하세요.
outcome-page-not_attempted =
    .means = 차례가 오기 전에 실행이 끝났습니다.
    .next = 같은 명령을 다시 실행하세요. 멈춘 곳부터 이어집니다.
