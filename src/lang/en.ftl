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
outcome-skipped = { $count } skipped
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
plan-planned = { $count } to create
plan-exists = { $count } already there
plan-duplicate = { $count } duplicate
plan-invalid = { $count } invalid
plan-skipped = { $count } skipped
plan-held = { $count } waiting for an unknown one of an earlier run
plan-changed = of these { $count } changed
plan-updates = { $count } to update ({ $fields })
plan-adopted = { $count } to adopt
plan-differ = { $count ->
        [one] { $count } differs
       *[other] { $count } differ
    }
plan-not-unique = { $count } with a key that several contacts have
plan-visible = Who will see the new contacts: { $who }; owner: { $owner }
plan-visible-mapped = Who will see the new contacts: { $who }; owner: { $owner }; where [mapping.permission] gives a record something else, that counts
plan-does-update = to update
plan-does-adopt = to adopt as it is
plan-does-differ = differs (there → here), and is left as it is
plan-alone = This was the plan: nothing was sent, and no run, report or tag was written.
seen-by-all = everybody in the domain
seen-by-members = { $count ->
        [one] { $count } member, organisation or group
       *[other] { $count } members, organisations or groups
    }
owner-unset = not set
target-sandbox = the sandbox, inside this program
pace = Pace: { $rate } a minute; about { $time }, until { $finish }
pace-halved = Pace: { $rate } a minute, half of the limit, as the vendor asks of runs of 30 minutes or more; about { $time }, until { $finish }
pace-asked = Pace: { $rate } a minute, as asked; about { $time }, until { $finish }
confirm-create = { $count ->
        [one] Create { $count } contact at { $target }?
       *[other] Create { $count } contacts at { $target }?
    }
nothing-sent = Nothing was sent.
no-terminal = nothing was sent: no terminal to confirm; pass --yes
no-input-no-consent = nothing was sent: --no-input asks nothing and is not a yes; pass --yes
confirm-update = Create { $creates } and bring { $updates } up to date at { $target }?
confirm-tags = Make the tags { $names }?
confirm-guard = Go on all the same?
tags-missing = Tags to make, as `[tags] mode = "create"` says: { $names }
matching = Reading the contacts that are in the service (match_remote)
matched = Found in the service: { $count }
waiting-without-ledger = This ledger knows of no earlier run: waiting { $time }, so that contacts which an earlier one may have sent last can be seen
key-unshown = the service's lists do not show { $fields }, which [mapping] key names, and { $count } contacts would have to be read one by one (at most { $limit } are), so nothing was sent; choose another key, or turn `match_remote` off in [send]
guarded = nothing was sent; if this is as it should be, run it once with --no-guard (`guard = false` in [send] turns the guards off)
guard-shrunk = { $name }: has { $count } of the { $before } records that run { $run } found in it; is the export whole?
guard-columns = { $name }: its columns are others than in run { $run }: { $difference }
guard-elsewhere = { $count ->
    [one] one contact of the plan was
   *[other] { $count } contacts of the plan were
} created before at this address with { $account }, or may have been; in the same company they would be there twice; use that account, or set `match_remote = true` in [send]
guard-elsewhere-token = { $count ->
    [one] one contact of the plan was
   *[other] { $count } contacts of the plan were
} created before at this address with a token, or may have been; in the same company they would be there twice; use a token again, or set `match_remote = true` in [send]
guard-kind = { $name }: is CSV instead of vCard, or the other way round, as in run { $run }
guard-remapped = { $name }: { $changed } changed since run { $run }, and { $count ->
    [one] one record that has its contact
   *[other] { $count } records that have their contacts
} would count as new and be created again; map them as before, or see with `cardlift explain` what has changed
guard-lock = { $ledger }: this ledger is empty, although its lock file says that it was used: everything would be sent again; bring the ledger back, or name it with --ledger, or set `match_remote = true` in [send]
guard-report = { $ledger }: this ledger is empty, although { $report } is the report of a run that sent this input: everything would be sent again; bring the ledger back, or name it with --ledger, or set `match_remote = true` in [send]
columns-gone = { $names } gone
columns-new = { $names } new
columns-order = they stand in another order
news-first = { $count } of { $records } { $records ->
    [one] record
   *[other] records
} { $outcome ->
    [invalid] invalid
    [rejected] rejected
    [failed] failed
   *[unknown] unknown
}
news-all = { $what }: { $places }
news-some = { $what }, { $count } of them new: { $places }
news-none = { $what }, none of them new
news-more = { $places } and { $count } more
notice-title = { $command } on { $machine }
notice-exit = Exit code { $exit }
notice-run = Run { $run }: { $totals }
notice-new = { $count ->
    [one] 1 record that is new needs to be fixed.
   *[other] { $count } records that are new need to be fixed.
}
notice-failed = the notice was not sent: { $reason }; see [notify]
notice-not-set = the environment variable `{ $variable }`, which notify.webhook_url_env names, is not set
webhook-address = the webhook's URL is not an `https://` address
webhook-connection = no connection to the webhook
webhook-answer = no answer from the webhook
webhook-status = the webhook answered { $status }
unchecked = Not checked, as this is offline: { $what }
unchecked-tags = which tags the service has (until they are known, they are listed as carried over)
unchecked-properties = whether the service has the custom properties { $names }
unchecked-remote = who is in the service already

## While sending
phase-sending = Sending
phase-deleting = Deleting
phase-updating = Updating
phase-adopting = Adopting
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
bar-left = { $left } left

## The end
totals = { records }: { $outcomes }
nothing = nothing
source = { $path }: { $read_as }, { records }
problem-count = { $count } × { $code }: { $title }
problem-count-in = { $count } × { $code } in { $field }: { $title }
problems-more = and { $count ->
        [one] one more kind of problem
       *[other] { $count } more kinds of problems
    }: { $codes }; results.csv has every record
