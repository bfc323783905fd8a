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
input-missing = { $path }: no such file
input-folder = { $path }: is a folder; name the files in it
input-unreadable = { $path }: can't be read: { $error }
left-out = { $why }; this file is skipped
plan = Plan: { $states }; to { $target }
plan-as = Plan: { $states }; to { $target } as { $account }
plan-empty = no records
plan-planned = { $count } to create
plan-exists = { $count } already there
plan-duplicate = { $count } duplicate
plan-invalid = { $count } invalid
plan-skipped = { $count } skipped
plan-held = { $count } held back by an unknown record of an earlier run
plan-changed = { $count } of them changed
plan-updates = { $count } to update ({ $fields })
plan-adopted = { $count } to adopt
plan-differ = { $count ->
        [one] { $count } differs
       *[other] { $count } differ
    }
plan-not-unique = { $count } with a key that several contacts have
plan-deletes = { $count } to delete
plan-gone = { $count } no longer in the source
plan-visible = Who will see the new contacts: { $who }; owner: { $owner }
plan-visible-mapped = Who will see the new contacts: { $who }; owner: { $owner }; where [mapping.permission] gives a record something else, that counts
plan-places = {"  "}{ $what }: { $places }
plan-example = Example ({ $place }): { $contact }
plan-mapping-more = {"  "}and { $count } more; `cardlift check` shows all
plan-does-update = to update
plan-does-adopt = to adopt as it is
plan-does-differ = differs (there → here); left as it is
plan-does-delete = to delete: no longer in the source
plan-does-nothing-gone = no longer in the source; the contact stays
plan-alone = This was the plan: nothing was sent, and no run, report or tag was written.
seen-by-all = everybody in the domain
seen-by-members = { $count ->
        [one] { $count } member, organisation or group
       *[other] { $count } members, organisations or groups
    }
owner-unset = not set
target-sandbox = the built-in sandbox
pace = Pace: { $rate } a minute; about { $time }, done by { $finish }
pace-halved = Pace: { $rate } a minute (half the limit, as the vendor asks for runs of 30 minutes or more); about { $time }, done by { $finish }
pace-asked = Pace: { $rate } a minute, as requested; about { $time }, done by { $finish }
confirm-create = { $count ->
        [one] Create { $count } contact at { $target }?
       *[other] Create { $count } contacts at { $target }?
    }
nothing-sent = Nothing was sent.
no-terminal = nothing was sent: no terminal to confirm; pass --yes
no-input-no-consent = nothing was sent: --no-input only turns questions off; pass --yes to confirm
confirm-update = { $updates ->
        [one] Create { $creates } and update { $updates } contact at { $target }?
       *[other] Create { $creates } and update { $updates } contacts at { $target }?
    }
confirm-delete = Create { $creates }, update { $updates } and delete up to { $deletes } contacts at { $target }?
confirm-tags = Create the tags { $names }?
confirm-guard = Continue anyway?
tags-missing = Tags to create (`[tags] mode = "create"`): { $names }
matching = Reading the contacts in the service (`match_remote`)
matched = Found in the service: { $count }
waiting-without-ledger = No earlier run in this ledger: waiting { $time } for contacts that another run may just have sent
key-unshown = the service's lists do not show { $fields }, the [mapping] key, and { $count } contacts would have to be read one by one (limit: { $limit }); nothing was sent; choose another key, or set `match_remote = false` in [send]
guarded = nothing was sent; if this is intended, run it once with --no-guard (`guard = false` in [send] turns guards off for good)
gone-too-many = { $count } of the { $of } contacts of this source are no longer in it, more than max_gone allows ({ $limit }): nothing was sent; if this is intended, raise `max_gone` in [mapping]
gone-unsure = { $place }: its key can't be read, so it may stand for any contact; nothing that is no longer in the source is deleted in this run
gone-left-out = an input could not be read; nothing that is no longer in the source is deleted in this run
gone-failed = { $count ->
        [one] { $count } contact that is no longer in the source could not be deleted: gone.csv
       *[other] { $count } contacts that are no longer in the source could not be deleted: gone.csv
    }
guard-shrunk = { $name }: { $count ->
    [one] { $count } record
   *[other] { $count } records
}, down from { $before } in run { $run }; is the export complete?
guard-columns = { $name }: columns changed since run { $run }: { $difference }
guard-elsewhere = { $count ->
    [one] one planned contact was
   *[other] { $count } planned contacts were
} created, or may have been, at this address with { $account }; in the same company they would be there twice; use that account, or set `match_remote = true` in [send]
guard-elsewhere-token = { $count ->
    [one] one planned contact was
   *[other] { $count } planned contacts were
} created, or may have been, at this address with a token; in the same company they would be there twice; use a token again, or set `match_remote = true` in [send]
guard-kind = { $name }: the file type (CSV or vCard) changed since run { $run }
guard-remapped = { $name }: { $changed } changed since run { $run }, and { $count ->
    [one] one record that has its contact
   *[other] { $count } records that have their contacts
} would be created again; restore the old mapping, or see with `cardlift explain` what changed
guard-lock = { $ledger }: the ledger is empty, but its lock file shows that it was used; everything would be sent again; restore the ledger, name it with --ledger, or set `match_remote = true` in [send]
guard-report = { $ledger }: the ledger is empty, but { $report } is the report of a run that sent this input; everything would be sent again; restore the ledger, name it with --ledger, or set `match_remote = true` in [send]
columns-gone = { $names } gone
columns-new = { $names } new
columns-order = different order
news-first = { $count } of { $records } { $records ->
    [one] record
   *[other] records
} { $outcome ->
    [invalid] invalid
    [rejected] rejected
    [exists] with a key that several contacts have
    [failed] failed
   *[unknown] unknown
}
news-all = { $what }: { $places }
news-some = { $what }, { $count } new: { $places }
news-none = { $what }, none new
news-more = { $places } and { $count } more
notice-title = { $command } on { $machine }
notice-exit = Exit code { $exit }
notice-run = Run { $run }: { $totals }
notice-new = { $count ->
    [one] 1 new record to fix.
   *[other] { $count } new records to fix.
}
notice-failed = notification not sent: { $reason }; see [notify]
notice-not-set = environment variable `{ $variable }` (from `notify.webhook_url_env`) is not set
webhook-address = the webhook URL is not an `https://` address
webhook-connection = can't connect to the webhook
webhook-answer = the webhook did not answer
webhook-status = the webhook answered { $status }
unchecked = Not checked offline: { $what }
unchecked-tags = which tags the service has (until then, tags count as not imported)
unchecked-properties = whether the service has the custom properties { $names }
unchecked-remote = which contacts the service has already

## While sending
phase-sending = Sending
phase-deleting = Deleting
phase-updating = Updating
phase-adopting = Adopting
bar-status = { $rate } a minute, { $left } left, done by { $finish }
progress-line = { $phase }: { $done } of { $total } done, { $rate } a minute, about { $left } left
progress-failed = { $count } failed
throttled = Rate-limited; sending pauses
throttled-for = Rate-limited; sending pauses for { $time }
looking = { $count ->
        [one] Looking up { $count } record left without an answer (lookup { $look } of { $of })
       *[other] Looking up { $count } records left without an answer (lookup { $look } of { $of })
    }
