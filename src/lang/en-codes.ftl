# The pages of `cardlift explain-code` in English. The titles of the codes are in en.ftl.

## Problems
code-NAME_MISSING =
    .wants = One of `contactName.firstName` and `contactName.lastName`. Everything else of `contactName` may be missing.
    .why = A contact is listed by its name. cardlift takes an organisation's name where there is no person; only a record with neither is named here.
    .excel = Fill in one of the name columns of the row.
    .google = Open the contact, fill in "First name", "Last name" or "Company", save, and export again.
    .mapping = If the name stands in a column that is not mapped, map it: `[mapping.contactName] lastName = "COLUMN"`; for a full name in one column, `fullName = "COLUMN"`.
code-EMAIL_OR_TELEPHONE_MISSING =
    .wants = At least one item in `emails` or in `telephones`.
    .why = The service takes no contact that can be reached neither by mail nor by telephone.
    .excel = Fill in an e-mail or a telephone column of the row, or delete the row if nobody needs it.
    .google = Open the contact, add an e-mail or a phone, save, and export again.
    .mapping = If the value stands in a column that is not mapped, add it: `emails = ["COLUMN"]` or `telephones = [{"{"} telephone = "COLUMN", type = "WORK" {"}"}]`.
code-VALUE_MISSING =
    .wants = The property that the message names. An item of a list needs its `email`, `telephone`, `date`, `address`, `id` or `url`; a member needs its `id`.
    .why = An item without its value says nothing, and the service refuses the whole contact for it.
    .excel = Fill in the cell, or empty the cells beside it that belong to the same item, such as its label.
    .google = Open the contact, and complete or remove the half-filled entry.
    .mapping = Give the value a default: `{"{"} column = "COLUMN", default = "VALUE" {"}"}`.
code-TOO_LONG =
    .wants = At most 100 characters for parts of names, organisations, addresses, postal codes, messenger ids, URLs of websites and types of one's own; 256 for an e-mail; 300 for a custom link; 4,000 for `memo`.
    .why = The limits are those of the service's document, and count characters, not bytes.
    .excel = Shorten the cell. `=LEN(A2)` shows how long one is.
    .google = Shorten the value, or move a part of it into the notes.
    .mapping = `[normalize] too_long = "carry_over"` leaves the value out, lists it in the report, and imports the rest; with `carry_over = "memo"` it goes into the memo as far as there is room.
code-TOO_MANY_ITEMS =
    .wants = At most 100 items in a list, 500 members, 10 values of a custom property.
    .why = The limits are those of the service's document.
    .excel = Empty the cells that are not needed, or split the row into two contacts.
    .google = Remove entries from the contact.
    .mapping = Map fewer columns to the list.
code-NOT_ALLOWED =
    .wants = One of the values that the message lists, in capitals, in a `type`, `dayType` or `accessibleRange`.
    .why = The service knows these values and no others. A type of one's own is `CUSTOM` with a `customType`.
    .excel = Write one of the values that the message lists.
    .google = Google's labels are translated by cardlift; this code comes from a mapping of your own.
    .mapping = Translate labels: `type = {"{"} column = "COLUMN", labels = {"{"} "Durchwahl" = "WORK" {"}"}, default = "OTHER" {"}"}`.
code-PHONE_PATTERN =
    .wants = `telephones[].telephone` of nothing but the digits 0 to 9, blanks, and + - * # ( ) P T.
    .why = The service checks the whole number. cardlift rewrites what is certain (full-width digits and dashes, `tel:`, extensions), and asks about the rest, such as letters for digits.
    .excel = Write the number in digits; put two numbers into two columns, and words such as "ask for Kim" into the notes. Format the column as text first, so that Excel keeps a leading zero.
    .google = Open the contact, correct the phone, save, and export again.
    .mapping = If the column holds other things than telephones, map it to `memo` in place of `telephones`.
code-DATE_INVALID =
    .wants = `events[].date` as a day of the calendar, YYYY-MM-DD.
    .why = A day that there is not (30 February) or a form that can't be read for sure is never guessed at.
    .excel = Write it as 2021-01-09. Format the column as text first, so that Excel does not turn it into a date of its own.
    .google = Open the contact, correct "Birthday" or the date, save, and export again.
    .mapping = A column that holds no dates can be mapped to `memo`; without a mapping, its values are listed as carried over.
code-DATE_AMBIGUOUS =
    .wants = `events[].date` as YYYY-MM-DD.
    .why = 1/2/2020 is 1 February to one and 2 January to another. cardlift reads such dates when another date of the same file settles the order; here none does.
    .excel = Write it as 2020-02-01. Format the column as text first.
    .google = Google exports YYYY-MM-DD by itself; export again, without saving the file in a spreadsheet.
    .mapping = `[normalize] date_order = "day_first"` or `"month_first"` settles it for the whole file.
