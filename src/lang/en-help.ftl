# What `cardlift --help` says in English, and the manual page. A text of one command, `option-COMMAND-NAME`, goes before that of all,
# `option-NAME`.

program = Import an address book (CSV, workbook, vCard) into LINE WORKS / NAVER WORKS, each contact exactly once

## Commands
command-import = Check, send and report
command-check = Check and report, offline
command-suggest = Propose a mapping for a CSV file, as TOML with the evidence for each column
command-explain = Show one record: source fields, notes, payload, rules, ledger
command-explain-code = Explain a code of the report, and how to fix it
command-runs = List the runs in the ledger
command-report = Write a run's report again, from the ledger alone
command-resolve = List the unknown records of a run, or resolve one
command-undo = Delete what a run created, except contacts edited since
command-ledger = Move a ledger to a server
command-login = Log in with your own account, in the browser
command-logout = Revoke the login and delete it
command-auth = Get a token, read once, and report what is wrong
command-sandbox = Serve the sandbox on a loopback port, for rehearsals and tests
command-init = Write cardlift.toml, the commented example
command-presets = List the presets (built-in mappings), or show one
command-schema = Print the JSON Schema of cardlift.toml or of a mapping, for completion in editors
command-completions = Print shell completions
command-man = Print the manual page
command-ledger-copy = Copy the ledger in a file into the configured PostgreSQL database, where this account has none yet

## Options of all commands
option-quiet = Print only errors
option-verbose = Log places and codes, but no values; twice: log more
option-color = When to use colours on stderr
option-lang = Language of messages [default: from the locale]
option-log-format = Format of the log
option-log-values = Log values of invalid records and payloads sent (personal data); implies -v
option-json = Print the result as one line of JSON on stdout

## Arguments and options
option-files = CSV, vCard, .xlsx, .xls or .ods files; `-` is standard input
option-config = Configuration file [default: cardlift.toml, if there is one]
option-ledger-copy-config = The configuration, which names the database [default: cardlift.toml, if there is one]
option-mapping = Preset or mapping file [default: recognised by the columns]
option-encoding = Encoding of CSV files, and of vCard text that is not UTF-8 and names none, such as cp949 [default: detected]
option-suggest-encoding = Encoding of the file, such as cp949 or shift_jis [default: detected]
option-sheet = Sheet of a workbook [default: the first with known column names]
option-workers = Threads that read and check [default: one per core, at most 8]
option-report = Folder for the report [default: cardlift-report/RUN, for a check cardlift-report/check]
option-report-report = Folder for the report [default: cardlift-report/RUN]
option-ledger = Ledger file [default: as configured, or in the state folder]
option-dry-run = The same as `cardlift check`
option-plan = Show what would happen to each record that is not simply new, field by field; send and write nothing. With --json as data
option-details = With --dry-run: also write results.jsonl, with every problem and note (an import always does)
option-check-details = Also write results.jsonl: every problem and note as structured data
option-sandbox = Send to the built-in sandbox: no credentials needed, nothing leaves the machine
option-rate = At most this many requests a minute, such as 120/min
option-sandbox-rate = Limit of requests a minute for each operation [default: none]
option-concurrency = Requests in progress at the same time
option-limit = Create at most N contacts
option-no-guard = Send even if a guard objects: a file has shrunk by more than half or has different columns than the last time, or another account has created the same contacts
option-yes = Create and update contacts and create tags without asking; required without a terminal to confirm. Does not turn off guards
option-resolve-yes = Do not ask for confirmation
option-undo-yes = Delete without asking; required without a terminal to confirm
option-no-input = Never ask; without --yes, send nothing
option-suggest-no-input = Never ask; write what is proposed
option-resolve-no-input = Never ask; without --yes, stop
option-undo-no-input = Never ask; without --yes, delete nothing
option-file = CSV file or workbook; `-` is standard input
option-init-file = File to write
option-ledger-copy-file = The file; it is not changed
option-output = File for the mapping [default: cardlift asks at a terminal, else stdout]
option-force = Overwrite FILE if it exists
option-place = The record, by any of its lines, with or without a column: contacts.csv:17, contacts.csv:17:5
option-code = Code or outcome, such as PHONE_PATTERN [default: list all]
option-run = Run, as `cardlift runs` lists it
option-record = Run, as `cardlift runs` lists it, or one of its records by number
option-contact = The record was created as this contact of the service
option-send-again = The record was not created; the next import sends it again
option-records = Delete only the contact of record N of the run; may be repeated
option-no-browser = Open no browser: show the address, and ask for the redirect URL
option-timeout = How long to wait for the browser
option-port = Port on 127.0.0.1; 0 for any free port
option-token = Token that clients must send
option-custom-properties = Custom property that the domain has, a text; repeat for more
option-name = Preset to show, to start your own mapping from
option-of = File that the schema describes
option-shell = Shell
option-account = The account in the file, if it has several; "" for that of a token

