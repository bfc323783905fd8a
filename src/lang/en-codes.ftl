# The pages of `cardlift explain-code` in English. The titles of the codes are in en.ftl.

## Problems
code-NAME_MISSING =
    .wants = At least one of `contactName.firstName` and `contactName.lastName`; the rest of `contactName` is optional. Example: no name, no company → last name "Example"
    .why = Contacts are listed by name. Where there is no person, cardlift uses the name of the organisation; a record with this code has neither.
    .excel = Fill in one of the name columns of the row.
    .google = Open the contact, fill in "First name", "Last name" or "Company", save, and export again.
    .mapping = If the name is in a column that is not mapped, map it: `[mapping.contactName] lastName = "COLUMN"`, or `fullName = "COLUMN"` for a full name in one column.
code-EMAIL_OR_TELEPHONE_MISSING =
    .wants = At least one item in `emails` or in `telephones`. Example: both empty → telephone `030 000001`
    .why = The service refuses contacts that have neither an e-mail nor a phone number.
    .excel = Fill in an e-mail or phone column of the row, or delete the row if it is not needed.
    .google = Open the contact, add an e-mail or a phone number, save, and export again.
    .mapping = If the value is in a column that is not mapped, add it: `emails = ["COLUMN"]` or `telephones = [{"{"} telephone = "COLUMN", type = "WORK" {"}"}]`.
code-VALUE_MISSING =
    .wants = The property that the message names. An item of a list needs its `email`, `telephone`, `date`, `address`, `id` or `url`; a member needs its `id`. Example: label `Work`, number empty → number `030 000001`
    .why = The service refuses the whole contact for one item without its value.
    .excel = Fill in the cell, or empty the cells beside it that belong to the same item, such as its label.
    .google = Open the contact, and complete or remove the half-filled entry.
    .mapping = Give the value a default: `{"{"} column = "COLUMN", default = "VALUE" {"}"}`.
code-TOO_LONG =
    .wants = At most 100 characters for parts of names, organisations, addresses, postal codes, messenger ids, website URLs and custom types; 256 for an e-mail; 300 for a custom link; 4,000 for `memo`. Example: an organisation of 120 characters → its short name
    .why = These are the limits of the service's documentation. They count characters, not bytes.
    .excel = Shorten the cell. `=LEN(A2)` shows its length.
    .google = Shorten the value, or move part of it into the notes.
    .mapping = With `[normalize] too_long = "carry_over"` the value is not imported but listed in the report, and the rest of the contact is; with `carry_over = "memo"` as well, it is appended to the memo as far as there is room.
code-TOO_MANY_ITEMS =
    .wants = At most 100 items in a list, 500 members, 10 values of a custom property. Example: 101 e-mails → 100
    .why = These are the limits of the service's documentation.
    .excel = Empty the cells that are not needed, or split the row into two contacts.
    .google = Remove entries from the contact.
    .mapping = Map fewer columns to the list.
code-NOT_ALLOWED =
    .wants = One of the values that the message lists, in capitals, in a `type`, `dayType` or `accessibleRange`. Example: `office` → `WORK`
    .why = The service accepts no other values. For any other type, use `CUSTOM` with a `customType`.
    .excel = Use one of the values that the message lists.
    .google = cardlift translates Google's labels; this code comes from your own mapping.
    .mapping = Translate labels: `type = {"{"} column = "Kind", labels = {"{"} "Desk" = "WORK" {"}"}, default = "OTHER" {"}"}`.
code-PHONE_PATTERN =
    .wants = `telephones[].telephone` with only the digits 0 to 9, spaces, and + - * # ( ) P T. Example: `030 000001 (ask for Kim)` → `030 000001`
    .why = The service checks the whole number. cardlift rewrites what is certain (full-width digits and dashes, `tel:`, extensions) and does not guess the rest, such as letters for digits.
    .excel = Write the number in digits. Put two numbers into two columns, and words such as "ask for Kim" into the notes. Format the column as text first, so that Excel keeps a leading zero.
    .google = Open the contact, correct the number, save, and export again.
    .mapping = If the column holds anything but phone numbers, map it to `memo` instead of `telephones`.