example-column = { $place }, { $column }
carried-over = { $count ->
        [one] { $count } value
       *[other] { $count } values
    } from { $fields ->
        [one] { $fields } source field
       *[other] { $fields } source fields
    } found no place in a contact; summary.json counts them by field, and results.jsonl lists them (a check writes it with --details)
overview-field = {"  "}{ $column } → { $field }
overview-column = { $column } ({ $count ->
        [one] 1 value
       *[other] { $count } values
    })
overview-not-imported = Not imported: { $columns }
overview-not-imported-more = Not imported: { $columns }, and { $count } other columns
overview-doubtful = not imported: { $column } ({ $count ->
        [one] 1 value
       *[other] { $count } values
    }): { $reason }
ask-column = { $path }: { $name } is not imported by its name: { $reason }. Import it as { $field }?
ask-no-name = { $path }: no column with the names of persons was found. Create contacts that are named after their company?
told-place = { $place }, { $field }: { $value }
told-more = { $places } and { $count } more
told-email_invalid = { $count ->
        [one] 1 value is no e-mail address and is
       *[other] { $count } values are no e-mail addresses and are
    } not imported: { $places }
told-lost_zero = { $count ->
        [one] { $count } number looks
       *[other] { $count } numbers look
    } as if a spreadsheet had taken its leading zero or plus away; nothing is guessed back, format the column as text before you save: { $places }
told-letters_lost = { $count ->
        [one] 1 value has
       *[other] { $count } values have
    } lost letters before the file was written: { $places }
told-control_removed = control characters were removed from { $count ->
        [one] 1 value
       *[other] { $count } values
    }: { $places }
told-spreadsheet_error = { $count ->
        [one] 1 value is
       *[other] { $count } values are
    } what a spreadsheet writes in place of a value: { $places }
told-suspicious = { $count ->
        [one] 1 value looks
       *[other] { $count } values look
    } damaged, such as text that was encoded twice: { $places }
report-at = Report: { $folder }
next-import = Next: create the contacts
next-check = Next: mend the files (`cardlift explain-code { $code }` says how), and check them again
next-rejects = Next: mend the rejects (`cardlift explain-code { $code }` says how), and import them
next-again = Next: run it again; it goes on where it stopped, and creates nothing twice
next-unreached = Next: check api.base_url and the network, and run it again; nothing is created twice
next-unknown = Next: run it again; what is unknown is looked up before anything is sent
next-limit = Next: run it again for the rest; the limit is reached
next-resolve = Next: see what is unknown, and say what became of it
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

## What the network and answers say
network-no-client = no HTTPS client can be set up: { $reason }; install the system's certificates (`ca-certificates`)
network-no-connection = no connection to `{ $place }`: { $reason }
network-no-tls = no encrypted connection to `{ $place }`: { $reason }; check the certificate of the service, or install that of the proxy on the way
network-no-answer = no answer within { $time }
network-no-request = the request can't be built
network-broke = the connection broke before the answer was complete: { $reason }
answer-too-long = the answer is longer than { $bytes } bytes
answer-no-json = the answer can't be read as JSON: { $error }
answer-no-id = the answer has no `contactId`
answer-list-no-id = a contact of the list has no `contactId`
answer-none = no answer
answer-web-page = the answer is a web page, not the service's JSON: is a proxy in the way?
answer-empty = the answer has no body
answer-foreign = the answer is not in the service's form; it begins: { $body }
answer-redirect = it redirects to { $place }
answer-not-its-own = the answer names the contact `{ $id }`, which is another record's
lookalike = the contact `{ $id }` may be this one; it differs in { $differs }
lookup-failed = it can't be looked up: { $failure }
lookup-incomplete = the service's list of contacts could not be read to its end, so it is not known whether the contact is there

## Other commands
undo-created = { $count ->
        [one] Run { $run } created { $count } contact
       *[other] Run { $run } created { $count } contacts
    }
undo-undone = { $count } deleted again already
undo-left = { $count } to delete, except those edited since
undo-adopted = { $count ->
        [one] { $count } adoption to forget, whose contact stays
       *[other] { $count } adoptions to forget, whose contacts stay
    }
undo-other-service = run { $run } created its contacts at { $service }, and api.base_url is { $configured }; name the configuration of that service with --config
undo-pace = Pace: { $rate } a minute; about { $time }
undo-unknown = { $count ->
        [one] { $count } unknown record of this run may have been created; run the same import again, which looks it up, and then undo it
       *[other] { $count } unknown records of this run may have been created; run the same import again, which looks them up, and then undo it
    }
undo-trash = Deleted contacts go to the service's trash, where they still count towards the quota until it is emptied
undo-cant-ask = { $count ->
        [one] { $count } contact would be deleted
       *[other] { $count } contacts would be deleted
    }: no terminal to confirm; pass --yes
undo-confirm = { $count ->
        [one] Delete { $count } contact?
       *[other] Delete up to { $count } contacts?
    }
undo-confirm-adopted = { $count ->
        [one] Forget { $count } adoption?
       *[other] Forget { $count } adoptions?
    }
undo-forgotten = { $count ->
        [one] { $count } adoption forgotten
       *[other] { $count } adoptions forgotten
    }