settling = { records } may still appear in the service; next lookup in { $time }
cant-look = { $count ->
        [one] { $count } unknown record can't be looked up: { $failure }
       *[other] { $count } unknown records can't be looked up: { $failure }
    }
stopping = Stopping: waiting for requests in progress; interrupt again to stop at once
bar-left = { $left } left

## The end
totals = { records }: { $outcomes }
nothing = nothing
source = { $path }: { $read_as }, { records }
problem-count = { $count } × { $code }: { $title }
problem-count-in = { $count } × { $code } in { $field }: { $title }
problems-more = and { $count ->
        [one] one more code
       *[other] { $count } more codes
    }: { $codes }; results.csv lists every record
example-column = { $place }, { $column }
carried-over = { $count ->
        [one] { $count } value
       *[other] { $count } values
    } from { $fields ->
        [one] { $fields } source field
       *[other] { $fields } source fields
    } not imported; summary.json counts them by field, results.jsonl says why
carried-over-counted = { $count ->
        [one] { $count } value
       *[other] { $count } values
    } from { $fields ->
        [one] { $fields } source field
       *[other] { $fields } source fields
    } not imported; summary.json counts them by field, --details lists them
rehearsed = A rehearsal: nothing was sent to the service.
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
ask-column = { $path }: { $name } is not imported: { $reason }. Import it as { $field }?
ask-no-name = { $path }: no column of person names found. Name each contact after its company?
told-place = { $place }, { $field }: { $value }
told-more = { $places } and { $count } more
told-email_invalid = { $count ->
        [one] 1 value is not an e-mail address and is
       *[other] { $count } values are not e-mail addresses and are
    } not imported: { $places }
told-lost_zero = { $count ->
        [one] { $count } number may have lost its leading zero or plus in a spreadsheet and is
       *[other] { $count } numbers may have lost their leading zero or plus in a spreadsheet and are
    } sent unchanged; format the column as text before saving: { $places }
told-letters_lost = { $count ->
        [one] 1 value
       *[other] { $count } values
    } lost letters before the file was saved: { $places }
told-control_removed = control characters removed from { $count ->
        [one] 1 value
       *[other] { $count } values
    }: { $places }
told-spreadsheet_error = { $count ->
        [one] 1 value is a spreadsheet error and is
       *[other] { $count } values are spreadsheet errors and are
    } not imported: { $places }
told-suspicious = { $count ->
        [one] 1 value looks
       *[other] { $count } values look
    } damaged (such as text encoded twice): { $places }
report-at = Report: { $folder }
next-import = Next: create the contacts
next-check = Next: fix the files (see `cardlift explain-code { $code }`), then check again
next-rejects = Next: fix the rejects (see `cardlift explain-code { $code }`), then import them
next-again = Next: run it again; it resumes where it stopped and creates nothing twice
next-unreached = Next: check api.base_url and the network, then run it again; nothing is created twice
next-unknown = Next: run it again; unknown records are looked up before anything is sent
next-limit = Next: run it again for the rest; the limit is reached
next-resolve = Next: list the unknown records, and resolve each
stopped-asked = Interrupted.
stopped-in-a-row = Stopped after { records } in a row failed or unknown; last answer: { $failure }
stopped-refuses-everything = The service refused each of the first { records }: { $failure }
stopped-unreachable = The service can't be reached (tried for { records }): { $failure }; check `api.base_url` and the network
stopped-ledger = The ledger can't be written.
stopped-unresolved = { records } of earlier runs may be in the service but can't be looked up, so nothing was sent; check access (`cardlift auth`), or send the others with --no-guard
stopped-credentials = Credentials refused: { $failure }; get a new token, or see `cardlift auth`
stopped-forbidden = Permission denied: { $failure }; the app needs the scope `contact`, and the account the right to create contacts
stopped-quota = No room for more contacts in the service: { $failure }; contacts in the trash count too: empty it, or upgrade the plan
stopped-address = No such service: { $failure }; check `api.base_url`

## What the network and answers say
network-no-client = can't set up HTTPS: { $reason }; install the system's certificates (`ca-certificates`)
network-no-connection = can't connect to `{ $place }`: { $reason }
network-no-tls = can't connect securely to `{ $place }`: { $reason }; check the service's certificate, or install the proxy's
network-no-answer = no answer within { $time }
network-no-request = the request can't be built
network-broke = connection lost before the answer was complete: { $reason }
network-refused = nothing answers there
network-reset = connection reset
network-unreachable = no route to it
network-no-name = unknown host name
answer-too-long = the answer is longer than { $bytes } bytes
answer-no-json = the answer is not valid JSON: { $error }
answer-no-id = the answer has no `contactId`
answer-list-no-id = a listed contact has no `contactId`
answer-none = no answer
answer-web-page = the answer is a web page, not the service's JSON: is a proxy in the way?
answer-empty = the answer is empty
answer-foreign = the answer is not in the service's format; it begins: { $body }
answer-redirect = redirected to { $place }
answer-not-its-own = the answer names the contact `{ $id }`, which belongs to another record
lookalike = the contact `{ $id }` may be this one, but differs in { $differs }
lookup-failed = lookup failed: { $failure }
lookup-incomplete = the service's contact list could not be read to the end, so it is unknown whether the contact exists

## Other commands
undo-created = { $count ->
        [one] Run { $run } created { $count } contact
       *[other] Run { $run } created { $count } contacts
    }
undo-undone = { $count } deleted already
undo-left = { $count } to delete, except those edited since
undo-adopted = { $count ->
        [one] { $count } adoption to forget, whose contact stays
       *[other] { $count } adoptions to forget, whose contacts stay
    }
undo-deletions = { $count ->
        [one] { $count } contact that the run deleted can't be brought back by undo; it is in the service's trash
       *[other] { $count } contacts that the run deleted can't be brought back by undo; they are in the service's trash
    }
undo-other-service = run { $run } created its contacts at { $service }, but `api.base_url` is { $configured }; name that service's configuration with --config
undo-pace = Pace: { $rate } a minute; about { $time }
undo-unknown = { $count ->
        [one] { $count } unknown record of this run may have been created; run the same import again to look it up, then undo it
       *[other] { $count } unknown records of this run may have been created; run the same import again to look them up, then undo it
    }