code-DATE_INVALID =
    .wants = `events[].date` as a day of the calendar, YYYY-MM-DD. Example: `1990-02-30` → `1990-02-28`
    .why = The day does not exist (30 February), or the date has an unknown form. cardlift never guesses dates.
    .excel = Write it as 2021-01-09. Format the column as text first, so that Excel does not convert it.
    .google = Open the contact, correct "Birthday" or the date, save, and export again.
    .mapping = A column that holds no dates can be mapped to `memo`; without a mapping, its values are not imported, and listed in the report.
code-DATE_AMBIGUOUS =
    .wants = `events[].date` as YYYY-MM-DD. Example: `1/2/2020` → `2020-02-01`
    .why = 1/2/2020 may be 1 February or 2 January. cardlift reads such dates if another date in the same file settles the order; here none does.
    .excel = Write it as 2020-02-01. Format the column as text first.
    .google = Google exports YYYY-MM-DD; export again, and do not save the file in a spreadsheet.
    .mapping = `[normalize] date_order = "day_first"` or `"month_first"` settles it for the whole file.
code-URL_INVALID =
    .wants = A valid URL as the `link` of a custom property. Example: `example.com/my page` → `https://example.com/my-page`
    .why = The service shows it as a link.
    .excel = Begin the address with https://, without spaces.
    .google = Correct the contact's website.
    .mapping = Add the beginning: `{"{"} template = "https://{"{"}COLUMN{"}"}" {"}"}`.
code-CUSTOM_TYPE_WITHOUT_CUSTOM =
    .wants = A `customType` only with the type `CUSTOM`. Example: type `WORK`, custom type "Direct line" → type `CUSTOM`, custom type "Direct line"
    .why = An item has either one of the service's types or a custom one.
    .excel = Empty either the type or the custom type.
    .google = This comes from your own mapping; Google has one label for both.
    .mapping = Map only the label: known labels become types, all others `CUSTOM` with their text.
code-PRIMARY_COUNT =
    .wants = Exactly one item of each list with `primary` true. Example: two primary e-mails → one
    .why = The service's documentation asks for one. If no column says which, cardlift makes the first item primary.
    .excel = Mark exactly one item of the row as primary.
    .google = This comes from your own mapping; Google exports no such mark.
    .mapping = Remove `primary` from the mapping; the first item is then primary.
code-MEMBERS_MISSING =
    .wants = At least one member in `permission.accessibleMembers` if `permission.accessibleRange` is `MEMBER`. Example: no members → `members = [{"{"} id = "user-id", type = "USER" {"}"}]`
    .why = A contact visible to certain members needs to say to whom.
    .excel = If the file has a column for it, fill in the ids of the members.
    .google = Not in Google; this is set in the configuration.
    .mapping = Name them in `[permission] members`, or set `accessible_range = "ALL"` for all members of the domain.
code-MASTER_MISSING =
    .wants = `permission.masterUserId` if `permission.accessibleRange` is `MEMBER`. Example: no owner → `master_user_id = "user-id"`
    .why = A contact visible to certain members is owned by one of them.
    .excel = If the file has a column for it, fill in the id of the member.
    .google = Not in Google; this is set in the configuration.
    .mapping = Name the member in `[permission] master_user_id`, or set `accessible_range = "ALL"`.
code-MEMBER_TWICE =
    .wants = Each member once in `permission.accessibleMembers`. Example: `kim, lee, kim` → `kim, lee`
    .why = The service's documentation says that the members must differ.
    .excel = If the file has a column for it, remove one of the two.
    .google = Not in Google; this is set in the configuration.
    .mapping = Remove one of the two from `[permission] members`.