undo-refused = Nothing was deleted.
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
sandbox-login = To rehearse a login, set in [auth] client_id = "{ $client }", authorize_url = "{ $authorize }", token_url = "{ $token }" and redirect_port = 0; the client's secret is { $secret }.
explain-source-fields = Source fields
explain-on-the-way = On the way
explain-unchanged = every value went into the contact as it is
explain-contact = Contact: { $name }
explain-rules = Rules
explain-keeps-all = keeps them all
explain-problem-whole = { $code }: { $message }
explain-problem = { $code } at { $field }: { $message }
explain-ledger = Ledger ({ $path })
explain-never-sent = an invalid record is never sent
explain-no-ledger = there is none yet
explain-never-seen = never seen this contact
explain-ledger-unreadable = can't be read: { $error }
codes-unknown = there is no code `{ $code }`; did you mean { $nearest }?
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
only-in-duplicate = { $how }. Only this record has { $values }: change the name or remove the shared value to import it as a person of its own
merged-into-first = { $how }; these values complete that record: { $values }
duplicates-incomplete = { $count ->
        [one] { $count } duplicate has values that the first record lacks
       *[other] { $count } duplicates have values that the first record lacks
    }: { $places }
totals-updated = { $count } brought up to date
totals-changed = { $count } have other content than what was created: CHANGED in results.csv
totals-merged = { $count ->
        [one] { $count } value of a duplicate completes the record that it repeats
       *[other] { $count } values of duplicates complete the records that they repeat
    }
totals-service-changed = { $count ->
    [one] the service shows { $count } value otherwise than it was sent (SERVICE_CHANGED in results.jsonl)
   *[other] the service shows { $count } values otherwise than they were sent (SERVICE_CHANGED in results.jsonl)
}
mends = mends record { $record } of run { $run }
found-same = is in the service already
found-differs = is in the service already, with other content: { $fields }; that contact is left as it is
found-before = was found in the service by run { $run } (record { $record }), where somebody else had made it
key-not-unique = several contacts of the service have its [mapping] key: { $contacts }; nothing was done; delete or correct all but one of them
differs = { $field } { $here }, there { $there }
differs-here = { $field } { $here }, not there
differs-there = { $field } only there: { $there }
adopted = adopted: the contact that is in the service is this record's from now on; nothing was written
adopted-completed = adopted, and completed: { $names }
adopted-before = adopted as record { $record } of run { $run }
adopted-before-changed = was adopted as record { $record } of run { $run } and has other content since; the contact is left as it is, `[mapping] key` and `on_change = "update"` bring it up to date
adoption-undone = the adoption was taken back by `cardlift undo` on { $when }; the contact stays
adopt-gone = the contact that was found is not there any more; the next import creates one
updated = brought up to date: { $names }
updated-nothing = nothing to bring up to date
updated-left = { $updated }; { $names } no longer in the source, and left in the contact
updated-conflicts = { $updated }; left as it is in the contact: { $fields }
updated-otherwise = { $updated }; the service shows otherwise than it was written: { $fields }
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
wrong-ENCODING-value = { $value } has bytes that are no text in the file's encoding
mend-ENCODING = type again what is shown as �, or name the file's encoding with --encoding
wrong-ENCODING_UNCERTAIN = the text of the card is not UTF-8, and nothing tells its encoding for certain: { $readings }
mend-ENCODING_UNCERTAIN = name the encoding with --encoding
wrong-STRAY_QUOTE = the quoted cell that begins on line { $line } has a quote too many or too few, and may have swallowed what follows
mend-STRAY_QUOTE = double the quotes inside it, or remove the stray one
wrong-CUT_OFF = the file ends inside the quoted cell that begins on line { $line }; its end is missing
mend-CUT_OFF = export the file again, or close the quote
wrong-RECORD_TOO_LARGE = the record has { $bytes } bytes, and records of more than 512 KiB as UTF-8 are not read; most likely a quote in it is never closed, or a cell holds a file
mend-RECORD_TOO_LARGE = close the quote, or empty the cell that holds the file
wrong-CARD_UNREADABLE = the vCard can't be read: { $reason }
mend-CARD_UNREADABLE = export it again
wrong-GROUP_CARD = the card is a group (members: { $count }) and no contact
wrong-EMAIL_INVALID = { $value } is no e-mail address: one has exactly one `@`, something on both sides of it, and no blanks
wrong-ROW_TOO_LONG = the row has more values than the header has columns ({ $count }), so its values may stand under wrong names
wrong-TOTAL_ROW = the row adds up the rows above it and is no contact
wrong-HEADER_REPEATED = the row repeats the column names and is no contact
mend-GROUP_CARD = nothing is to be done; its members are named in results.jsonl
mend-EMAIL_INVALID = write the address right, or empty the cell
mend-ROW_TOO_LONG = put the value that holds a comma (or what separates the cells) in quotes, or take away the cell too many
mend-TOTAL_ROW = remove the row, or leave it: it is not sent
mend-HEADER_REPEATED = nothing is to be done

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
title-ENCODING_UNCERTAIN = an encoding that is not certain
title-STRAY_QUOTE = a stray quote
title-CUT_OFF = the file is cut off
title-RECORD_TOO_LARGE = too large for a record
title-CARD_UNREADABLE = an unreadable vCard
title-GROUP_CARD = a group
title-EMAIL_INVALID = no e-mail address
title-ROW_TOO_LONG = more cells than columns
title-TOTAL_ROW = a row of totals
title-HEADER_REPEATED = the header once more
title-DUPLICATE = repeats another record
title-ONLY_IN_DUPLICATE = a duplicate with values that the first record lacks
title-CHANGED = other content than what was created
title-UPDATED = brought up to date
title-DIFFERS = in the service with other content
title-ADOPTED = taken over from somebody else
title-KEY_NOT_UNIQUE = several contacts with one key
title-CONTACT_GONE = the contact is not there any more
title-FAILED = not created
title-UNKNOWN = may have been created
title-LOOKALIKE = a contact that may be this one
title-LOOKUP_INCOMPLETE = the lookup shows too little
title-SERVICE_CHANGED = the service shows another value
title-service = refused by the service