undo-trash = Deleted contacts go to the service's trash and count towards the quota until it is emptied
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
undo-kept-unclear = kept: can't tell whether it was edited since
undo-more = and { $count } more
undo-unusable = The service can't be used: { $failure }
undo-in-a-row = Stopped after several failures in a row; last answer: { $failure }
undo-again = Run the same command again: it resumes where it stopped
init-written = { $path }: written, with every key at its default
sandbox-serving = Serving the sandbox; Ctrl-C stops it. To import into it, set base_url = "{ $url }" in [api] of cardlift.toml, and CARDLIFT_TOKEN={ $token } in the environment.
sandbox-port = 127.0.0.1:{ $port }: can't be served ({ $error }); name another port with --port
port-taken = the port is in use
sandbox-login = To try a login, set in [auth] client_id = "{ $client }", authorize_url = "{ $authorize }", token_url = "{ $token }" and redirect_port = 0; the client secret is { $secret }.
explain-source-fields = Source fields
explain-on-the-way = Notes
explain-unchanged = none: every value is in the contact unchanged
explain-duplicates = Duplicates
explain-contact = Contact: { $name }
explain-rules = Rules
explain-keeps-all = all met
explain-problem-whole = { $code }: { $message }
explain-problem = { $code } at { $field }: { $message }
explain-ledger = Ledger ({ $path })
explain-never-sent = an invalid record is never sent
explain-no-ledger = no ledger yet
explain-never-seen = contact not seen before
explain-ledger-unreadable = can't be read: { $error }
codes-unknown = unknown code `{ $code }`; did you mean { $nearest }?
codes-unknown-all = unknown code `{ $code }`; `cardlift explain-code` lists them
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
repeats = repeats { $place }: same name, and an e-mail or phone number in common; not sent
created-before = created as record { $record } of run { $run }
created-before-changed = created as record { $record } of run { $run }, and its content has changed since; the contact is left as it is; set `[mapping] on_change = "update"` to update it
created-before-same-person = the same person was created as record { $record } of run { $run } with different content, and is not created twice; set `[mapping] key` and `on_change = "update"` to update the contact, or delete it first: cardlift undo { $run } --record { $record }
undone = deleted by `cardlift undo` on { $when }
later-gone = deleted on { $when }, as the source no longer had it (run { $run })
later-created = created later, as record { $record } of run { $run }
same-key = has the same [mapping] key as { $place }; not sent
only-in-duplicate = { $how }. Only this record has { $values }: change the name or remove the shared value to import it as a separate person
merged-into-first = { $how }; added to that record: { $values }
duplicates-incomplete = { $count ->
        [one] { $count } duplicate has values that the first record lacks
       *[other] { $count } duplicates have values that the first record lacks
    }: { $places }
totals-updated = { $count } updated
totals-deleted-later = { $count } deleted since
totals-created-later = { $count } created by a later run
totals-fixed-later = { $count ->
    [one] 1 reject was created since, and is not among the rejects any more
   *[other] { $count } rejects were created since, and are not among the rejects any more
}
totals-gone-deleted = { $count ->
        [one] { $count } contact deleted that is no longer in the source
       *[other] { $count } contacts deleted that are no longer in the source
    }
totals-gone = { $count ->
        [one] { $count } contact is no longer in the source and stays
       *[other] { $count } contacts are no longer in the source and stay
    }: gone.csv
totals-changed = { $count } changed since they were created: CHANGED in results.csv
totals-merged = { $count ->
        [one] { $count } value of a duplicate added to the first record
       *[other] { $count } values of duplicates added to the first records
    }
totals-service-changed = { $count ->
    [one] { $count } value in the service differs from what was sent (SERVICE_CHANGED in results.jsonl)
   *[other] { $count } values in the service differ from what was sent (SERVICE_CHANGED in results.jsonl)
}
mends = fixes record { $record } of run { $run }
found-same = in the service already
found-differs = in the service already, with different content: { $fields }; that contact is left as it is
found-before = found in the service by run { $run } (record { $record }); created by somebody else
key-not-unique = several contacts of the service have its [mapping] key: { $contacts }; nothing was done; delete or correct all but one of them
differs = { $field } { $here }, there { $there }
differs-here = { $field } { $here }, not there
differs-there = { $field } only there: { $there }
adopted = adopted: the contact in the service belongs to this record from now on; nothing was written
adopted-completed = adopted, and completed: { $names }
adopted-before = adopted as record { $record } of run { $run }
adopted-before-changed = adopted as record { $record } of run { $run }, changed since; the contact is left as it is (`[mapping] key` and `on_change = "update"` would update it)
adoption-undone = adoption undone by `cardlift undo` on { $when }; the contact stays
adopt-gone = the contact no longer exists; the next import creates one
updated = updated: { $names }
updated-nothing = nothing to update
updated-left = { $updated }; { $names } no longer in the source, kept in the contact
updated-conflicts = { $updated }; left as it is in the contact: { $fields }
updated-otherwise = { $updated }; the service shows a different value: { $fields }
update-gone = its contact is no longer in the service; undo the run that created it (`cardlift undo RUN --record N`), and the next import creates it again
update-failed = the contact could not be updated: { $failure }
waits-for = waits for record { $record } of run { $run }, which is unknown