code-MESSENGER_TWITTER =
    .wants = FACEBOOK, LINE, X or CUSTOM in `messengers[].type`. Example: `TWITTER` → `X`
    .why = The service renamed TWITTER to X and removes TWITTER in mid-November 2026.
    .excel = Replace TWITTER with X.
    .google = Nothing to do; cardlift turns the label Twitter into X.
    .mapping = Write `type = {"{"} constant = "X" {"}"}`.
code-PROPERTY_NAME =
    .wants = A name in `customProperties` that begins with a letter or `_` and has only letters, digits and `_`, at most 120 characters. Example: `customer no.` → `customer_no`
    .why = The service allows only these names for custom properties. A property has to be added there before a contact uses it.
    .excel = Not in the file; this is set in the configuration.
    .google = Not in Google; this is set in the configuration.
    .mapping = Rename the key in `customProperties` to the property's name in the service.
code-SPREADSHEET_DAMAGE =
    .wants = The original value: the whole phone number, the date. Example: `1.01E+09` → `010-0000-0001`
    .why = A spreadsheet that opens a CSV file turns long numbers into 1.01E+09, dates into serial numbers, and cells that begin with = or + into formulas. Once it is saved, the original is gone from the file.
    .excel = Export again, and open the file with Data > From Text/CSV, all columns as text. Or format the cell as text and type the value.
    .google = Export again, and import the file as it is, without opening it in a spreadsheet.
    .mapping = No mapping can restore the value.
code-ENCODING =
    .wants = Text. The API takes UTF-8; cardlift converts from the file's encoding. Example: a CP949 file read as UTF-8 → `--encoding cp949`
    .why = The record has bytes that are not valid in the encoding the file is read as: two encodings in one file, a wrong guess, or a damaged file.
    .excel = Save the file as "CSV UTF-8".
    .google = Export again; Google writes UTF-8.
    .mapping = Name the encoding: `--encoding cp949`, `--encoding shift_jis`, …
code-ENCODING_UNCERTAIN =
    .wants = Text whose encoding is certain: in vCards UTF-8, or what CHARSET names. Example: a Korean vCard without CHARSET → `--encoding cp949`
    .why = The same bytes can be a name in several encodings: four bytes may be Korean or Chinese. cardlift never guesses names, and all the text of the file together is too little to tell.
    .excel = Excel does not read vCards; open the file in a text editor that shows the encoding.
    .google = Export again; Google writes UTF-8.
    .mapping = `--encoding` with `cp949`, `shift_jis`, `gbk`, `big5`, `windows-1251` or another name settles it for the whole file.
code-STRAY_QUOTE =
    .wants = Balanced CSV quotes: a cell that contains a quote is quoted itself, and each quote in it is doubled. Example: `"the "Blue" house"` → `"the ""Blue"" house"`
    .why = With one quote too many or too few it is unclear where the cell ends, and it may include the rows that follow; so the record is not sent.
    .excel = Open the line in a text editor, and double the quotes within the cell or remove the stray one. Excel itself writes them correctly.
    .google = Export again; Google writes them correctly.
    .mapping = No mapping can fix it.
code-CUT_OFF =
    .wants = A complete file. Example: last line `Example,"Main` → `Example,"Main Street 1"`
    .why = The file ends in the middle of a quoted cell: the download was cut off, or a quote is never closed.
    .excel = Open the end of the file in a text editor and close the quote, or export again.
    .google = Export again, and wait for the download to finish.
    .mapping = No mapping can fix it.
code-RECORD_TOO_LARGE =
    .wants = The documentation sets no limit; cardlift reads records of up to 512 KiB, far more than a contact needs. Example: a photo in a cell → an empty cell
    .why = Probably a quote is opened and never closed, so that the rest of the file became one cell; or a cell holds a photo or another file.
    .excel = Close the quote in a text editor, or delete the column that holds files in Excel.
    .google = Export again.
    .mapping = No mapping can fix it.