## Why a value was changed or carried over
note-trimmed = white space around it was removed
note-telephone_normalized = written with the characters that the service takes
note-date_normalized = written as YYYY-MM-DD
note-prefix_removed = a prefix that is no part of the value was removed
note-name_split = the full name was split
note-name_whole = the full name was kept whole; nothing says where to split it
note-named_after_organization = there is no person; the contact is named after the organisation
note-label_mapped = the label decided the type
note-twitter_renamed = the service calls it X
note-defaulted = a default of the mapping was used
note-shared = another record has the same e-mail or telephone, under another name
note-lost_zero = a spreadsheet may have taken a leading zero or plus away
note-control_removed = control characters or line breaks were removed
note-letters_lost = letters were lost before the file was written; the value was kept as it is
note-suspicious = it looks damaged; it was kept as it is
note-reader = the reader had to interpret it
note-rfc6350 = it does not keep RFC 6350; it was read all the same
note-merged = it completes the record which this one repeats
note-SERVICE_CHANGED = the service shows another value than was sent
note-repeated = the contact has the same value already
note-placeholder = the export writes it for an empty value
note-unmapped = nothing is mapped from it
note-binary = pictures, sounds and keys are not imported
note-relation = a contact has no place for relations
note-date_without_year = the service takes only whole dates
note-date_unreadable = it is no date that can be read for sure
note-email_invalid = it is no e-mail address, and the contact can be reached otherwise
note-spreadsheet_error = it is what a spreadsheet wrote in place of a value
note-too_long = it is longer than the field takes
note-too_many = the list is full
note-label = the service keeps no label for it
note-no_place = a contact has no field for it
note-tag = tags are not mapped; see [tags] in the configuration
note-only_in_duplicate = the record that it repeats lacks this value
note-beyond_header = the row has more cells than the header

## Proposing a mapping: what `cardlift suggest` asks
suggest-vcard = { $path }: is a vCard file, which needs no mapping; import it as it is
suggest-exists = { $path }: is there already and was left as it is; name another file, or replace it with --force
suggest-unwritable = { $path }: can't be written: { $error }
suggest-written = { $path }: written
suggest-nothing-written = nothing was written
next-check-first = Next: check the file
walk-greeting = { $file }: { $columns ->
        [one] { $columns } column
       *[other] { $columns } columns
    } in { $encoding }, { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } looked at
walk-unnamed = { $count ->
        [one] { $count } column has values but no name, so that no mapping can name it: it is carried over to the report. Name it in the file to map it.
       *[other] { $count } columns have values but no name, so that no mapping can name them: they are carried over to the report. Name them in the file to map them.
    }
walk-contradicted = Its values look like { $looks }; a check will say which of them can't be used.
walk-unknown-export = It fits no export that cardlift knows.
walk-why = Why: { $reason }
walk-preset = { $file }: is an export that cardlift knows: { $title } ({ $sure }% sure). It needs no mapping of its own; the preset `{ $name }` is used without being named.
walk-preset-write = Write its mapping to a file all the same, to change it?
walk-clear = { $clear } of { $all } columns are clear:
walk-clear-ask = Enter accepts them, r reviews each, q quit:
walk-carried = – (not mapped)
walk-column = [{ $at }/{ $of }] { $name }
walk-values = Values: { $values }
walk-no-values = No row that was looked at has a value in it.
walk-proposal = Proposal: { $field }, { $sure }% sure
walk-decided = So far: { $field }
walk-ask = Enter accepts, f other field (or type its name), c not mapped, b back, q quit:
walk-taken = A contact has only one { $field }, and { $other } goes there already.
walk-taken-ask = r puts { $name } there instead and asks about { $other } again, Enter leaves it:
walk-summary = The mapping:
walk-objection = ! { $text }
walk-no-name = No column holds a name, so no contact can be created
walk-unreachable = No column holds an e-mail or a telephone, and the service needs one of them
walk-day-type = events.dayType says how a birthday is counted, and no column holds one; it is not mapped
walk-end-ask = Enter goes on to write it, a number changes that column, b back, q quit:
walk-end-ask-all-the-same = A number changes that column, Enter writes it all the same, b back, q quit:
walk-where = Write it to [{ $name }]:
walk-overwrite = { $path } is there already. Replace it?
choose-field = A number or a name (`customProperties.NAME` for one of your own), Enter goes back:
choose-number = There are only the numbers from 1 to { $count }.
choose-unknown = There is no field { $name }; f lists them.
choose-near = There is no field { $name }; the nearest are { $near }.
choose-gloss = { $name } ({ $gloss })
choose-carried = not mapped, carried over to the report

## Fields, part by part of their names
field-contactName = name
field-fullName = whole name, split by the rules
field-phoneticFullName = whole reading
field-firstName = first name
field-lastName = last name
field-phoneticFirstName = reading of the first name
field-phoneticLastName = reading of the last name
field-nickName = nickname
field-prefix = before the name
field-suffix = behind the name
field-middleName = middle name
field-emails = e-mail addresses
field-telephones = telephones
field-organizations = organisation
field-events = days
field-locations = postal addresses
field-messengers = messengers
field-websites = websites
field-memo = memo
field-tags = tags
field-CELLPHONE = mobile
field-WORK = work
field-HOME = home
field-WORK_FAX = work fax
field-HOME_FAX = home fax
field-OTHER = other
field-CUSTOM = a type called like the column
field-name = its name
field-department = department
field-title = job title
field-BIRTHDAY = birthday
field-ANNIVERSARY = anniversary
field-dayType = solar or lunar birthday
field-address = the whole address
field-street = street and number
field-street2 = second line of the street
field-street3 = third line of the street
field-extended = building, floor
field-poBox = post office box
field-city = city
field-region = state or province
field-country = country
field-zipCode = postal code