## Examples
examples-program =
    Examples:
      cardlift check contacts.csv             check an export, offline
      cardlift import contacts.csv --sandbox  rehearse, without credentials
      cardlift import contacts.csv cards.vcf  import; again to resume
examples-import =
    Examples:
      cardlift import contacts.csv --sandbox           rehearse
      cardlift import contacts.csv cards.vcf           import; again to resume
      cardlift import contacts.csv --limit 10          try ten contacts first
      cardlift import contacts.csv --quiet --yes       from cron or a timer
      cardlift import cardlift-report/RUN/rejects.csv  the fixed rejects
examples-check =
    Examples:
      cardlift check contacts.csv                   what the service would refuse
      cardlift check *.csv --mapping outlook-ko     with a preset
      cardlift check contacts.csv --encoding cp949  if the encoding is uncertain
      cardlift check contacts.csv --json            the summary as a line of JSON
examples-suggest =
    Examples:
      cardlift suggest members.csv                       column by column
      cardlift suggest members.csv -o members.toml       into this file
      cardlift check members.csv --mapping members.toml  try the mapping
examples-explain =
    Examples:
      cardlift explain contacts.csv:17          the record on line 17
      cardlift explain contacts.csv:17:5        a place from the summary
      cardlift explain cards.vcf:120 --lang ko  in Korean
examples-explain-code =
    Examples:
      cardlift explain-code                all codes
      cardlift explain-code PHONE_PATTERN  why, and how to fix it
examples-runs =
    Examples:
      cardlift runs                            the runs in the ledger
      cardlift runs --ledger customer.sqlite3  the runs in another ledger
examples-report =
    Examples:
      cardlift report 20260102-093000-1a2b                        again
      cardlift report 20260102-093000-1a2b --lang ja --report ja  in Japanese
examples-resolve =
    Examples:
      cardlift resolve 20260102-093000-1a2b                  unknown records
      cardlift resolve 20260102-093000-1a2b#17 --contact ID  it is this contact
      cardlift resolve 20260102-093000-1a2b#17 --send-again  it is not there
examples-undo =
    Examples:
      cardlift undo 20260102-093000-1a2b              delete what it created
      cardlift undo 20260102-093000-1a2b --record 17  only record 17
examples-ledger =
    Examples:
      cardlift ledger copy ledger.sqlite3  into the database that [ledger] names
examples-login =
    Examples:
      cardlift login               in the browser of this machine
      cardlift login --no-browser  on a server: open the address elsewhere
examples-logout =
    Examples:
      cardlift logout                         revoke the login and delete it
      cardlift logout --config customer.toml  for the app in this file
examples-auth =
    Examples:
      cardlift auth                                do the credentials work?
      cardlift auth --config customer.toml --json  for a script
examples-sandbox =
    Examples:
      cardlift sandbox                          on port 8080, until Ctrl-C
      cardlift sandbox --port 0 --rate 240/min  with the service's limit
examples-init =
    Examples:
      cardlift init                write cardlift.toml
      cardlift init customer.toml  under another name
examples-presets =
    Examples:
      cardlift presets                         list them
      cardlift presets outlook-ko > mine.toml  start your own from one
examples-schema =
    Examples:
      cardlift schema > cardlift.schema.json
      cardlift schema mapping > mapping.schema.json
    Then begin the file with the line: #:schema ./cardlift.schema.json
examples-completions =
    Examples:
      cardlift completions bash > /etc/bash_completion.d/cardlift
      cardlift completions zsh > ~/.zfunc/_cardlift
examples-man =
    Examples:
      cardlift man > /usr/local/share/man/man1/cardlift.1
