# What cardlift says in English. Codes, columns, keys and options are never translated.
# The pages of `cardlift explain-code` are in en-codes.ftl.

## Words and figures
records = { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
spoken-seconds = { $seconds } s
spoken-minutes = { $minutes } min
spoken-hours = { $hours } h { $minutes } min
joined = { $first }, { $second }
label-note = note:
label-error = error:

## Outcomes, with their counts
outcome-valid = { $count } valid
outcome-created = { $count } created
outcome-exists = { $count } already there
outcome-duplicate = { $count } duplicate
outcome-invalid = { $count } invalid
outcome-rejected = { $count } rejected
outcome-failed = { $count } failed
outcome-unknown = { $count } unknown
outcome-not_attempted = { $count } not attempted

## Before sending
input-missing = { $path }: there is no such file
input-folder = { $path }: is a folder; name the files in it
input-unreadable = { $path }: can't be read: { $error }
left-out = { $why }; it is left out
plan = Plan: { $states }; to { $target }
plan-as = Plan: { $states }; to { $target } as { $account }
plan-empty = no records
plan-planned = { $count } new
plan-exists = { $count } already there
plan-duplicate = { $count } duplicate
plan-invalid = { $count } invalid
plan-held = { $count } waiting for an unknown one of an earlier run
plan-changed = of these { $count } changed
plan-updates = { $count } to be brought up to date
target-sandbox = the sandbox, inside this program
pace = Pace: { $rate } a minute; about { $time }, until { $finish }
pace-halved = Pace: { $rate } a minute, half of the limit, as the vendor asks of runs of 30 minutes or more; about { $time }, until { $finish }
pace-asked = Pace: { $rate } a minute, as asked; about { $time }, until { $finish }
confirm-create = Create these contacts?
nothing-sent = Nothing was sent.
confirm-update = Create { $creates } and bring { $updates } up to date?
confirm-tags = Make these tags?
confirm-guard = Go on all the same?
tags-missing = Tags to make, as `[tags] mode = "create"` says: { $names }
matching = Reading the contacts that are in the service (match_remote)
matched = Found in the service: { $count }
guarded = nothing was sent; if this is as it should be, run it once with --no-guard (`guard = false` in [send] turns the guards off)
guard-shrunk = { $name }: has { $count } of the { $before } records that run { $run } found in it; is the export whole?
guard-columns = { $name }: its columns are others than in run { $run }: { $difference }
guard-kind = { $name }: is CSV instead of vCard, or the other way round, as in run { $run }
columns-gone = { $names } gone
columns-new = { $names } new
columns-order = they stand in another order
left-undone = of { records }: { $outcomes }; report: { $folder }
unchecked = Not checked, as this is offline: { $what }
unchecked-tags = which tags the service has (until they are known, they are listed as carried over)
unchecked-properties = whether the service has the custom properties { $names }
unchecked-remote = who is in the service already

## While sending
phase-sending = Sending
phase-deleting = Deleting
phase-updating = Updating
bar-status = { $rate } a minute, { $left } left, until { $finish }
progress-line = { $phase }: { $done } of { $total } done, { $rate } a minute, about { $left } left
progress-failed = { $count } failed
throttled = The service asks to wait; nobody sends until then
throttled-for = The service asks to wait for { $time }; nobody sends until then
looking = { $count ->
        [one] Looking up { $count } record whose answer was lost (look { $look } of { $of })
       *[other] Looking up { $count } records whose answers were lost (look { $look } of { $of })
    }
settling = { records } may still appear in the service; looking again in { $time }
cant-look = { $count ->
        [one] { $count } unknown record can't be looked up, the service answers: { $failure }
       *[other] { $count } unknown records can't be looked up, the service answers: { $failure }
    }
stopping = Stopping: what is under way is waited for; interrupt again to stop at once

## The end
totals = { records }: { $outcomes }
nothing = nothing
source = { $path }: { $read_as }, { records }
problem-count = { $count } × { $code }: { $title }
problem-count-in = { $count } × { $code } in { $field }: { $title }
example-column = { $place }, { $column }
carried-over = { $count ->
        [one] { $count } value
       *[other] { $count } values
    } from { $fields ->
        [one] { $fields } source field
       *[other] { $fields } source fields
    } found no place in a contact; they are listed in results.jsonl and counted in summary.json
lost-zeros = { $count ->
        [one] { $count } number looks
       *[other] { $count } numbers look
    } as if a spreadsheet had taken its leading zero or plus away; nothing is guessed back: look for `lost_zero` in results.jsonl, and format the column as text before you save
report-at = Report: { $folder }
next-import = Next: create the contacts
next-check = Next: mend the files (`cardlift explain-code { $code }` says how), and check them again
next-rejects = Next: mend the rejects (`cardlift explain-code { $code }` says how), and import them
next-again = Next: run it again; it goes on where it stopped, and creates nothing twice
next-unknown = Next: run it again; what is unknown is looked up before anything is sent
next-limit = Next: run it again for the rest; the limit is reached
stopped-asked = Interrupted.
stopped-in-a-row = Stopped after { records } in a row that failed or are unknown; the last answer: { $failure }
stopped-refuses-everything = The service refused each of the first { records }: { $failure }
stopped-unreachable = The service can't be reached (tried for { records }): { $failure }; check api.base_url and the network
stopped-ledger = The ledger can't be written.
stopped-unresolved = { records } of earlier runs may be in the service, which can't be searched, so nothing was sent; see that it can be read (`cardlift auth`), or send the others with --no-guard
stopped-credentials = The credentials are refused: { $failure }; get a new token, or see `cardlift auth`
stopped-forbidden = The service does not allow it: { $failure }; the app needs the scope `contact`, and the account the right to create contacts
stopped-quota = The service has no room for more contacts: { $failure }; contacts in the trash count too: empty it, or enlarge the plan
stopped-address = There is no such service: { $failure }; check api.base_url

## Other commands
undo-plan = { $count ->
        [one] Run { $run } created { $count } contact; deleted again already: { $undone }; to delete: { $left }, except those edited since
       *[other] Run { $run } created { $count } contacts; deleted again already: { $undone }; to delete: { $left }, except those edited since
    }
undo-pace = Pace: { $rate } a minute; about { $time }
undo-unknown = { $count ->
        [one] { $count } unknown record of this run may have been created; run the same import again, which looks it up, and then undo it
       *[other] { $count } unknown records of this run may have been created; run the same import again, which looks them up, and then undo it
    }
undo-trash = Deleted contacts go to the service's trash, where they still count towards the quota until it is emptied
undo-cant-ask = { $count ->
        [one] { $count } contact would be deleted, and nobody can be asked; say --yes to delete it
       *[other] { $count } contacts would be deleted, and nobody can be asked; say --yes to delete them
    }
undo-confirm = { $count ->
        [one] Delete { $count } contact?
       *[other] Delete up to { $count } contacts?
    }
undo-refused = nothing was deleted
undo-totals = { $deleted } deleted, { $gone } gone already, { $kept } kept, { $failed } failed
undo-contact = record { $record }, { $name } ({ $id }): { $what }
undo-kept-edited = kept: edited since
undo-kept-unclear = kept: the service does not say whether it was edited since
undo-more = and { $count } more
undo-unusable = The service can't be used: { $failure }
undo-in-a-row = Stopped after several failures in a row; the last answer: { $failure }
undo-again = Run the same command again: it goes on where it stopped
init-written = { $path }: written; every key in it is at its default
sandbox-serving = Serving the sandbox; interrupt to end it. Set api.base_url to the line above, and the token's variable to the value of --token.
explain-source-fields = Source fields
explain-on-the-way = On the way
explain-unchanged = every value went into the contact as it is
explain-contact = Contact: { $name }
explain-rules = Rules
explain-keeps-all = keeps them all
explain-problem = { $code } at { $field }: { $message }
explain-ledger = Ledger ({ $path })
explain-never-sent = an invalid record is never sent
explain-no-ledger = there is none yet
explain-never-seen = never seen this contact
explain-ledger-unreadable = can't be read: { $error }
codes-unknown = there is no code `{ $code }`; the nearest are { $nearest }
codes-unknown-all = there is no code `{ $code }`; `cardlift explain-code` lists them
codes-problems = Problems of a record
codes-outcomes = Outcomes of a record
codes-wants = What the service wants
codes-why = Why
codes-excel = In Excel
codes-google = In Google Contacts
codes-mapping = In the mapping
codes-means = What it means
codes-next = What to do

## Other records
repeats = repeats { $place }: the same name, and an e-mail or telephone in common; it is not sent
created-before = created as record { $record } of run { $run }
created-before-changed = was created as record { $record } of run { $run } and has other content since; the contact is left as it is, `[mapping] on_change = "update"` brings it up to date
created-before-same-person = the same person was created as record { $record } of run { $run } with other content, and is not created twice; set `[mapping] key` and `on_change = "update"` to bring the contact up to date, or delete it first: cardlift undo { $run } --record { $record }
undone = deleted again by `cardlift undo` on { $when }
same-key = has the same [mapping] key as { $place }; it is not sent
totals-updated = { $count } brought up to date
totals-changed = { $count } have other content than what was created: CHANGED in results.csv
mends = mends record { $record } of run { $run }
found-same = is in the service already
found-differs = is in the service already, with other content: the same name, and an e-mail or telephone in common; that contact is left as it is
updated = brought up to date: { $names }
updated-nothing = nothing to bring up to date
updated-left = { $updated }; { $names } no longer in the source, and left in the contact
update-gone = its contact is not in the service any more; undo the run that created it (`cardlift undo RUN --record N`), and the next import creates it again
update-failed = the contact could not be brought up to date: { $failure }
waits-for = waits for record { $record } of run { $run }, which is unknown

## What is wrong, and the way to mend it; `value` is in backticks, with its source field where there is one
wrong-and-mend = { $wrong }; { $mend }
problems-joined = { $first }; { $second }
wrong-NAME_MISSING = there is no name
mend-NAME_MISSING = fill in the given or the family name, or an organisation
wrong-EMAIL_OR_TELEPHONE_MISSING = there is neither an e-mail nor a telephone; the service needs one of them
mend-EMAIL_OR_TELEPHONE_MISSING = add an e-mail or a telephone
wrong-VALUE_MISSING = `{ $field }` is required and empty
mend-VALUE_MISSING = fill it in
wrong-TOO_LONG = { $value } has { $length } characters, the service takes { $limit }
mend-TOO_LONG = shorten it, or set normalize.too_long = "carry_over"
wrong-TOO_MANY_ITEMS = there are { $count } of `{ $field }`, the service takes { $limit }
mend-TOO_MANY_ITEMS = remove some
wrong-NOT_ALLOWED = { $value } is none of the values that the service takes
mend-NOT_ALLOWED = use one of { $allowed }
wrong-PHONE_PATTERN = { $value } has { $offending } at character { $at }, which no telephone of the service may have
mend-PHONE_PATTERN = use digits, blanks and + - * # ( ) P T
wrong-DATE_INVALID = { $value } is no date that can be read for sure
mend-DATE_INVALID = write it as YYYY-MM-DD, such as 2021-01-09
wrong-DATE_AMBIGUOUS = { $value } may be { $day_first } or { $month_first }, and no date in the file tells
mend-DATE_AMBIGUOUS = set normalize.date_order, or write YYYY-MM-DD
wrong-URL_INVALID = { $value } is no URL
mend-URL_INVALID = write it with https:// and a host, without blanks
wrong-CUSTOM_TYPE_WITHOUT_CUSTOM = { $value } names a type of its own beside the type `{ $kind }`; it goes only with `CUSTOM`
mend-CUSTOM_TYPE_WITHOUT_CUSTOM = leave one of them out
wrong-PRIMARY_COUNT = { $count } of `{ $field }` are primary
mend-PRIMARY_COUNT = make exactly one of them primary
wrong-MEMBERS_MISSING = `MEMBER` needs members who may see the contact
mend-MEMBERS_MISSING = name them in permission.members, or use `ALL`
wrong-MASTER_MISSING = `MEMBER` needs the member who owns the contact
mend-MASTER_MISSING = name it in permission.master_user_id
wrong-MEMBER_TWICE = { $value } is named twice
mend-MEMBER_TWICE = leave one out
wrong-MESSENGER_TWITTER = the service no longer takes `TWITTER`
mend-MESSENGER_TWITTER = write `X` in its place
wrong-PROPERTY_NAME = { $value } can't be a custom property's name
mend-PROPERTY_NAME = begin it with a letter or `_` and use letters, digits and `_`, at most 120
wrong-SPREADSHEET_DAMAGE-Exponent = { $value } is a long number that a spreadsheet has rounded; its digits are gone
mend-SPREADSHEET_DAMAGE-Exponent = export again and don't save it in a spreadsheet, or type the number
wrong-SPREADSHEET_DAMAGE-Error = { $value } is a spreadsheet's error in the value's place
mend-SPREADSHEET_DAMAGE-Error = export again and don't save it in a spreadsheet
wrong-SPREADSHEET_DAMAGE-Hashes = { $value } is what a spreadsheet shows when a column is too narrow
mend-SPREADSHEET_DAMAGE-Hashes = export again, or type the value
wrong-SPREADSHEET_DAMAGE-DateSerial = { $value } is a date that a spreadsheet has turned into its serial number
mend-SPREADSHEET_DAMAGE-DateSerial = write it as YYYY-MM-DD
wrong-ENCODING = the record has bytes that are no text in the file's encoding
wrong-ENCODING-value = { $value } has bytes that are no { $encoding }
mend-ENCODING = save the file as UTF-8, or name its encoding with --encoding
wrong-STRAY_QUOTE = the quoted cell that begins on line { $line } has a quote too many or too few, and may have swallowed what follows
mend-STRAY_QUOTE = double the quotes inside it, or remove the stray one
wrong-CUT_OFF = the file ends inside the quoted cell that begins on line { $line }; its end is missing
mend-CUT_OFF = export the file again, or close the quote
wrong-RECORD_TOO_LARGE = the record has { $bytes } bytes, too many for one; a quote that begins in it is probably never closed
mend-RECORD_TOO_LARGE = close the quote
wrong-CARD_UNREADABLE = the vCard can't be read: { $reason }
mend-CARD_UNREADABLE = export it again

## What the codes are called
title-NAME_MISSING = no name
title-EMAIL_OR_TELEPHONE_MISSING = neither e-mail nor telephone
title-VALUE_MISSING = a required value is empty
title-TOO_LONG = too long
title-TOO_MANY_ITEMS = too many items
title-NOT_ALLOWED = not one of the allowed values
title-PHONE_PATTERN = a character that no telephone may have
title-DATE_INVALID = not a date
title-DATE_AMBIGUOUS = day and month can't be told apart
title-URL_INVALID = not a URL
title-CUSTOM_TYPE_WITHOUT_CUSTOM = a custom type beside another type
title-PRIMARY_COUNT = not exactly one primary item
title-MEMBERS_MISSING = no members who may see the contact
title-MASTER_MISSING = no member who owns the contact
title-MEMBER_TWICE = the same member twice
title-MESSENGER_TWITTER = TWITTER is now X
title-PROPERTY_NAME = not a custom property's name
title-SPREADSHEET_DAMAGE = spoilt by a spreadsheet
title-ENCODING = bytes that are no text
title-STRAY_QUOTE = a stray quote
title-CUT_OFF = the file is cut off
title-RECORD_TOO_LARGE = too large for a record
title-CARD_UNREADABLE = an unreadable vCard
title-DUPLICATE = repeats another record
title-CHANGED = other content than what was created
title-UPDATED = brought up to date
title-DIFFERS = in the service with other content
title-CONTACT_GONE = the contact is not there any more
title-service = refused by the service

## Why a value was changed or carried over
note-trimmed = white space around it was removed
note-telephone_normalized = written with the characters that the service takes
note-date_normalized = written as YYYY-MM-DD
note-prefix_removed = a prefix that is no part of the value was removed
note-name_split = the full name was split
note-name_whole = the full name was kept whole; nothing says where to split it
note-named_after_organization = there is no person; the contact is named after the organisation
note-email_form = it does not look like an e-mail address; the service takes it as it is
note-label_mapped = the label decided the type
note-twitter_renamed = the service calls it X
note-defaulted = a default of the mapping was used
note-shared = another record has the same e-mail or telephone, under another name
note-lost_zero = a spreadsheet may have taken a leading zero or plus away
note-suspicious = it looks damaged; it was kept as it is
note-reader = the reader had to interpret it
note-rfc6350 = it does not keep RFC 6350; it was read all the same
note-repeated = the contact has the same value already
note-placeholder = the export writes it for an empty value
note-unmapped = nothing is mapped from it
note-binary = pictures, sounds and keys are not imported
note-relation = a contact has no place for relations
note-date_without_year = the service takes only whole dates
note-date_unreadable = it is no date that can be read for sure
note-too_long = it is longer than the field takes
note-too_many = the list is full
note-label = the service keeps no label for it
note-no_place = a contact has no field for it
note-tag = tags are not mapped; see [tags] in the configuration
note-beyond_header = the row has more cells than the header