## Comments in a mapping that is written
toml-for = A mapping for { $file }, read as { $read_as }.
toml-save = Save it as mapping.toml, change what is wrong, and try it: cardlift check FILE --mapping mapping.toml
toml-try = Change what is wrong, and try it: { $command }
toml-preset =
    It is an export that cardlift knows: { $title } ({ $sure }% sure). This is the mapping of the preset
    `{ $name }` for the columns that the file has; it is used without being named, too.
toml-preset-maps = { $sure }%: the preset `{ $name }` maps it so
toml-preset-carries = { $sure }%: the preset `{ $name }` has no place for it; it is carried over
toml-preset-ignores = the preset `{ $name }` does not know it; it is carried over
toml-names = It fits no export that cardlift knows. This is proposed from the names of its { $columns } columns and the values of { $rows } rows.
toml-verdict = { $said } Columns in `ignore` are carried over: they are in the report, not in the contact.
toml-certain = All are certain, so the file can be imported without this mapping, too.
toml-decided = A person has looked it through.
toml-unusable = No contact can be created from it: it has no name, or neither an e-mail nor a telephone.
toml-doubtful = { $count ->
        [one] { $count } of them is not certain; it says PLEASE CHECK.
       *[other] { $count } of them are not certain; each of these says PLEASE CHECK.
    }
toml-column = { $sure }% { $field }: { $reason }
toml-column-doubtful = PLEASE CHECK, { $sure }% { $field }: { $reason }
toml-column-decided = { $field }: { $reason }
toml-such-as = such as { $values }
called-full-name = contactName, the whole name, split by the rules
called-phonetic-full-name = contactName, the whole reading
called-telephone-custom = telephones, a type of its own
called-address = locations { $kind }, address
called-nothing = none; carried over

## Why a field is proposed for a column
reason-earlier-run = it holds the reasons of an earlier run
reason-name-and-values = its name says so, and its values look like { $looks }
reason-name = its name says so
reason-name-of-empty = its name says so; it is empty in all rows that were looked at
reason-contradicted = its name says so, but its values look like { $looks }
reason-mobiles = its name says that it is a telephone, its values that they are mobiles
reason-values = its name says nothing, but { $share }% of its values look like { $looks }
reason-mobile-values = its name says nothing, but { $share }% of its values are numbers of mobiles
reason-dates-of-nothing = its values look like dates, but nothing says of what
reason-says-nothing = its name says nothing, and it is empty in all rows that were looked at
reason-digits-alone = its name says nothing, and long numbers may be anything: accounts, customers, postal codes
reason-no-place = its name says that it is something for which a contact has no place
reason-unclear = neither its name nor its values say what it is
reason-unnamed = it has no name, so that no mapping can name it; its values are carried over
reason-unnamed-and-empty = it has no name and no values
reason-empty = it is empty in all rows that were looked at
reason-job-titles = its values are no forms of address, so they are titles of jobs
reason-forms-of-address = its values are forms of address
reason-mixed-titles = some values are forms of address, others are not
reason-taken = { $name } has the same field ({ $field }) already
reason-chosen = chosen in `cardlift suggest`
reason-accepted = accepted in `cardlift suggest`
reason-displaced = { $field } goes to { $name }
looks-empty = nothing
looks-email = e-mail addresses
looks-telephone = telephones
looks-url = web addresses
looks-date = dates
looks-number = numbers
looks-text = text

## Opening files
encoding-because = { $encoding } because { $reason }
encoding-detected = { $encoding } (detected)
read-as = { $mapping }, read as { $encoding }
because-asked = you said so
because-mark = the file begins with its byte order mark
because-zeros = every second byte of its ASCII characters is zero
because-escapes = { $count } of its escape sequences, and no byte above 0x7F
because-ascii = it holds only ASCII characters
because-utf8 = it is valid UTF-8
because-seen = { $count } of the { $of } characters beyond ASCII that were looked at are usual in it
because-header = its header says { $words }, and { $seen }
because-malformed = { $seen }, although { $count ->
        [one] one of them is
       *[other] { $count } of them are
    } invalid
csv-error = { $path }: { $error }
csv-empty = the file is empty; export the address book again
csv-delimiter = `{ $delimiter }` can't separate cells; use `,`, `;`, `|` or a tab
csv-no-header = line { $line }: no row of column names was found here or below; put one above the first record, such as `Name,Email,Phone`
csv-unreadable = the file can't be read: { $error }
csv-tie = line { $line }: reads { $a } as { $of_a } and { $b } as { $of_b }, and nothing in the file tells which is meant; settle it with `--encoding { $of_a }` or `--encoding { $of_b }`
csv-no-encoding = line { $line }: the encoding of this text is not recognised for certain; name it, such as with `--encoding { $likely }`
csv-not-Zip = this is a ZIP archive; unpack it and give the CSV or vCard file in it
csv-not-Gzip = this is a gzip file; unpack it and give the CSV or vCard file in it
csv-not-Pst = this is an Outlook data file (.pst); export the contacts from Outlook as CSV
csv-not-Pdf = this is a PDF; export the address book as CSV or vCard
csv-not-Picture = this is a picture; export the address book as CSV or vCard
csv-not-Sqlite = this is an SQLite database; export the address book as CSV or vCard
csv-not-Html = this is a web page, whatever its name says; open it in Excel and save it as `CSV UTF-8`
csv-not-Xml = this is XML; open it in Excel and save it as `CSV UTF-8`, or export the address book as CSV or vCard
csv-not-Json = this is JSON; export the address book as CSV or vCard
csv-not-Utf32 = this is text in UTF-32; save it as CSV in UTF-8
csv-not-Binary = this is no text; export the address book as CSV or vCard
in-sheet = the sheet `{ $sheet }`
read-as-sheet = { $mapping }, read from { $sheet }
warn-sheets = { $path }: the sheet `{ $sheet }` is read; not read: { $others }; name another one with --sheet
warn-hidden = { $path }: { $count ->
        [one] one row of the sheet `{ $sheet }` is hidden; it is read like the others
       *[other] { $count } rows of the sheet `{ $sheet }` are hidden; they are read like the others
    }