## What is wrong, and the way to mend it; `value` is in backticks, with its source field where there is one
wrong-and-mend = { $wrong }; { $mend }
problems-joined = { $first }; { $second }
wrong-NAME_MISSING = the record has no name
mend-NAME_MISSING = fill in a given name, a family name or an organisation
wrong-EMAIL_OR_TELEPHONE_MISSING = the service needs an e-mail or a phone number, and there is neither
mend-EMAIL_OR_TELEPHONE_MISSING = add one
wrong-VALUE_MISSING = `{ $field }` is required but empty
mend-VALUE_MISSING = fill it in
wrong-TOO_LONG = { $value } has { $length } characters; the limit is { $limit }
mend-TOO_LONG = shorten it, or set `normalize.too_long = "carry_over"`
wrong-TOO_MANY_ITEMS = `{ $field }` has { $count } items; the limit is { $limit }
mend-TOO_MANY_ITEMS = remove some
wrong-NOT_ALLOWED = { $value } is not an allowed value
mend-NOT_ALLOWED = use one of { $allowed }
wrong-PHONE_PATTERN = { $value } has { $offending } at character { $at }, which a phone number can't have
mend-PHONE_PATTERN = use digits, spaces and + - * # ( ) P T
wrong-DATE_INVALID = { $value } is not a valid date
mend-DATE_INVALID = write it as YYYY-MM-DD, such as 2021-01-09
wrong-DATE_AMBIGUOUS = { $value } may be { $day_first } or { $month_first }, and no other date in the file settles it
mend-DATE_AMBIGUOUS = set `normalize.date_order`, or write YYYY-MM-DD
wrong-URL_INVALID = { $value } is not a valid URL
mend-URL_INVALID = write it with https:// and a host, without spaces
wrong-CUSTOM_TYPE_WITHOUT_CUSTOM = { $value } is a custom type beside the type `{ $kind }`; it goes only with `CUSTOM`
mend-CUSTOM_TYPE_WITHOUT_CUSTOM = remove one of them
wrong-PRIMARY_COUNT = { $count } of `{ $field }` are primary
mend-PRIMARY_COUNT = make exactly one of them primary
wrong-MEMBERS_MISSING = `MEMBER` needs the members who may see the contact
mend-MEMBERS_MISSING = name them in `permission.members`, or use `ALL`
wrong-MASTER_MISSING = `MEMBER` needs the member who owns the contact
mend-MASTER_MISSING = name the member in `permission.master_user_id`
wrong-MEMBER_TWICE = { $value } is listed twice
mend-MEMBER_TWICE = remove one
wrong-MESSENGER_TWITTER = the service no longer accepts `TWITTER`
mend-MESSENGER_TWITTER = use `X`
wrong-PROPERTY_NAME = { $value } is not a valid name for a custom property
mend-PROPERTY_NAME = start with a letter or `_`, and use letters, digits and `_`, at most 120
wrong-SPREADSHEET_DAMAGE-Exponent = { $value } is a long number that a spreadsheet has rounded; its digits are lost
mend-SPREADSHEET_DAMAGE-Exponent = export again without saving it in a spreadsheet, or type the number
wrong-SPREADSHEET_DAMAGE-Error = { $value } is a spreadsheet error, not a value
mend-SPREADSHEET_DAMAGE-Error = export again without saving it in a spreadsheet
wrong-SPREADSHEET_DAMAGE-Hashes = { $value } is what a spreadsheet shows when a column is too narrow
mend-SPREADSHEET_DAMAGE-Hashes = export again, or type the value
wrong-SPREADSHEET_DAMAGE-DateSerial = { $value } is a date that a spreadsheet has turned into a serial number
mend-SPREADSHEET_DAMAGE-DateSerial = write it as YYYY-MM-DD
wrong-ENCODING = the record has bytes that are not valid in the file's encoding
wrong-ENCODING-value = { $value } has bytes that are not valid in the file's encoding
mend-ENCODING = retype what is shown as �, or name the file's encoding with --encoding
wrong-ENCODING_UNCERTAIN = the card's text is not UTF-8, and its encoding is uncertain: { $readings }
mend-ENCODING_UNCERTAIN = name the encoding with --encoding
wrong-STRAY_QUOTE = the quoted cell that begins on line { $line } has a quote too many or too few, and may include what follows
mend-STRAY_QUOTE = double the quotes inside it, or remove the stray one
wrong-CUT_OFF = the file ends inside the quoted cell that begins on line { $line }
mend-CUT_OFF = export the file again, or close the quote
wrong-RECORD_TOO_LARGE = the record has { $bytes } bytes; the limit is 512 KiB as UTF-8; probably a quote is never closed, or a cell holds a file
mend-RECORD_TOO_LARGE = close the quote, or empty the cell that holds the file
wrong-CARD_UNREADABLE = the vCard can't be read: { $reason }
mend-CARD_UNREADABLE = export it again
wrong-GROUP_CARD = the card is a group (members: { $count }), not a contact
wrong-EMAIL_INVALID = { $value } is not an e-mail address: it needs exactly one `@`, something on both sides of it, and no spaces
wrong-ROW_TOO_LONG = the row has more values than the header has columns ({ $count }), so they may be under the wrong names
wrong-TOTAL_ROW = the row is a total of the rows above, not a contact
wrong-HEADER_REPEATED = the row repeats the column names and is not a contact
mend-GROUP_CARD = nothing to do; results.jsonl names its members
mend-EMAIL_INVALID = correct the address, or empty the cell
mend-ROW_TOO_LONG = put the value that holds a comma (or another delimiter) in quotes, or remove the extra cell
mend-TOTAL_ROW = nothing to do: it is not sent
mend-HEADER_REPEATED = nothing to do

## What the codes are called
title-NAME_MISSING = no name
title-EMAIL_OR_TELEPHONE_MISSING = no e-mail or phone number
title-VALUE_MISSING = required value is empty
title-TOO_LONG = too long
title-TOO_MANY_ITEMS = too many items
title-NOT_ALLOWED = not an allowed value
title-PHONE_PATTERN = character not allowed in a phone number
title-DATE_INVALID = not a valid date
title-DATE_AMBIGUOUS = ambiguous day and month
title-URL_INVALID = not a valid URL
title-CUSTOM_TYPE_WITHOUT_CUSTOM = custom type beside another type
title-PRIMARY_COUNT = no primary item, or several
title-MEMBERS_MISSING = no members who may see the contact
title-MASTER_MISSING = no member who owns the contact
title-MEMBER_TWICE = same member twice
title-MESSENGER_TWITTER = TWITTER is now X
title-PROPERTY_NAME = not a valid name for a custom property
title-SPREADSHEET_DAMAGE = damaged by a spreadsheet
title-ENCODING = bytes not valid in the encoding
title-ENCODING_UNCERTAIN = uncertain encoding
title-STRAY_QUOTE = stray quote
title-CUT_OFF = file cut off
title-RECORD_TOO_LARGE = record too large
title-CARD_UNREADABLE = unreadable vCard
title-GROUP_CARD = group, not a contact
title-EMAIL_INVALID = not an e-mail address
title-ROW_TOO_LONG = more cells than columns
title-TOTAL_ROW = row of totals
title-HEADER_REPEATED = repeated header
title-DUPLICATE = repeats another record
title-ONLY_IN_DUPLICATE = duplicate with values that the first record lacks
title-CHANGED = changed since it was created
title-UPDATED = updated
title-DIFFERS = in the service with different content
title-ADOPTED = taken over from somebody else
title-KEY_NOT_UNIQUE = several contacts with one key
title-CONTACT_GONE = contact no longer in the service
title-FAILED = not created
title-UNKNOWN = may have been created
title-LOOKALIKE = a contact may be this one
title-LOOKUP_INCOMPLETE = incomplete lookup
title-SERVICE_CHANGED = value differs in the service
title-service = refused by the service

## Why a value was changed or carried over
note-trimmed = surrounding spaces removed
note-telephone_normalized = written with the characters that the service accepts
note-date_normalized = written as YYYY-MM-DD
note-prefix_removed = a prefix that is not part of the value was removed
note-name_split = full name split
note-name_whole = full name kept whole; no rule says where to split it
note-named_after_organization = no person; named after the organisation
note-label_mapped = type taken from the label
note-twitter_renamed = the service calls it X
note-defaulted = the mapping's default was used
note-shared = another record has the same e-mail or phone number, under another name
note-lost_zero = a spreadsheet may have removed a leading zero or plus
note-control_removed = control characters or line breaks removed
note-letters_lost = letters were lost before the file was saved; kept as it is
note-suspicious = looks damaged; kept as it is
note-reader = interpreted by the reader
note-rfc6350 = does not follow RFC 6350; read anyway
note-merged = added to the first record, which this one repeats
note-SERVICE_CHANGED = the service shows a different value than was sent
note-repeated = the contact has the same value already
note-placeholder = the export writes this for an empty value
note-unmapped = no matching field
note-binary = pictures, sounds and keys are not imported
note-relation = contacts have no field for relations
note-date_without_year = the service takes only complete dates
note-date_unreadable = not a valid date
note-email_invalid = not an e-mail address; the contact can be reached otherwise
note-spreadsheet_error = a spreadsheet error, not a value
note-too_long = longer than the field allows
note-too_many = the list is full
note-label = the service keeps no label for it
note-no_place = contacts have no such field
note-tag = tags are not mapped; see [tags] in the configuration
note-only_in_duplicate = the record that it repeats lacks this value
note-beyond_header = the row has more cells than the header

## Proposing a mapping: what `cardlift suggest` asks
suggest-vcard = { $path }: is a vCard file and needs no mapping; import it as it is
suggest-exists = { $path }: already exists and was left as it is; name another file, or replace it with --force
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
    } examined
