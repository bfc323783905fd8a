//! A conversation in lines: what is said, what is asked, and what a person answers.

use crate::exit::{Failed, failed};
use crate::printable::{self, plain};
use crate::terminal::wrapped;
use std::io::{self, BufRead, Write};
use unicode_width::UnicodeWidthStr;

/// Both sides of a conversation.
pub(super) struct Talk<'t> {
    pub input: Box<dyn BufRead + 't>,
    pub output: Box<dyn Write + 't>,
    pub bold: bool,
    /// The columns that lines have to fit, if it is a terminal.
    pub columns: Option<usize>,
}

/// An answer: a key that stands for something at every question, or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Enter,
    /// `f`: another field.
    Field,
    /// `c`: not mapped.
    NotMapped,
    Back,
    /// `r`: review each, or replace.
    R,
    Yes,
    No,
    Text(String),
}

impl Talk<'_> {
    /// Says a line; whatever stands in it, a terminal has nothing to obey.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        let line = self.fitted(line);
        writeln!(self.output, "{}", line.trim_end())
    }

    fn fitted(&self, line: &str) -> String {
        let line = plain(line);
        match self.columns {
            Some(columns) => wrapped(&line, columns),
            None => line,
        }
    }

    /// Says several lines, and a blank one before them.
    pub(super) fn lines(&mut self, lines: &[String]) -> io::Result<()> {
        writeln!(self.output)?;
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// Says a line that begins what comes next.
    pub(super) fn headline(&mut self, line: &str) -> io::Result<()> {
        match self.bold {
            true => writeln!(self.output, "\n\u{1b}[1m{}\u{1b}[0m", plain(line)),
            false => writeln!(self.output, "\n{}", plain(line)),
        }
    }

    /// Asks, and returns the answer without white space around it. `q` ends the conversation, as does the end of the input.
    pub(super) fn ask(&mut self, question: &str) -> Result<Reply, Failed> {
        let question = self.fitted(question);
        write!(self.output, "{question} ")?;
        self.output.flush()?;
        let mut answer = Vec::new();
        let ended = || failed!(Usage, "suggest-nothing-written");
        if self.input.read_until(b'\n', &mut answer)? == 0 {
            // The question would stand on the line of what is said next.
            writeln!(self.output)?;
            return Err(ended());
        }
        reply_of(String::from_utf8_lossy(&answer).trim()).ok_or_else(ended)
    }

    /// Asks a yes-or-no question; Enter is no.
    pub(super) fn confirm(&mut self, question: &str) -> Result<bool, Failed> {
        Ok(self.ask(&format!("{question} [y/N]"))? == Reply::Yes)
    }
}

/// What is meant by a line, also typed with a Korean or a full-width keyboard still switched on; nothing if it is to quit.
fn reply_of(line: &str) -> Option<Reply> {
    Some(match line.to_lowercase().as_str() {
        "" => Reply::Enter,
        "f" | "ㄹ" | "ｆ" => Reply::Field,
        "c" | "ㅊ" | "ｃ" => Reply::NotMapped,
        "b" | "ㅠ" | "ｂ" => Reply::Back,
        "r" | "ㄱ" | "ｒ" => Reply::R,
        "y" | "yes" | "ㅛ" | "ｙ" | "예" | "네" | "はい" => Reply::Yes,
        "n" | "no" | "ㅜ" | "ｎ" => Reply::No,
        "q" | "quit" | "exit" | "ㅂ" | "ｑ" => return None,
        _ => Reply::Text(line.to_owned()),
    })
}

/// The number that an answer is, also in full-width digits.
pub(super) fn number(answer: &str) -> Option<usize> {
    let narrow = |c| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        c => Some(c),
    };
    let digits: Option<String> = answer.chars().map(narrow).collect();
    digits?.parse().ok()
}

/// A text in exactly so many columns of a terminal: cut with an ellipsis, or filled up with blanks.
pub(super) fn cell(text: &str, columns: usize) -> String {
    let cut = clipped(text, columns);
    let blanks = columns.saturating_sub(cut.width());
    cut + &" ".repeat(blanks)
}

/// A text in so many columns of a terminal at the most, without what a terminal would obey.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    printable::clipped(&plain(text), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_wide_as_a_terminal_shows_them() {
        assert_eq!(cell("이름", 6), "이름  ");
        assert_eq!(cell("휴대전화번호", 7), "휴대전…");
        assert_eq!(clipped("名前", 4), "名前");
        assert_eq!(cell("a\u{1b}[1mb", 8), "a\u{fffd}[1mb  ");
    }

    #[test]
    fn keys_are_understood_whatever_keyboard_is_on() {
        for (line, wanted) in [
            ("", Some(Reply::Enter)),
            ("Q", None),
            ("ㅂ", None),
            ("ｂ", Some(Reply::Back)),
            ("예", Some(Reply::Yes)),
            ("emails", Some(Reply::Text("emails".into()))),
        ] {
            assert_eq!(reply_of(line), wanted, "{line}");
        }
        assert_eq!(number("１２"), Some(12));
        assert_eq!(number("x"), None);
    }

    #[test]
    fn no_answer_is_told_from_an_empty_one() {
        let mut talk = Talk {
            input: Box::new(&b"\n  two \n"[..]),
            output: Box::new(io::sink()),
            bold: false,
            columns: None,
        };
        assert_eq!(talk.ask("?").unwrap(), Reply::Enter);
        assert_eq!(talk.ask("?").unwrap(), Reply::Text("two".into()));
        let ended = talk.ask("?").unwrap_err();
        assert_eq!(ended.error.to_string(), "nothing was written");
    }
}