warn-cell = { $place }: `{ $error }` is an error of the workbook; the cell is taken for an empty one
warn-more-cells = { $path }: { $count } more { $count ->
        [one] cell with an error is
       *[other] cells with errors are
    } taken for empty
workbook-broken = { $path }: the workbook can't be read: it is damaged, cut off or no workbook ({ $why }); open it in Excel or LibreOffice and save it again
workbook-text = { $path }: this is text, and no workbook as its name says; give it a name that ends in `.csv`
workbook-password = { $path }: the workbook is protected by a password; open it and save it without one
workbook-too-large = { $path }: the workbook is too large when it is unpacked; save the sheet as `CSV UTF-8`
workbook-empty = { $path }: no sheet of the workbook has rows; export the address book again
workbook-no-sheet = { $path }: there is no sheet `{ $sheet }`; use { $sheets }
warn-twice = { $place }: the column `{ $name }` is there { $count } times; { $mapped ->
        [0] none of them is imported
        [one] one of them is imported, the others are not
       *[other] { $mapped } of them are imported
    }
warn-colleagues = { $path }: these are members of your company, who are in its directory already; contacts are meant for people outside of it
warn-no-name = { $path }: no column with the names of persons was found; each contact is named after its company
warn-ruined = { $place }: text was ruined before it was saved: `{ $text }` was probably `{ $before }`, read as { $through } by mistake; export the file again
vcard-none = { $path }: there is no vCard in it; export the address book again
vcard-none-but = { $path }: there is no vCard in it but a { $component }; export the contacts, not the calendar or notes
vcard-not-Html = this is a web page, whatever its name says; export the address book again as vCard, and sign in first if a page asks for it
vcard-not-Xml = this is XML, as xCard is, and no vCard 2.1, 3.0 or 4.0; export the address book again as vCard (.vcf) or CSV
vcard-not-Json = this is JSON, as jCard is, and no vCard 2.1, 3.0 or 4.0; export the address book again as vCard (.vcf) or CSV
warn-outside = { $place }: { $count ->
    [one] one line belongs
   *[other] { $count } lines belong
} to no card and { $count ->
    [one] is
   *[other] are
} not imported: { $text }
warn-component = { $place }: a { $component } ({ $count } lines) is no contact and is skipped
warn-more-outside = { $path }: { $count } more places with lines that belong to no card
warn-ruined-cards = { $place }: text was ruined before it was saved: `{ $text }` was probably `{ $before }`, read as { $through } by mistake ({ $count ->
    [one] one value
   *[other] { $count } values
}); export the file again
mapped-by = mapped by { $path }
mapped-as = { $title } ({ $sure }% sure)
mapped-by-names = no export that is known, mapped by its column names
unrecognised = { $path }: its columns fit no export that cardlift knows, and { $doubt }; let `cardlift suggest { $path }` propose a mapping, look it through, save it as mapping.toml and give it with --mapping mapping.toml; or name a preset (`cardlift presets`)
unrecognised-near = { $path }: its columns fit no export that cardlift knows (nearest: { $near }, { $sure }%), and { $doubt }; let `cardlift suggest { $path }` propose a mapping, look it through, save it as mapping.toml and give it with --mapping mapping.toml; or name a preset (`cardlift presets`)
doubt-nobody = no column of them surely holds a name, or none an e-mail or telephone
doubt-columns = { $count ->
        [one] it is not certain what { $names } holds
       *[other] it is not certain what { $names } hold
    }
doubt-more = it is not certain what { $names } and { $count } others hold

## What is wrong with a configuration or a mapping
config-unreadable = can't be read: { $error }
config-not-toml = not valid TOML: { $error }
config-one-of = `{ $key }` is `{ $value }`; it must be one of { $allowed }
config-unknown-near = unknown key `{ $key }`; did you mean `{ $near }`?
config-unknown = unknown key `{ $key }`; known keys are { $known }
config-unknown-in-near = unknown key `{ $key }` in [{ $table }]; did you mean `{ $near }`?
config-unknown-in = unknown key `{ $key }` in [{ $table }]; known keys are { $known }
config-wrong-type = `{ $key }` is a TOML { $kind }; it must be { $wanted }
wanted-text = a text in quotes
wanted-boolean = true or false
wanted-number = a whole number from 0 on
wanted-time = a time such as "30s", "500ms" or "2m"
wanted-primary = `true` or `false`, or the name of a column in quotes
wanted-table = a table
wanted-value = the name of a column in quotes, or a table
config-positive = `{ $key }` must be 1 or more
config-too-large = `{ $key }` is too large
config-missing = `{ $key }` needs `{ $missing }`
config-missing-at-top = the file needs `{ $missing }`
config-member-range = `accessible_range = "MEMBER"` needs `members` and `master_user_id`; or use "ALL"
config-members = the service takes at most { $limit } members
config-update-key = `[mapping] on_change = "update"` needs `key`: the fields by which a changed record is known again, such as key = ["emails"]
config-on-remote = `on_remote = "adopt"` and `"update"` need `match_remote = true`, which reads the contacts that are there
mapping-key-near = `{ $key }` names `{ $field }`, by which no record can be known; did you mean `{ $near }`?
mapping-key = `{ $key }` names `{ $field }`, by which no record can be known; it takes { $known }, `contactName.lastName` and the other parts of the name, and `customProperties.NAME`
mapping-column-missing = the mapping names the column `{ $column }`, which { $input } does not have; its columns are { $has }
mapping-column-missing-near = the mapping names the column `{ $column }`, which { $input } does not have; the nearest it has: { $near }
mapping-column-twice = { $input } has the column `{ $column }` twice (columns { $first } and { $second }); say which: `{ $column }#1` or `{ $column }#2`
mapping-type = `{ $key }` is `{ $value }`; the service takes { $known }. A column goes into a table: {"{"} column = "{ $value }" {"}"}
mapping-one-source = `{ $key }` needs exactly one of `column`, `constant`, `join`, `first`, `template`
mapping-one-condition = only one of `if_filled` and `if_empty` can be said
mapping-date = a date from columns needs all of `year`, `month` and `day`
mapping-not-there = is neither a mapping file nor a preset; presets are { $presets }
preset-unknown = there is no preset `{ $name }`; there are { $presets }