walk-unnamed = { $count ->
        [one] { $count } column has values but no name, so it can't be mapped and is not imported. Name it in the file to map it.
       *[other] { $count } columns have values but no name, so they can't be mapped and are not imported. Name them in the file to map them.
    }
walk-contradicted = Its values look like { $looks }; a check names those that can't be used.
walk-unknown-export = Unknown format; mapped by column name.
walk-why = Why: { $reason }
walk-preset = { $file }: { $title } ({ $sure }% sure). It needs no mapping; the preset `{ $name }` is used automatically.
walk-preset-write = Write its mapping to a file anyway, to change it?
walk-clear = { $clear } of { $all } columns are clear:
walk-clear-ask = Enter accepts them, r reviews each, q quit:
walk-carried = – (not mapped)
walk-column = [{ $at }/{ $of }] { $name }
walk-values = Values: { $values }
walk-no-values = No value in the rows examined.
walk-proposal = Proposal: { $field }, { $sure }% sure
walk-decided = So far: { $field }
walk-ask = Enter accepts, f other field (or type its name), c not mapped, b back, q quit:
walk-taken = A contact has only one { $field }, and { $other } goes there already.
walk-taken-ask = r maps { $name } there instead and asks about { $other } again, Enter keeps it:
walk-summary = The mapping:
walk-objection = ! { $text }
walk-no-name = No column holds a name, so no contact can be created
walk-unreachable = No column holds an e-mail or a phone number, and the service needs one of them
walk-day-type = events.dayType says how a birthday is counted, but no column holds a birthday; it is not mapped
walk-end-ask = Enter saves it, a number changes that column, b back, q quit:
walk-end-ask-all-the-same = A number changes that column, Enter saves it anyway, b back, q quit:
walk-where = Save it to [{ $name }]:
walk-overwrite = { $path } already exists. Replace it?
choose-field = A number or a name (`customProperties.NAME` for a custom property), Enter goes back:
choose-number = Enter a number from 1 to { $count }.
choose-unknown = No field { $name }; f lists them.
choose-near = No field { $name }; nearest: { $near }.
choose-gloss = { $name } ({ $gloss })
choose-carried = not mapped, not imported

## Fields, part by part of their names
field-contactName = name
field-fullName = full name, split by the rules
field-phoneticFullName = phonetic full name
field-firstName = first name
field-lastName = last name
field-phoneticFirstName = phonetic first name
field-phoneticLastName = phonetic last name
field-nickName = nickname
field-prefix = name prefix
field-suffix = name suffix
field-middleName = middle name
field-emails = e-mail addresses
field-telephones = phone numbers
field-organizations = organisation
field-events = dates
field-locations = addresses
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
field-CUSTOM = custom type, named like the column
field-name = name
field-department = department
field-title = job title
field-BIRTHDAY = birthday
field-ANNIVERSARY = anniversary
field-dayType = solar or lunar birthday
field-address = full address
field-street = street and number
field-street2 = street, line 2
field-street3 = street, line 3
field-extended = building, floor
field-poBox = PO box
field-city = city
field-region = state or province
field-country = country
field-zipCode = postal code

## Comments in a mapping that is written
toml-for = Mapping for { $file }, read as { $read_as }.
toml-save = Save it as mapping.toml, correct it, and try it: cardlift check FILE --mapping mapping.toml
toml-try = Correct it, and try it: { $command }
toml-preset =
    Recognised as { $title } ({ $sure }% sure). This is the mapping of the preset
    `{ $name }` for the columns that the file has; the preset is also used without being named.
toml-preset-maps = { $sure }%: mapped by the preset `{ $name }`
toml-preset-carries = { $sure }%: the preset `{ $name }` has no field for it; not imported
toml-preset-ignores = unknown to the preset `{ $name }`; not imported
toml-names = Unknown format; mapped by column name ({ $columns } columns) and the values of { $rows } rows.
toml-verdict = { $said } Columns in `ignore` are not imported; the report lists their values.
toml-certain = All are certain, so the file can also be imported without this mapping.
toml-decided = Reviewed by a person.
toml-unusable = No contact can be created from it: it has no name, or neither an e-mail nor a phone number.
toml-doubtful = { $count ->
        [one] { $count } of them is not certain; it says PLEASE CHECK.
       *[other] { $count } of them are not certain; each of these says PLEASE CHECK.
    }
toml-column = { $sure }% { $field }: { $reason }
toml-column-doubtful = PLEASE CHECK, { $sure }% { $field }: { $reason }
toml-column-decided = { $field }: { $reason }
toml-such-as = such as { $values }
called-full-name = contactName, the full name, split by the rules
called-phonetic-full-name = contactName, the phonetic full name
called-telephone-custom = telephones, custom type
called-address = locations { $kind }, address
called-nothing = none; not imported

## Why a field is proposed for a column
reason-earlier-run = it holds the reasons of an earlier run
reason-name-and-values = its name says so, and its values look like { $looks }
reason-name = its name says so
reason-name-of-empty = its name says so; it is empty in the rows examined
reason-contradicted = its name says so, but its values look like { $looks }
reason-mobiles = its name says phone number, and its values are mobile numbers
reason-values = its name says nothing, but { $share }% of its values look like { $looks }
reason-mobile-values = its name says nothing, but { $share }% of its values are mobile numbers
reason-dates-of-nothing = its values look like dates, but its name does not say of what
reason-says-nothing = its name says nothing, and it is empty in the rows examined
reason-digits-alone = its name says nothing, and long numbers may be accounts, customers or postal codes
reason-no-place = no matching field
reason-unclear = neither its name nor its values say what it is
reason-unnamed = it has no name, so it can't be mapped; not imported
reason-unnamed-and-empty = it has no name and no values
reason-empty = it is empty in the rows examined
reason-job-titles = its values are not forms of address, so they are job titles
reason-forms-of-address = its values are forms of address
reason-mixed-titles = some values are forms of address, others are not
reason-taken = { $name } goes to the same field ({ $field })
reason-chosen = chosen in `cardlift suggest`
reason-accepted = accepted in `cardlift suggest`
reason-displaced = { $field } goes to { $name }
looks-empty = nothing
looks-email = e-mail addresses
looks-telephone = phone numbers
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
because-ascii = it has only ASCII characters
because-utf8 = it is valid UTF-8
because-seen = { $count } of the { $of } non-ASCII characters examined are common in it
because-header = its header says { $words }, and { $seen }
because-malformed = { $seen }, although { $count ->
        [one] one of them is
       *[other] { $count } of them are
    } invalid