code-CARD_UNREADABLE =
    .wants = A vCard 2.1, 3.0 or 4.0, from BEGIN:VCARD to END:VCARD. Example: a card on one line → one property on each line
    .why = The card is too damaged to tell its values. The other cards of the file are read.
    .excel = Excel does not read vCards; open the file in a text editor.
    .google = Export the contact again, as vCard or as CSV.
    .mapping = No mapping can fix it.
code-GROUP_CARD =
    .means = The vCard is a group or distribution list (`KIND:group`), not a person, and is skipped; notes in results.jsonl name its members. Example: the group "Sales" → the category `Sales` on its members
    .next = Nothing to do. To keep the members together, give them a category and set `[tags]`.
code-EMAIL_INVALID =
    .wants = The service's documentation sets no form. This rule is cardlift's own, since mail arrives nowhere else: exactly one `@`, something on both sides of it, and no spaces. Example: `ann@@example.com` → `ann@example.com`
    .why = A typing error, or another value in the column. A record that has a phone number or another e-mail is imported without the value, which is named with its line.
    .excel = Correct the address, or empty the cell.
    .google = Open the contact, correct the e-mail, save, and export again.
    .mapping = If the column holds anything but e-mails, map it to `memo` instead of `emails`.
code-ROW_TOO_LONG =
    .wants = No more filled cells in the row than the header has columns; otherwise it is unclear which value belongs to which column. Example: `1 Main St, Apt 4` → `"1 Main St, Apt 4"`
    .why = Usually a value holds a comma and is not in quotes. Values under the wrong names are never sent.
    .excel = Put the value in quotes, or remove the extra cell.
    .google = Google writes the quotes; export again instead of editing the file as text.
    .mapping = No mapping can fix it.
code-TOTAL_ROW =
    .wants = A contact in every row. This one begins with a word for a total and holds only numbers. Example: `Total,120,80` → no row
    .why = Spreadsheets often have a row of totals below the list.
    .excel = Remove the row, or leave it: it is not sent.
    .google = Google writes no such rows; somebody added it.
    .mapping = No mapping changes this.
code-HEADER_REPEATED =
    .means = The row is a repeated header, as in files that were joined, and is skipped. Example: `Name,Email` on line 50 → no row
    .next = Nothing to do.
code-DUPLICATE =
    .wants = The service allows duplicates and would create two contacts, so cardlift does not send the second. Example: two records "Ann Example, 030 000001" → one contact
    .why = An earlier record of this input has the same name and shares an e-mail or a phone number. Records that share only the e-mail or number, as offices and families do, are all created.
    .excel = If you need both, change one of the names. Otherwise nothing to do.
    .google = "Merge & fix" joins duplicates; then export again.
    .mapping = No mapping changes this.

code-ONLY_IN_DUPLICATE =
    .wants = The service allows duplicates and would create two contacts, so cardlift does not send the second, although only that record has some values. Example: "Ann Example, 030 000001" again with an address → the address in the first record
    .why = An earlier record of this input has the same name and shares an e-mail or a phone number (or has the same `[mapping] key`), and lacks values that this record has. It may be another person, such as a son with his father's name and number, or a second entry for the same person.
    .excel = Another person: change the name or remove the shared value in rejects.csv, and import that file. The same person: move the values to the earlier record.
    .google = "Merge & fix" joins duplicates with all their values; then export again.
    .mapping = With `[normalize] duplicates = "merge"` in cardlift.toml, the first record is completed by these values.

code-CHANGED =
    .means = The record was created by an earlier run, and its content has changed since. The contact in the service is left as it is. Example: a new phone number in the source → the old one in the contact
    .next = To update contacts, set `[mapping] key` and `on_change = "update"`. To create one anew, delete it with `cardlift undo RUN --record N`, then import again.
code-UPDATED =
    .means = The record's content differed from its contact, and the contact was updated, as `on_change = "update"` or `on_remote = "update"` says. The message names the properties that were written, and what was left as it is. Example: a new phone number in the source → in the contact, too
    .next = Nothing.
