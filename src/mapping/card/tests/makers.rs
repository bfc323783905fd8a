use super::*;

const ICLOUD: &str = "BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//iCloud Web Address Book 2117B3//EN\r
N:김;민지;;Dr.;\r
FN:Dr. 김민지\r
X-PHONETIC-FIRST-NAME:Minji\r
X-PHONETIC-LAST-NAME:Kim\r
NICKNAME:민지\r
ORG:예시상사;개발본부;플랫폼팀\r
TITLE:팀장\r
EMAIL;type=INTERNET;type=WORK;type=pref:minji@example.com\r
item1.EMAIL;type=INTERNET:minji.kim@example.org\r
item1.X-ABLabel:동호회\r
TEL;type=CELL;type=VOICE;type=pref:010-0000-0001\r
TEL;type=IPHONE;type=CELL;type=VOICE:010-0000-0002\r
TEL;type=WORK;type=FAX:02-000-0003\r
TEL;type=MAIN:02-000-0004\r
item2.TEL:02-000-0005\r
item2.X-ABLabel:내선 직통\r
item3.ADR;type=WORK;type=pref:;;테헤란로 1\\n3층;강남구;서울특별시;06000;대한민국\r
item3.X-ABADR:kr\r
item4.URL;type=pref:https://example.com/minji\r
item4.X-ABLabel:_$!<HomePage>!$_\r
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\r
item5.X-ABDATE;type=pref:2015-05-09\r
item5.X-ABLabel:_$!<Anniversary>!$_\r
item6.X-ABDATE:2020-03-02\r
item6.X-ABLabel:입사일\r
item7.X-ABRELATEDNAMES;type=pref:김영수\r
item7.X-ABLabel:_$!<Father>!$_\r
IMPP;X-SERVICE-TYPE=Skype;type=HOME;type=pref:skype:minji.example\r
item8.IMPP;X-SERVICE-TYPE=KakaoTalk:x-apple:minji-kakao\r
item8.X-ABLabel:_$!<Other>!$_\r
X-SOCIALPROFILE;type=twitter;x-user=minji_ex:http://twitter.com/minji_ex\r
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.example/in/minji-kim\r
NOTE:첫 줄\\n둘째 줄\\, 끝\r
CATEGORIES:고객,서울\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKD\r
 BQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/\r
REV:2026-01-02T03:04:05Z\r
UID:00000000-0000-0000-0000-000000000001\r
END:VCARD\r
";

const GOOGLE: &str = "BEGIN:VCARD\r
VERSION:3.0\r
FN:Ms. Anna Maria van der Example Jr.\r
N:van der Example;Anna;Maria;Ms.;Jr.\r
X-PHONETIC-FIRST-NAME:Ana\r
NICKNAME:Annie,Anni\r
EMAIL;TYPE=INTERNET;TYPE=HOME:anna@example.com\r
EMAIL;TYPE=INTERNET:anna.b@example.com\r
TEL;TYPE=CELL:+1 201-555-0100\r
item1.TEL:+1 201-555-0101\r
item1.X-ABLabel:Grand Central\r
TEL;TYPE=PAGER:+1 201-555-0102\r
TEL:+1 201-555-0103\r
ADR;TYPE=HOME:PO 12;Apt 4;1 Example Street;Sampletown;NY;10001;United States\r
item2.ORG:Example\\, Inc.\r
item2.TITLE:Buyer\r
ORG:Sample Ltd.;Purchasing\r
TITLE:Advisor\r
BDAY:19900102\r
item3.X-ABDATE:2001-02-03\r
item3.X-ABLabel:_$!<Other>!$_\r
URL;TYPE=WORK:https\\://example.com\r
X-GTALK:anna@talk.example.com\r
X-SKYPE:anna.skype\r
NOTE:one\r
NOTE:two\r
CATEGORIES:myContacts\r
END:VCARD\r
";

const ANDROID: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EB=82=A8=EA=B6=81;=EB=AF=BC;;;\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EB=82=A8=EA=B6=81=\r
=EB=AF=BC\r
X-PHONETIC-LAST-NAME:Namgung\r
TEL;CELL:010-0000-0001\r
TEL;CELL;PREF:010-0000-0001\r
TEL;VOICE:010-0000-0001\r
TEL;HOME;FAX:02-000-0002\r
TEL;VOICE:02-000-0003\r
EMAIL;HOME:min@example.com\r
ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;=EC=84=9C=EC=9A=B8 1;;;;\r
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EC=98=88=EC=8B=9C\r
TITLE:Manager\r
NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r
BDAY:1985-06-07\r
X-AIM:min.aim\r
X-QQ:10000\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Minnie;1;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1985-06-07;3;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/contact_event;2010-10-10;0;=EC=9D=8C=EB=A0=A5;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2011-11-11;0;Moved in;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Sun;14;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.com.google.cursor.item/contact_user_defined_field;Badge;17\r
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQ\r
 gHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc\r
\r
END:VCARD\r
";