csv-error = { $path }: { $error }
csv-empty = the file is empty; export the address book again
csv-no-header = line { $line }: no header row found here or below; put one above the first record, such as `Name,Email,Phone`
csv-unreadable = the file can't be read: { $error }
csv-tie = line { $line }: could be { $a } ({ $of_a }) or { $b } ({ $of_b }), and nothing in the file decides; choose with `--encoding { $of_a }` or `--encoding { $of_b }`
csv-no-encoding = line { $line }: uncertain encoding; name it, such as with `--encoding { $likely }`
csv-not-Zip = this is a ZIP archive; unpack it and import the CSV or vCard file in it
csv-not-Gzip = this is a gzip file; unpack it and import the CSV or vCard file in it
csv-not-Pst = this is an Outlook data file (.pst); export the contacts from Outlook as CSV
csv-not-Pdf = this is a PDF; export the address book as CSV or vCard
csv-not-Picture = this is an image; export the address book as CSV or vCard
csv-not-Sqlite = this is an SQLite database; export the address book as CSV or vCard
csv-not-Html = this is a web page, despite its name; open it in Excel and save it as `CSV UTF-8`
csv-not-Xml = this is XML; open it in Excel and save it as `CSV UTF-8`, or export the address book as CSV or vCard
csv-not-Json = this is JSON; export the address book as CSV or vCard
csv-not-Utf32 = this is text in UTF-32; save it as CSV in UTF-8
csv-not-Binary = this is not text; export the address book as CSV or vCard
in-sheet = the sheet `{ $sheet }`
read-as-sheet = { $mapping }, read from { $sheet }
warn-sheets = { $path }: reading the sheet `{ $sheet }`, not { $others }; choose another with --sheet
warn-hidden = { $path }: { $count ->
        [one] one hidden row of the sheet `{ $sheet }` is read like the others
       *[other] { $count } hidden rows of the sheet `{ $sheet }` are read like the others
    }
warn-cell = { $place }: `{ $error }` is a workbook error; the cell counts as empty
warn-more-cells = { $path }: { $count } more { $count ->
        [one] cell with an error counts
       *[other] cells with errors count
    } as empty
workbook-broken = { $path }: can't read the workbook: damaged, cut off or not a workbook ({ $why }); open it in Excel or LibreOffice and save it again
workbook-text = { $path }: this is text, not a workbook; rename it to end in `.csv`
workbook-password = { $path }: the workbook is password-protected; save it without a password
workbook-too-large = { $path }: the workbook is too large when unpacked; save the sheet as `CSV UTF-8`
workbook-empty = { $path }: no sheet has any rows; export the address book again
workbook-no-sheet = { $path }: no sheet `{ $sheet }`; use { $sheets }
warn-twice = { $place }: { $count } columns are named `{ $name }`; { $mapped ->
        [0] none of them is imported
        [one] only one of them is imported
       *[other] { $mapped } of them are imported
    }
warn-colleagues = { $path }: these are members of your company, who are in its directory already; external contacts are for people outside it
warn-no-name = { $path }: no column of person names found; each contact is named after its company
warn-ruined = { $place }: text was garbled before it was saved: `{ $text }` was probably `{ $before }`, misread as { $through }; export the file again
vcard-none = { $path }: no vCard found; export the address book again
vcard-none-but = { $path }: holds a { $component }, not a vCard; export the contacts, not the calendar or notes
vcard-not-Html = this is a web page, despite its name; export the address book again as vCard, and sign in first if asked
vcard-not-Xml = this is XML (perhaps xCard), not vCard 2.1, 3.0 or 4.0; export the address book again as vCard (.vcf) or CSV
vcard-not-Json = this is JSON (perhaps jCard), not vCard 2.1, 3.0 or 4.0; export the address book again as vCard (.vcf) or CSV
warn-outside = { $place }: { $count ->
    [one] one line outside any card is
   *[other] { $count } lines outside any card are
} not imported: { $text }
warn-component = { $place }: a { $component } ({ $count } lines) is not a contact and is skipped
warn-more-outside = { $path }: { $count } more places with lines outside any card
warn-ruined-cards = { $place }: text was garbled before it was saved: `{ $text }` was probably `{ $before }`, misread as { $through } ({ $count ->
    [one] one value
   *[other] { $count } values
}); export the file again
mapped-by = mapped by { $path }
mapped-as = { $title } ({ $sure }% sure)
mapped-by-names = unknown format; mapped by column name
unrecognised = { $path }: unknown format, and { $doubt }; run `cardlift suggest { $path }`, review the mapping, save it as mapping.toml and pass --mapping mapping.toml; or name a preset (`cardlift presets`)
unrecognised-near = { $path }: unknown format (nearest: { $near }, { $sure }%), and { $doubt }; run `cardlift suggest { $path }`, review the mapping, save it as mapping.toml and pass --mapping mapping.toml; or name a preset (`cardlift presets`)
doubt-nobody = no column clearly holds names, or none clearly holds e-mails or phone numbers
doubt-columns = { $count ->
        [one] it is unclear what { $names } holds
       *[other] it is unclear what { $names } hold
    }
doubt-more = it is unclear what { $names } and { $count } others hold

## What is wrong with a configuration or a mapping
config-unreadable = can't be read: { $error }
config-not-toml = not valid TOML: { $error }
config-one-of = `{ $key }` is `{ $value }`; it must be one of { $allowed }
config-unknown-near = unknown key `{ $key }`; did you mean `{ $near }`?
config-unknown = unknown key `{ $key }`; known keys are { $known }
config-unknown-in-near = unknown key `{ $key }` in [{ $table }]; did you mean `{ $near }`?
config-unknown-in = unknown key `{ $key }` in [{ $table }]; known keys are { $known }
config-wrong-type = `{ $key }` is a TOML { $kind }; it must be { $wanted }
wanted-text = text in quotes
wanted-boolean = true or false
wanted-number = a whole number, 0 or more
wanted-time = a time such as "30s", "500ms" or "2m"
wanted-primary = `true`, `false`, or the name of a column in quotes
wanted-table = a table
wanted-value = the name of a column in quotes, or a table
config-positive = `{ $key }` must be 1 or more
config-too-large = `{ $key }` is too large
config-missing = `{ $key }` needs `{ $missing }`
config-missing-at-top = the file needs `{ $missing }`
config-member-range = `accessible_range = "MEMBER"` needs `members` and `master_user_id`; or use "ALL"
config-members = the service takes at most { $limit } members
config-update-key = `[mapping] on_change = "update"` needs `key`: the fields that identify a changed record, such as key = ["emails"]
config-key-unfilled = `[mapping] key`: no column goes to `customProperties.{ $name }`; map one in [mapping], along with the others that `cardlift suggest FILE` proposes
config-on-remote = `on_remote = "adopt"` and `"update"` need `match_remote = true`
config-delete-needs = `[mapping] on_gone = "delete"` needs `source`, a name for this source, and `key`, the fields that identify its records
config-max-gone = a number of contacts, or a share of them such as "10%"
mapping-key-near = `{ $key }` names `{ $field }`, which can't identify a record; did you mean `{ $near }`?
mapping-key = `{ $key }` names `{ $field }`, which can't identify a record; use { $known }, `contactName.lastName` and the other parts of the name, or `customProperties.NAME`
mapping-column-missing = the mapping names the column `{ $column }`, which { $input } lacks; its columns are { $has }
mapping-column-missing-near = the mapping names the column `{ $column }`, which { $input } lacks; nearest: { $near }
mapping-column-twice = { $input } has the column `{ $column }` twice (columns { $first } and { $second }); use `{ $column }#1` or `{ $column }#2`
mapping-type = `{ $key }` is `{ $value }`; the service takes { $known }. A column goes into a table: {"{"} column = "{ $value }" {"}"}
mapping-one-source = `{ $key }` needs exactly one of `column`, `constant`, `join`, `first`, `template`
mapping-one-condition = use either `if_filled` or `if_empty`
mapping-date = a date from columns needs all of `year`, `month` and `day`
mapping-not-there = is neither a mapping file nor a preset; presets are { $presets }
preset-unknown = no preset `{ $name }`; presets are { $presets }

