//! The terminal as the progress bar sees it.

use indicatif::TermLike;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use unicode_width::UnicodeWidthStr;

/// Draws the bar on stderr, and removes it whole after the window has become narrower: most terminals have broken it into
/// several lines by then, of which indicatif would remove the last.
#[derive(Debug, Default)]
pub(super) struct Screen(Mutex<Drawn>);

#[derive(Debug, Default)]
struct Drawn {
    /// What is not yet written.
    text: String,
    /// The columns that the bar takes.
    columns: usize,
}

impl Screen {
    fn push(&self, text: &str) -> io::Result<()> {
        self.with(|drawn| drawn.text.push_str(text));
        Ok(())
    }

    fn with<T>(&self, change: impl FnOnce(&mut Drawn) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl TermLike for Screen {
    /// The last columns stay free for the `^C` that a terminal shows where the cursor is.
    fn width(&self) -> u16 {
        columns().saturating_sub(3).max(1)
    }

    fn height(&self) -> u16 {
        super::size().map_or(24, |(_, lines)| lines as u16)
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.push(&moved(n, 'A'))
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.push(&moved(n, 'B'))
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.push(&moved(n, 'C'))
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.push(&moved(n, 'D'))
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.push(&format!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.with(|drawn| drawn.columns += text.width());
        self.push(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        let above = self.with(|drawn| match breaks_lines() {
            true => lines_above(std::mem::take(&mut drawn.columns), columns()),
            false => 0,
        });
        self.push(&(moved(above, 'A') + "\r\u{1b}[J"))
    }

    fn flush(&self) -> io::Result<()> {
        let text = self.with(|drawn| std::mem::take(&mut drawn.text));
        let mut stderr = io::stderr().lock();
        stderr.write_all(text.as_bytes())?;
        stderr.flush()
    }
}

fn columns() -> u16 {
    super::size().map_or(80, |(columns, _)| columns.max(1) as u16)
}

/// The lines above the cursor that the bar has been broken into.
fn lines_above(drawn: usize, columns: u16) -> usize {
    drawn.div_ceil(usize::from(columns)).saturating_sub(1)
}

/// Whether the terminal breaks lines that have become too long. xterm and screen cut them off.
fn breaks_lines() -> bool {
    let has = |name| std::env::var_os(name).is_some();
    has("TMUX") || !(has("XTERM_VERSION") || has("STY"))
}

fn moved(count: usize, direction: char) -> String {
    match count {
        0 => String::new(),
        count => format!("\u{1b}[{count}{direction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_that_the_terminal_has_broken_is_removed_from_its_first_line_on() {
        assert_eq!(lines_above(79, 80), 0);
        assert_eq!(lines_above(79, 79), 0);
        assert_eq!(lines_above(79, 78), 1);
        assert_eq!(lines_above(199, 50), 3);
        assert_eq!(lines_above(0, 50), 0);
    }
}