const SAMSUNG: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N:;Jo Example;;;\r
FN:Jo Example\r
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=EB=B3=84=EC=9E=A5):031-000-0001\r
TEL;WORK;PREF:031-000-0002\r
EMAIL;PREF;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=43=75=73):jo@example.com\r
X-SNS:jo.sns\r
END:VCARD\r
";

const LINEAGE: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N:Example;Lin;;;\r
FN:Lin Example\r
TEL;X-Summer house:02-000-0001\r
TEL;X-Mobile:010-0000-0001\r
EMAIL;X-Club:lin@example.com\r
ADR;X-Cabin:;;2 Lake Road;Lakeville;;;\r
SOUND;X-IRMC-N:Egzampl;Lin;;;\r
END:VCARD\r
";

const OUTLOOK: &str = "BEGIN:VCARD\r
VERSION:2.1\r
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns=\"http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards\" ver=\"1.0\"/>\r
N;LANGUAGE=en-us:Doe;Jane;;Ms.\r
FN:Ms. Jane Doe\r
ORG:Example Corp;Sales\r
TITLE:Director\r
ROLE:Leading\r
TEL;WORK;VOICE:(201) 555-0100 ext. 12\r
TEL;CELL;VOICE:(201) 555-0101\r
TEL;WORK;FAX:(201) 555-0102\r
X-MS-TEL;ASSISTANT:(201) 555-0103\r
ADR;WORK;PREF:;Room 5;1 Sample Ave;Sampletown;NY;10001;United States of America\r
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Room 5=0D=0A1 Sample Ave=0D=0ASampletown, NY 10001=0D=0AUnited States of America\r
LABEL;HOME;ENCODING=QUOTED-PRINTABLE:2 Hill Road=0D=0AHilltown\r
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r
URL;WORK:http://www.example.com\r
BDAY:19700102\r
X-MS-ANNIVERSARY:20000203\r
X-MS-IMADDRESS:jane@im.example.com\r
X-MS-MANAGER:Pat Example\r
X-MS-SPOUSE;N:Sam\r
KEY;X509;ENCODING=BASE64:\r
    MIICXAIBAAKBgQDExampleExampleExampleExampleExampleExampleExampleExa\r
\r
\r
EMAIL;PREF;INTERNET:jane@example.com\r
REV:20260102T030405Z\r
END:VCARD\r
";

const FOUR: &str = "BEGIN:VCARD\r
VERSION:4.0\r
KIND:individual\r
FN;PREF=1:安藤 光\r
N;SORT-AS=\"あんどう,ひかる\":安藤;光;;;\r
NICKNAME:ひかり\r
BDAY:--0412\r
ANNIVERSARY;VALUE=text:spring of 2001\r
GENDER:F\r
ADR;TYPE=home;LABEL=\"東京都千代田区例町1-1\\n100-0001\";GEO=\"geo:35.0,139.0\":;;;;;;\r
ADR;TYPE=work;PREF=1:;5F;例町2-2;千代田区;東京都;100-0002;日本\r
TEL;VALUE=uri;PREF=2;TYPE=\"voice,home\":tel:+81-3-0000-0001;ext=12\r
TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+81-90-0000-0001\r
TEL;VALUE=uri:sip:hikaru@sip.example.com\r
EMAIL;TYPE=work;PREF=1:mailto:hikaru@example.jp\r
IMPP;PREF=1:xmpp:hikaru%40chat@example.jp\r
LANG;PREF=1:ja\r
TZ:+09:00\r
GEO:geo:35.0,139.0\r
ORG:例商事;営業部\r
ROLE:課長\r
RELATED;TYPE=friend:urn:uuid:00000000-0000-0000-0000-000000000002\r
URL:https://example.jp\r
KEY:https://example.jp/key.asc\r
CLIENTPIDMAP:1;urn:uuid:00000000-0000-0000-0000-000000000003\r
CALADRURI:mailto:hikaru@example.jp\r
END:VCARD\r
";

#[test]
fn show() {
    let keitai = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS:山田;太郎;;;\r\nSOUND;X-IRMC-N;CHARSET=SHIFT_JIS:ﾔﾏﾀﾞ;ﾀﾛｳ;;;\r\nTEL;CELL:090-0000-0001\r\nTEL;VOICE:03-0000-0002\r\nEMAIL;CELL:taro@example.jp\r\nADR;HOME;CHARSET=SHIFT_JIS:;;例町1-1;千代田区;東京都;100-0001;\r\nNOTE;CHARSET=SHIFT_JIS:友だち\r\nX-GN;CHARSET=SHIFT_JIS:家族\r\nX-CLASS:PUBLIC\r\nX-REDUCTION:\r\nEND:VCARD\r\n";
    let sjis = encoding_rs::SHIFT_JIS.encode(keitai).0;
    for file in [
        ICLOUD.as_bytes(),
        GOOGLE.as_bytes(),
        ANDROID.as_bytes(),
        SAMSUNG.as_bytes(),
        LINEAGE.as_bytes(),
        OUTLOOK.as_bytes(),
        &sjis,
        FOUR.as_bytes(),
    ] {
        let (payload, notes) = mapped(file);
        eprintln!("{payload:#}\n{notes:#?}");
    }
}