## Credentials, and what is found out about the service
token-missing = no token: set the environment variable `{ $variable }`, run `cardlift login`, or configure a service account in [auth]; an import with --sandbox needs none
account-needs = a service account needs `auth.{ $key }`; see [auth] in the configuration
account-needs-secret = a service account needs `auth.client_secret_env` or `auth.client_secret_file`
secret-not-set = environment variable `{ $variable }` (from `auth.client_secret_env`) is not set
log-levels-strange = environment variable CARDLIFT_LOG: `{ $value }` is not understood and ignored; use a level such as `debug`, or one for a module such as `cardlift::send=trace`
not-a-url = { $key } is `{ $value }`, which is not a valid URL: { $error }
token-in-clear = the token is sent unencrypted, and anyone who listens can use it; use `https://` in `api.base_url` and `auth.token_url`
auth-works = { $service }: token received; contacts can be read. The first import shows whether they can also be created.
auth-works-lives = { $service }: token received, valid for { $time }; contacts can be read. The first import shows whether they can also be created.
auth-works-scope = { $service }: token received, with the scope `{ $scope }`; contacts can be read. The first import shows whether they can also be created.
auth-works-lives-scope = { $service }: token received, valid for { $time }, with the scope `{ $scope }`; contacts can be read. The first import shows whether they can also be created.
auth-refused-account = { $service }: the service refuses the token: { $failure }; check that `auth.token_url` belongs to this service
auth-refused-token = { $service }: the service refuses the token: { $failure }; it has expired or belongs to another service: get a new one, or configure a service account in [auth], whose tokens renew themselves
auth-refused-login = { $service }: the service refuses the token: { $failure }; run `cardlift login` again, and check that `auth.token_url` belongs to this service
auth-no-permission = { $service }: the token is valid, but the service refuses access to contacts: { $failure }; give the app and the account the right to use contacts
auth-wrong-address = { $service }: no contacts service here: { $failure }; check `api.base_url`
auth-unavailable = { $service }: the service can't be reached: { $failure }; check `api.base_url`, the network and any proxy, or try again later
auth-at = { $place }: { $said }
place-token = the token
place-machine = this machine
auth-token-address = { $service }: { $failure }; check `auth.token_url`
auth-token-unavailable = { $service }: { $failure }; check `auth.token_url` and the network, or try again later
auth-scope = the scope `contact` is missing{ $granted }{ $said }: add it to the app in the developer console and to `auth.scope`
auth-scope-granted = ; the token has `{ $scope }`
auth-scope-said = {" "}(the service says: { $failure })
login-needs = a login needs `auth.{ $key }`: create an app in the developer console, and set its client id and secret in [auth]
login-address =
    Open this address in a browser, on this or another machine, and log in:
    { $address }
    If the browser ends at { $redirect } with an error, copy that address from the browser and paste it here.
login-opened = The login page is open in your browser; if not, open { $address }
login-unopened = Can't open a browser; open this address: { $address }
login-done = Logged in. The login is stored in { $path } and renewed automatically; `cardlift auth` checks it, `cardlift logout` ends it.
login-unkept = { $path }: can't store the login: { $error }; make the folder writable
login-unrenewed = the renewed login can't be stored ({ $error }); the next run may need `cardlift login` again
login-port = port { $port } can't be used ({ $error }); end the program that uses it, or set another `auth.redirect_port` and register its redirect URL in the developer console
login-state = the browser returned from another login, so this one is cancelled; run `cardlift login` again
login-denied = access was denied on the login page; log in with an account that may use the app, and accept
login-error = the login page answered `{ $error }`; check `auth.scope`, and the app in the developer console
login-no-code = the browser returned without a code; run `cardlift login` again
login-timed-out = the browser did not return within { $time }; if the login page appeared again without an error, the app lacks the scope `{ $scope }` or the redirect URL { $redirect }: add it in the developer console, and run `cardlift login` again
login-page-done = You are logged in. You can close this page and return to the terminal.
login-page-failed = You are not logged in. The terminal shows the reason; you can close this page.
logout-done = Logged out: the tokens are revoked, and { $path } is removed.
logout-nobody = No login for the app `{ $client }`.
logout-failed = { $said }; the tokens are not revoked and { $path } is kept; run `cardlift logout` again
property-unknown = the mapping fills the custom property `{ $name }`, which the service lacks (it has { $known }); add it to the domain first, or remove it from the mapping
property-unknown-none = the mapping fills the custom property `{ $name }`, which the service lacks (it has none); add it to the domain first, or remove it from the mapping
property-declared = [custom_properties.{ $name }] declares a { $kind }, but the mapping fills its `{ $filled }`; a STRING takes `content`, a LINK takes `link`
property-kind = the custom property `{ $name }` is a { $kind } in the service, but the mapping fills its `{ $filled }`; a STRING takes `content`, a LINK takes `link`
property-multi = the custom property `{ $name }` holds several values in the service; set `multi = true` in [custom_properties.{ $name }]
property-single = the custom property `{ $name }` holds one value in the service; set `multi = false` in [custom_properties.{ $name }]
service-unusable = the service can't be used: { $failure }
unread = { $what } can't be read, so nothing was sent: { $why }
unread-part = the service shows only part of its contacts, so nothing was sent; turn `match_remote` off in [send]
unread-properties = the custom properties
unread-tags = the tags
unread-tag = the tag `{ $name }`
unread-contacts = the service's contacts
unread-contact = a contact
tag-refused = the service refuses the tag `{ $name }`: { $failure }; give it another name, or none, in [tags] names. Nothing was sent