code-DIFFERS =
    .means = `match_remote` found the record's contact in the service, made by somebody else: the same `[mapping] key`, or the same name and an e-mail or telephone in common. That contact has other content, which the message names, and is left as it is. Example: memo "VIP" in the source → no memo in the contact
    .next = Compare the two and correct either of them, or set `[send] on_remote = "update"`, which adds what the contact lacks, or `"adopt"`, which takes it as it is. Every run says so as long as they differ.
code-ADOPTED =
    .means = Somebody else created this contact. As `[send] on_remote` says, it belongs to the record from now on, as if cardlift had created it; nothing was written to it. Example: a colleague has entered Ann by hand → record 7 is that contact from now on
    .next = Nothing. `cardlift undo RUN` takes it back and leaves the contact.
code-KEY_NOT_UNIQUE =
    .means = Several contacts in the service have the record's `[mapping] key`, so it is not certain which one is the record's. Nothing was created or changed. Example: number 17 → two contacts with the number 17
    .next = Delete or correct all but one of the contacts that the message names, then import again.
code-CONTACT_GONE =
    .means = The record has changed, but the contact to update is no longer in the service. Example: a colleague deleted it → not updated
    .next = To create it again, undo the run that created it with `cardlift undo RUN --record N`, then import again.
code-LOOKALIKE =
    .means = The contact may have been created: one that belongs to no record was created at that time. It differs in what the message names, so this is not certain, and the record is not sent again automatically. Most such contacts have the record's name, e-mail or phone number; until the service has shown ten contacts that cardlift created, any contact of that time counts. Example: sent with the memo "VIP" → found without a memo
    .next = Compare the two. If it is this one, `cardlift resolve RUN#N --contact ID`; if the record is not in the service, `cardlift resolve RUN#N --send-again`, and import again.
code-LOOKUP_INCOMPLETE =
    .means = The contact may have been created, and the service does not show whether it was: its contacts can't be read, or not to the end of the list in the order of creation. Example: the list ends with an error on page 3 → unknown
    .next = Run the same command again to look once more, or look in the service yourself and use `cardlift resolve RUN#N`.
code-SERVICE_CHANGED =
    .means = The contact was created, but the service's answer shows a different value than was sent, or none. Example: `030-000001` sent → `030000001` shown
    .next = Look at one of these contacts in the service: what it changes in one contact, it changes in all.

## Outcomes
outcome-page-valid =
    .means = The record passed the check: the service will accept it.
    .next = Import it.
outcome-page-created =
    .means = This run created its contact; `contact_id` is its id in the service.
    .next = Nothing to do.
outcome-page-exists =
    .means = Its contact exists already: created by an earlier run, or found in the service. It was not created again.
    .next = Nothing to do.
outcome-page-duplicate =
    .means = It repeats an earlier record of the same input: same name, and an e-mail or phone number in common. It was not sent.
    .next = Nothing to do, unless you need both: then change one of the names.
outcome-page-invalid =
    .means = It breaks a rule of the service and was not sent. `code`, `field` and `message` say which.
    .next = Fix it in rejects.csv or rejects.vcf, and import that file.
outcome-page-skipped =
    .means = It is not a contact but, for example, a group card. It was not sent, and no personal data is lost; `code` and `message` say what it is.
    .next = Nothing to do.
outcome-page-rejected =
    .means = The service refused it; `code` and `message` are the service's. Nothing was created.
    .next = Fix it in rejects.csv or rejects.vcf, and import that file.
outcome-page-failed =
    .means = It was certainly not created, and no attempts are left.
    .next = Import rejects.csv or rejects.vcf, or run the same command again.
outcome-page-unknown =
    .means = It may have been created: it was sent, and no readable answer came. It is never sent again without a lookup.
    .next = Run the same command again: it first looks the contact up in the service. `cardlift resolve RUN` lists what is still unknown for you to decide.
outcome-page-not_attempted =
    .means = The run ended before its turn.
    .next = Run the same command again: it resumes where it stopped.