code-URL_INVALID =
    .wants = The `link` of a custom property as a valid URL, such as https://example.com/page.
    .why = The service shows it as a link.
    .excel = Write the address with https:// in front, and without blanks.
    .google = Correct the website of the contact.
    .mapping = Add the front part: `{"{"} template = "https://{"{"}COLUMN{"}"}" {"}"}`.
code-CUSTOM_TYPE_WITHOUT_CUSTOM =
    .wants = A `customType` only beside the type `CUSTOM`.
    .why = An item has either one of the service's types or one of your own.
    .excel = Leave the type or the custom type empty.
    .google = This comes from a mapping of your own; Google has one label for both.
    .mapping = Map the label alone: known labels become types, all others `CUSTOM` with their text.
code-PRIMARY_COUNT =
    .wants = Exactly one item of each list with `primary` true.
    .why = The service's document asks for one. cardlift makes the first item primary by itself where no column says anything.
    .excel = Mark one item of the row as primary, and no more.
    .google = This comes from a mapping of your own; Google exports no such mark.
    .mapping = Take `primary` out of the mapping, and the first item is primary.
code-MEMBERS_MISSING =
    .wants = `permission.accessibleMembers` with at least one member where `permission.accessibleRange` is `MEMBER`.
    .why = A contact for certain members needs to know which.
    .excel = Only if the file has a column for it: fill in the ids of the members.
    .google = Not in Google; this is a matter of the configuration.
    .mapping = Name them in `[permission] members`, or set `accessible_range = "ALL"` for all members of the domain.
code-MASTER_MISSING =
    .wants = `permission.masterUserId` where `permission.accessibleRange` is `MEMBER`.
    .why = A contact for certain members belongs to one of them.
    .excel = Only if the file has a column for it: fill in the id of the member.
    .google = Not in Google; this is a matter of the configuration.
    .mapping = Name the member in `[permission] master_user_id`, or set `accessible_range = "ALL"`.
code-MEMBER_TWICE =
    .wants = Each member once in `permission.accessibleMembers`.
    .why = The items must differ, says the service's document.
    .excel = Only if the file has a column for it: leave one of the two out.
    .google = Not in Google; this is a matter of the configuration.
    .mapping = Leave one of the two out of `[permission] members`.
code-MESSENGER_TWITTER =
    .wants = `messengers[].type` of FACEBOOK, LINE, X or CUSTOM.
    .why = The service renamed TWITTER to X and takes TWITTER away in mid-November 2026.
    .excel = Write X in place of TWITTER.
    .google = Nothing to do; cardlift writes X by itself for labels that say Twitter.
    .mapping = Write `type = {"{"} constant = "X" {"}"}`.
code-PROPERTY_NAME =
    .wants = A name in `customProperties` that begins with a letter or `_` and holds letters, digits and `_`, at most 120 characters.
    .why = These are the names that custom properties can have in the service. They have to exist there before a contact uses them.
    .excel = Not in the file; this is a matter of the configuration.
    .google = Not in Google; this is a matter of the configuration.
    .mapping = Rename the key in `customProperties`, to the name that the property has in the service.
code-SPREADSHEET_DAMAGE =
    .wants = The value itself: the whole telephone, the date.
    .why = When a spreadsheet opens a CSV file, it turns long numbers into 1.01E+09, dates into serial numbers, and what begins with = or + into formulas. Saved that way, the original is gone from the file.
    .excel = Export again, and bring the file in with Data > From Text/CSV, with all columns as text. Or type the value into the cell, formatted as text.
    .google = Export again, and import the file as it is, without opening it in a spreadsheet.
    .mapping = No mapping brings the value back.
code-ENCODING =
    .wants = Text. The API takes UTF-8, and cardlift translates from the file's encoding.
    .why = The record has bytes that mean nothing in the encoding that the file is read as: two encodings in one file, a wrong guess, or a damaged file.
    .excel = Save the file as "CSV UTF-8".
    .google = Export again; Google writes UTF-8.
    .mapping = Name the encoding: `--encoding cp949`, `--encoding shift_jis`, …
code-ENCODING_UNCERTAIN =
    .wants = Text that can be read for certain. In vCards that is UTF-8, or what CHARSET names.
    .why = The same bytes are a name in several encodings: four bytes may be Korean or Chinese. cardlift never guesses names. All text of the file was weighed together, and it is too little to tell.
    .excel = Excel reads no vCards; open the file in a text editor that shows the encoding.
    .google = Export again: Google writes UTF-8.
    .mapping = `--encoding cp949`, `shift_jis`, `gbk`, `big5`, `windows-1251` and so on settle it for the whole file.