## Runs, records and files
run-line = { $run }  { $started }  { $state }  { $records }, { $created } created{ $undone ->
    [0] {""}
   *[other] {" "}({ $undone } deleted since)
}, { $others }  { $files }  { $service }
run-planning = planning
run-ready = ready
run-finished = finished
run-stopped = stopped
run-interrupted = interrupted
run-unknown = no run `{ $run }` in the ledger; `cardlift runs` lists them
resolve-which = name one record of run { $run }, as { $run }#17; `cardlift resolve { $run }` lists the unknown ones
resolve-no-place = `{ $place }` is not a record; write it as RUN#N, such as 20260102-093000-1a2b#17
resolve-nothing = Run { $run } has no unknown records.
resolve-no-record = run { $run } has no record { $record }
resolve-known = { $record } is not unknown: it is { $state }
resolve-owned = the contact `{ $id }` belongs to another record
resolve-missing = no contact `{ $id }` in the service
resolve-external = the contact `{ $id }` belongs to an external user; no import can have created it
resolve-ask-same = { $record }: the contact `{ $id }` is the same. Is it this one?
resolve-ask-differs = { $record }: the contact `{ $id }` differs in { $differs }. Is it this one?
resolve-ask-again = { $record }: was it not created? The next import will send it again
resolve-cant-ask = no terminal to confirm; pass --yes if you are sure
resolve-declined = Nothing was changed.
resolved-contact = { $record }: created, as `{ $id }`
resolved-again = { $record }: not created; the next import of its file sends it
report-unwritable = { $folder }: can't write the report: { $error }
report-unwritten = can't write the report: { $error }; free some space, or name another folder with --report
report-unwritten-run = can't write the report: { $error }; the run itself has ended: { $outcomes }; free some space and write the report again: { $command }
folder-not-ours = { $folder }: holds something other than a cardlift report, and was not touched; name a new or empty folder: --report { $other }
folder-has-input = { $folder }: contains the input { $input }; a report is never written next to its input; name another folder: --report { $other }
folder-parts = `{ $name }`: other files are in the way of the unfinished report; remove them, or name another folder with --report
report-edited = { $name } was edited after cardlift wrote it; kept as { $now }
report-moved = the previous report's files are now in { $folder }
input-stopped = { $path }: reading stopped: { $error }
input-changed = the input changed while it was read: { $error }
ledger-homeless = no home folder for the ledger: { $error }; name a ledger with --ledger
explain-no-place = `{ $place }` is not a place; write it as FILE:LINE, such as contacts.csv:17
explain-no-record = { $place }: no record on this line or above it
file-changed = the file changed while it was read
explain-known = { $state } in run { $run }, record { $record }
explain-known-as = { $state } in run { $run }, record { $record } as { $id }
init-exists = { $path }: already exists and was left as it is; name another file: cardlift init FILE

## The ledger
lock-no-file = `{ $path }` is a link, or not a file; remove it
ledger-held = `{ $path }`: another run is using this ledger; wait until it is done. Use another ledger (--ledger) only for other contacts: a ledger knows only what it has created itself
ledger-held-by = `{ $path }`: another run (process { $reason }) is using this ledger; wait until it is done. Use another ledger (--ledger) only for other contacts: a ledger knows only what it has created itself
ledger-missing = `{ $path }`: no ledger yet; the first `cardlift import` creates it
ledger-not-writable = `{ $path }`: can't write the ledger ({ $reason }); nothing is sent without it. Make this place writable; if nothing was imported with this ledger yet, name another one with --ledger
ledger-full = `{ $path }`: no space left for the ledger; free some and run the same command again: it resumes where it stopped
ledger-disk = `{ $path }`: { $doing } failed ({ $reason }); sending stops. Check the disk and run the same command again: it resumes where it stopped
ledger-not-one = `{ $path }`: not a cardlift ledger; name another one with --ledger
ledger-newer = `{ $path }`: this ledger has version { $reason }, and this cardlift knows versions up to { $known }; use the newer cardlift that wrote it
ledger-damaged = `{ $path }`: the ledger is damaged ({ $reason }); restore it from a backup, with its `-wal` file. What was created since that backup would be created again
ledger-unreachable = `{ $path }`: the server that has the ledger can't be reached ({ $reason }); nothing more is sent. Run the same command again when it is there: it resumes where it stopped
ledger-refused = `{ $path }`: the server of the ledger refuses the user, or has no such database (SQLSTATE { $reason }); correct the address
ledger-forbidden = `{ $path }`: the user of the ledger's database lacks a right: { $reason }. It needs a schema `cardlift` of its own, or the right to make one: GRANT CREATE ON DATABASE
ledger-held-place = `{ $path }`: another run for the same account holds this ledger; wait until it is done
ledger-held-place-by = `{ $path }`: another run for the same account ({ $reason }) holds this ledger; wait until it is done
ledger-displaced = `{ $path }`: this run was cut off from its ledger, and another run for the same account has taken over; nothing more is sent. The other run looks up what this one left unknown
ledger-pooled = `{ $path }`: the session with the database changed within the run, as it does behind PgBouncer with pool_mode = transaction; let the address lead to the server itself, or to a pool with pool_mode = session
ledger-unsafe = `{ $path }`: the server of the ledger has { $reason } = off, so that it may lose what it has confirmed; set { $reason } = on
ledger-regressed = `{ $path }`: the database has lost transactions that it had confirmed, as a standby does that takes over without the last of them; nothing more is sent. What was created in the meantime may be created again: compare the service with the report before the next import
ledger-two-places = [ledger] names several places: keep one of path, url_env and url_file
ledger-needs-account = a ledger in PostgreSQL is shared, so this company needs a name in it: set [auth] account = "NAME", or use a service account
ledger-url-not-set = the environment variable `{ $variable }`, which ledger.url_env names, is not set; it holds the address of the database
ledger-address = `{ $path }`: this does not hold the address of a PostgreSQL database; write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded
ledger-sslmode = `{ $path }`: the address has an unknown sslmode; write disable, prefer, require, verify-ca or verify-full
ledger-roots = `{ $path }`: the certificates in `{ $file }`, which the address names as sslrootcert, can't be read: { $reason }
ledger-no-roots = `{ $path }`: the address asks for the server's certificate to be verified, and this system has no certificates at the usual places; name a file with sslrootcert=FILE in the address
copy-needs-server = the configuration names no database to copy into: set [ledger] url_env or url_file
copy-no-account = `{ $path }`: this ledger has no run of this account at { $service }; accounts there: { $accounts }. Name one with --account
copy-accounts = `{ $path }`: this ledger has runs of several accounts at { $service }: { $accounts }. Name one with --account; "" is that of a token
copy-not-empty = `{ $path }`: the account `{ $account }` has runs in this database already, and a ledger is copied only into an empty one
copied = Copied { $runs ->
        [one] { $runs } run
       *[other] { $runs } runs
    } and { $records ->
        [one] { $records } record
       *[other] { $records } records
    } to the account `{ $account }`, and compared { $rows } rows. From now on use the database alone: the file does not know what is created from here on.
attempt-stale = the request was not sent: too much time had passed since its attempt was noted
credentials-key = can't read the private key: { $reason }; download it again from the developer console
credentials-token = the token is empty or has invalid characters; copy it again
credentials-client = the client id or the client secret is wrong; compare both with the developer console
credentials-account = the service account is refused: its id is wrong, or the private key belongs to another app; compare both with the developer console
credentials-clock-ahead = this machine's clock is { $seconds } s ahead of the service's; set the clock
credentials-clock-behind = this machine's clock is { $seconds } s behind the service's; set the clock
credentials-scope = the app does not have the scope; add it in the developer console
credentials-not-permitted = the app may not issue tokens for a service account; see the developer console
credentials-no-login = not logged in; run `cardlift login`
credentials-login-ended = the login has expired or was revoked; run `cardlift login` again
credentials-code = the code from the login page is refused: it has expired, or the redirect URL is not registered; run `cardlift login` again
credentials-other = no token was issued
credentials-said = { $problem } (the token service says: { $said })
