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
        Command::ExplainCode { code } => commands::explain_code::run(code.as_deref(), &terminal),
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
        Command::Init { file } => commands::small::init(file, &terminal),
        Command::Presets { name } => commands::small::presets(name.as_deref(), &terminal),
        Command::Schema { of } => commands::small::schema(*of, &terminal),
        Command::Completions { shell } => commands::small::completions(*shell, &terminal),
        Command::Man => commands::small::man(&terminal),
    };
    let exit: Exit = ended.unwrap_or_else(|failed| {
        terminal.error(&failed);
        failed.exit
    });
    exit.into()
}
