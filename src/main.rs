//! The program: a table of contents of its commands.

use cardlift::cli::{Command, LedgerCommand};
use cardlift::commands;
use cardlift::exit::{self, Exit};
use cardlift::terminal::Terminal;
use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = match commands::usage::read(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let terminal = Terminal::new(&cli.global);
    exit::survive_file_size_limit();
    let ended = match &cli.command {
        Command::Import(import) => commands::import::run(import, &terminal).await,
        Command::Check(check) => commands::check::run(&check.reading, check.details, &terminal),
        Command::Explain(explain) => commands::explain::run(explain, &terminal),
        Command::ExplainCode(explain) => commands::explain_code::run(explain, &terminal),
        Command::Suggest(suggest) => commands::suggest::run(suggest, &terminal),
        Command::Runs(ledger) => commands::runs::list(ledger, &terminal),
        Command::Report(report) => commands::runs::report(report, &terminal),
        Command::Resolve(resolve) => commands::resolve::run(resolve, &terminal).await,
        Command::Undo(undo) => commands::undo::run(undo, &terminal).await,
        Command::Ledger {
            command: LedgerCommand::Copy(copy),
        } => commands::runs::copy(copy, &terminal),
        Command::Login(login) => commands::auth::login(login, &terminal).await,
        Command::Logout(logout) => commands::auth::logout(logout, &terminal).await,
        Command::Auth(auth) => commands::auth::run(auth, &terminal).await,
        Command::Sandbox(sandbox) => commands::small::sandbox(sandbox, &terminal).await,
        Command::Init(init) => commands::small::init(init, &terminal),
        Command::Presets(presets) => commands::small::presets(presets, &terminal),
        Command::Schema(schema) => commands::small::schema(schema, &terminal),
        Command::Completions(completions) => commands::small::completions(completions, &terminal),
        Command::Man => commands::small::man(&terminal),
    };
    let exit: Exit = ended.unwrap_or_else(|failed| {
        terminal.error(&failed);
        failed.exit
    });
    exit.into()
}