## Credentials, and what is found out about the service
token-missing = there is no token: set the environment variable `{ $variable }`, run `cardlift login`, or configure a service account in [auth]; an import with --sandbox needs none
account-needs = a service account needs auth.{ $key }; see [auth] in the configuration
account-needs-secret = a service account needs auth.client_secret_env or auth.client_secret_file
secret-not-set = the environment variable `{ $variable }`, which auth.client_secret_env names, is not set
log-levels-strange = environment variable CARDLIFT_LOG: `{ $value }` is not understood, so the log is as without it; write a level such as `debug`, or one for a module such as `cardlift::send=trace`
not-a-url = { $key } is `{ $value }`, which is no URL: { $error }
token-in-clear = the token goes over the network unencrypted: whoever listens can use it; write `https://` in api.base_url and auth.token_url
auth-works = { $service }: got a token; contacts can be read. Whether they can be created shows when the first one is.
auth-works-lives = { $service }: got a token, good for { $time }; contacts can be read. Whether they can be created shows when the first one is.
auth-works-scope = { $service }: got a token, with the scope `{ $scope }`; contacts can be read. Whether they can be created shows when the first one is.
auth-works-lives-scope = { $service }: got a token, good for { $time }, with the scope `{ $scope }`; contacts can be read. Whether they can be created shows when the first one is.
auth-refused-account = { $service }: the service does not take the token: { $failure }; check that auth.token_url belongs to this service
auth-refused-token = { $service }: the service does not take the token: { $failure }; it has expired, or is another service's: get a new one, or configure a service account in [auth], whose tokens renew themselves
auth-refused-login = { $service }: the service does not take the token: { $failure }; run `cardlift login` again, and check that auth.token_url belongs to this service
auth-no-permission = { $service }: the token is good, but the service refuses to show contacts: { $failure }; give the app and the account the right to use contacts
auth-wrong-address = { $service }: there is no contacts service: { $failure }; check api.base_url
auth-unavailable = { $service }: the service can't be reached: { $failure }; check api.base_url, the network and a proxy on the way, or try again later
auth-at = { $place }: { $said }
place-token = the token
place-machine = this machine
auth-token-address = { $service }: { $failure }; check auth.token_url
auth-token-unavailable = { $service }: { $failure }; check auth.token_url and the network, or try again later
auth-scope = the scope `contact` is missing{ $granted }{ $said }: add it to the app in the developer console and to auth.scope
auth-scope-granted = ; the token has `{ $scope }`
auth-scope-said = {" "}(the service says: { $failure })
login-needs = a login needs auth.{ $key }: create an app in the developer console, and set its client id and secret in [auth]
login-address =
    Open this address in a browser, on this or another machine, and log in:
    { $address }
    If the browser ends at { $redirect } and can't show it, copy that address from the browser and paste it here.
login-opened = The login page is open in your browser; if it is not, open { $address }
login-unopened = No browser can be opened; open this address: { $address }
login-done = Logged in. The login is stored in { $path } and renewed when needed; `cardlift auth` checks it, `cardlift logout` ends it.
login-unkept = { $path }: the login can't be stored: { $error }; make the folder writable
login-unrenewed = the renewed login can't be stored ({ $error }); the next run may need `cardlift login` again
login-port = port { $port } can't be used ({ $error }); end the program that uses it, or set another auth.redirect_port and register its redirect URL in the developer console
login-state = the browser returned from another login, so this one is cancelled; run `cardlift login` again
login-denied = access was denied on the login page; log in with an account that may use the app, and agree
login-error = the login page answered `{ $error }`; check auth.scope, and the app in the developer console
login-no-code = the browser returned without a code; run `cardlift login` again
login-timed-out = the browser did not return within { $time }; if the login page appeared again without an error, the app lacks the scope `{ $scope }` or the redirect URL { $redirect }: add it in the developer console, and run `cardlift login` again
login-page-done = You are logged in. You can close this page and return to the terminal.
login-page-failed = You are not logged in. The terminal shows the reason; you can close this page.
logout-done = Logged out: the tokens are revoked, and { $path } is removed.
logout-nobody = Nobody is logged in with the app `{ $client }`.
logout-failed = { $said }; the tokens are not revoked and { $path } is kept; run `cardlift logout` again
property-unknown = the mapping fills the custom property `{ $name }`, which the service does not have (it has { $known }); add it to the domain first, or take it out of the mapping
property-unknown-none = the mapping fills the custom property `{ $name }`, which the service does not have (it has none); add it to the domain first, or take it out of the mapping
property-declared = [custom_properties.{ $name }] says that it is a { $kind }, and the mapping fills its `{ $filled }`; a STRING takes `content`, a LINK takes `link`
property-kind = the custom property `{ $name }` is of the type { $kind } in the service, and the mapping fills its `{ $filled }`; a STRING takes `content`, a LINK takes `link`
property-multi = the custom property `{ $name }` holds several values in the service; write `multi = true` below [custom_properties.{ $name }]
property-single = the custom property `{ $name }` holds one value in the service; write `multi = false` below [custom_properties.{ $name }]
service-unusable = the service can't be used: { $failure }
unread = { $what } can't be read, so nothing was sent: { $why }
unread-part = the contacts that are there can't all be read, so nothing was sent: the service shows only a part of them; turn `match_remote` off in [send]
unread-properties = the custom properties
unread-tags = the tags
unread-tag = the tag `{ $name }`
unread-contacts = the contacts that are there
unread-contact = a contact
tag-refused = the service refuses the tag `{ $name }`: { $failure }; give it another name, or none, in [tags] names. Nothing was sent

