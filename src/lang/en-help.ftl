# The examples below the help of each command, and in the manual page. The rest of `--help` stands in `cli.rs`.

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