code-STRAY_QUOTE =
    .wants = Quotes of CSV in pairs: a cell that holds a quote is quoted itself, and each quote in it is doubled.
    .why = With one quote too many or too few nobody can tell where the cell ends; it may have swallowed the rows that follow, so the record is not sent.
    .excel = Open the line in a text editor, and double the quotes within the cell or remove the stray one. Excel itself writes them right.
    .google = Export again; Google writes them right.
    .mapping = No mapping can mend it.
code-CUT_OFF =
    .wants = A file that is whole.
    .why = It ends in the middle of a quoted cell: the download was cut off, or a quote is never closed.
    .excel = Open the end of the file in a text editor, and close the quote, or export again.
    .google = Export again, and wait for the download to finish.
    .mapping = No mapping can mend it.
code-RECORD_TOO_LARGE =
    .wants = The document says nothing of it; cardlift reads records of up to 512 KiB, which is far more than a contact needs.
    .why = Most likely a quote is opened in it and never closed, so that the rest of the file became one cell; or a cell holds a photo or another file.
    .excel = Open the line in a text editor, and close the quote; a column of files is deleted in Excel.
    .google = Export again.
    .mapping = No mapping can mend it.
code-CARD_UNREADABLE =
    .wants = A vCard 2.1, 3.0 or 4.0 from BEGIN:VCARD to END:VCARD.
    .why = What is there can't be told from damage. The other cards of the file are read all the same.
    .excel = Excel reads no vCards; open the file in a text editor.
    .google = Export the contact again, as vCard or as CSV.
    .mapping = No mapping can mend it.
code-GROUP_CARD =
    .means = The vCard is a group or distribution list (`KIND:group`), which has members and is no person. It is skipped; notes in results.jsonl name its members.
    .next = Nothing. To keep who belongs together, give the members a category and set `[tags]`.
code-DUPLICATE =
    .wants = The service takes duplicates: creating a contact twice makes two of them. So cardlift keeps them back.
    .why = An earlier record of this input has the same name and shares an e-mail or a telephone. Records that share only one of these, as offices and families do, are both created.
    .excel = If both are needed, give them names that differ. Otherwise nothing is to be done.
    .google = "Merge & fix" joins duplicates; export again.
    .mapping = No mapping changes it.

code-CHANGED =
    .means = The record was created by an earlier run and has other content since. The contact in the service is left as it is.
    .next = To bring contacts up to date, set `[mapping] key` and `on_change = "update"`. To make one anew, delete it first with `cardlift undo RUN --record N`, then import again.
code-UPDATED =
    .means = The record was created by an earlier run and had other content since; the contact was brought up to date, as `on_change = "update"` says.
    .next = Nothing.
code-DIFFERS =
    .means = `match_remote` found the person in the service: the same name, and an e-mail or telephone in common. That contact has other content, and is left as it is.
    .next = Compare the two, and mend the contact in the service where it needs it.
code-CONTACT_GONE =
    .means = The record has changed, and its contact was to be brought up to date, but it is not in the service any more.
    .next = To make it anew, undo the run that created it with `cardlift undo RUN --record N`, then import again.

## Outcomes
outcome-page-valid =
    .means = The record passed a check: the service will take it.
    .next = Import it.
outcome-page-created =
    .means = Its contact was created by this run; `contact_id` is its id in the service.
    .next = Nothing.
outcome-page-exists =
    .means = Its contact is there already: created by an earlier run, or found in the service. It was not created again.
    .next = Nothing.
outcome-page-duplicate =
    .means = It repeats an earlier record of the same input, with the same name and an e-mail or telephone in common. It was not sent.
    .next = Nothing, unless both are needed: then give them names that differ.
outcome-page-invalid =
    .means = It breaks a rule of the service and was not sent. `code`, `field` and `message` say which.
    .next = Mend it in rejects.csv or rejects.vcf, and import that file.
outcome-page-skipped =
    .means = It is no contact, such as a group card. It was not sent, and nothing of a person is lost with it; `code` and `message` say what it is.
    .next = Nothing.
outcome-page-rejected =
    .means = The service refused it; `code` and `message` are the service's own. Nothing was created.
    .next = Mend it in rejects.csv or rejects.vcf, and import that file.
outcome-page-failed =
    .means = It was certainly not created, and the attempts ran out.
    .next = Import rejects.csv or rejects.vcf, or run the same command again.
outcome-page-unknown =
    .means = It may have been created: the request left, and no readable answer came. It is never sent again blindly.
    .next = Run the same command again: it looks the contact up in the service first.
outcome-page-not_attempted =
    .means = The run ended before it was its turn.
    .next = Run the same command again: it goes on where it stopped.