## Runs, records and files
run-line = { $run }  { $started }  { $state }  { $records }, { $created } created{ $undone ->
    [0] {""}
   *[other] {" "}({ $undone } deleted again)
}, { $others }  { $files }  { $service }
run-planning = planning
run-ready = ready
run-finished = finished
run-stopped = stopped
run-interrupted = interrupted
run-unknown = the ledger has no run `{ $run }`; `cardlift runs` lists them
resolve-which = name one record of run { $run }, as { $run }#17; `cardlift resolve { $run }` lists those that are unknown
resolve-no-place = `{ $place }` is no record; write it as RUN#N, such as 20260102-093000-1a2b#17
resolve-nothing = Nothing in run { $run } is unknown.
resolve-no-record = run { $run } has no record { $record }
resolve-known = { $record } is not unknown: it is { $state }
resolve-owned = the contact `{ $id }` belongs to another record
resolve-missing = the service has no contact `{ $id }`
resolve-external = the contact `{ $id }` is an external user's, which no import can have created
resolve-ask-same = { $record }: the contact `{ $id }` is the same. Is it this one?
resolve-ask-differs = { $record }: the contact `{ $id }` differs in { $differs }. Is it this one?
resolve-ask-again = { $record }: was it not created? The next import sends it again
resolve-cant-ask = nobody can be asked; name the record with --yes if you are sure
resolve-declined = Nothing was changed.
resolved-contact = { $record }: created, as `{ $id }`
resolved-again = { $record }: not created; the next import of its file sends it
report-unwritable = { $folder }: the report can't be written: { $error }
report-unwritten = the report can't be written: { $error }; make room, or name another folder with --report
report-unwritten-run = the report can't be written: { $error }; the run itself has ended: { $outcomes }; make room, and have its report written: { $command }
folder-not-ours = { $folder }: holds something else than a report of cardlift, and nothing in it was touched; name a new or empty folder: --report { $other }
folder-has-input = { $folder }: { $input } is in it, and a report never stands beside its own input; name another folder: --report { $other }
folder-parts = `{ $name }`: other files stand in the place of the unfinished report; remove them, or name another folder with --report
report-edited = { $name } was edited after cardlift wrote it; it is kept as { $now }
report-moved = the files of the report that was there are in { $folder } now
input-stopped = { $path }: can't be read any further: { $error }
input-changed = the input changed while it was read: { $error }
ledger-homeless = there is no home folder for the ledger: { $error }; name a ledger with --ledger
explain-no-place = `{ $place }` is no place; write it as FILE:LINE, such as contacts.csv:17
explain-no-record = { $place }: there is no record on this line or above it
file-changed = the file changed while it was read
explain-known = { $state } in run { $run }, record { $record }
explain-known-as = { $state } in run { $run }, record { $record } as { $id }
init-exists = { $path }: is there already and was left as it is; name another file: cardlift init FILE

## The ledger
lock-no-file = `{ $path }` is a link or no file; remove it
ledger-held = `{ $path }`: another run holds this ledger; wait until it is done. Only other contacts may go with another ledger (--ledger): each knows only what it has created itself
ledger-held-by = `{ $path }`: another run (process { $process }) holds this ledger; wait until it is done. Only other contacts may go with another ledger (--ledger): each knows only what it has created itself
ledger-missing = `{ $path }`: there is no ledger yet; it is made by the first `cardlift import`
ledger-not-writable = `{ $path }`: the ledger can't be written ({ $reason }); without it nothing is sent. Make this place writable; if nothing was imported with this ledger yet, name another one with --ledger
ledger-full = `{ $path }`: no space is left on this disk for the ledger; make room and run the same command again: it goes on where it stopped
ledger-disk = `{ $path }`: { $doing } failed ({ $reason }); nothing more is sent. When the disk is in order again, run the same command: it goes on where it stopped
ledger-not-one = `{ $path }`: this file is not a ledger of cardlift; name another one with --ledger
ledger-newer = `{ $path }`: this ledger has version { $found }, and this cardlift knows versions up to { $known }; use the newer cardlift that wrote it
ledger-damaged = `{ $path }`: the ledger is damaged ({ $reason }); restore it from a backup, with its `-wal` file. What was created since that backup would be created again
credentials-key = the private key can't be read: { $reason }; download it again from the developer console
credentials-token = the token is empty or has characters that no token has; copy it again
credentials-client = the client id or the client secret is wrong; compare both with the developer console
credentials-account = the service account is refused: its id is wrong, or the private key belongs to another app; compare both with the developer console
credentials-clock-ahead = this machine's clock is { $seconds } s ahead of the service's; set the clock
credentials-clock-behind = this machine's clock is { $seconds } s behind the service's; set the clock
credentials-scope = the app does not have the scope; add it in the developer console
credentials-not-permitted = the app may not get tokens for a service account; see the developer console
credentials-no-login = nobody is logged in; run `cardlift login`
credentials-login-ended = the login has expired or was revoked; run `cardlift login` again
credentials-code = the code from the login page is refused: it has expired, or the redirect URL is not the registered one; run `cardlift login` again
credentials-other = no token was given out
credentials-said = { $problem } (the token service says: { $said })
