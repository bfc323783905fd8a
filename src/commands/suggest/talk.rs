//! A conversation in lines: what is said, what is asked, and what a person answers.

use crate::printable::{self, plain};
use crate::terminal::wrapped;
use std::io::{self, BufRead, Write};
use unicode_width::UnicodeWidthStr;

/// Both sides of a conversation.
pub(super) struct Talk<'t> {
    input: &'t mut dyn BufRead,
    output: &'t mut dyn Write,
    bold: bool,
    columns: Option<usize>,
}

/// The answer to a yes-or-no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    No,
    /// Nobody answers any more, or wants to leave.
    Quit,
}

/// A key that stands for something at every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Enter alone.
    Enter,
    /// `f`: another field.
    Field,
    /// `c`: carry it over.
    Carry,
    /// `b`: back.
    Back,
    /// `r`: review each, or replace.
    R,
    /// `y`: yes.
    Yes,
    /// `n`: no.
    No,
    /// `q`: quit.
    Quit,
}

impl<'t> Talk<'t> {
    pub(super) fn new(input: &'t mut dyn BufRead, output: &'t mut dyn Write, bold: bool) -> Self {
        Talk {
            input,
            output,
            bold,
            columns: None,
        }
    }

    /// The same in lines that fit so many columns.
    pub(super) fn within(self, columns: Option<usize>) -> Self {
        Talk { columns, ..self }
    }

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

    /// Asks, and gives the answer without white space around it; nothing where nobody answers any more.
    pub(super) fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        let question = self.fitted(question);
        write!(self.output, "{question} ")?;
        self.output.flush()?;
        let mut answer = Vec::new();
        if self.input.read_until(b'\n', &mut answer)? == 0 {
            // The question would stand on the line of what is said next.
            writeln!(self.output)?;
            return Ok(None);
        }
        let answer = String::from_utf8_lossy(&answer);
        Ok(Some(answer.trim().to_owned()))
    }

    /// Asks a yes-or-no question; Enter is no.
    pub(super) fn confirm(&mut self, question: &str) -> io::Result<Said> {
        Ok(match self.ask(&format!("{question} [y/N]"))? {
            None => Said::Quit,
            Some(answer) => match key(&answer) {
                Some(Key::Yes) => Said::Yes,
                Some(Key::Quit) => Said::Quit,
                _ => Said::No,
            },
        })
    }
}

/// The key that an answer is, also typed with a Korean or a full-width keyboard still switched on.
pub(super) fn key(answer: &str) -> Option<Key> {
    Some(match answer.to_lowercase().as_str() {
        "" => Key::Enter,
        "f" | "ㄹ" | "ｆ" => Key::Field,
        "c" | "ㅊ" | "ｃ" => Key::Carry,
        "b" | "ㅠ" | "ｂ" => Key::Back,
        "r" | "ㄱ" | "ｒ" => Key::R,
        "y" | "yes" | "ㅛ" | "ｙ" | "예" | "네" | "はい" => Key::Yes,
        "n" | "no" | "ㅜ" | "ｎ" => Key::No,
        "q" | "quit" | "exit" | "ㅂ" | "ｑ" => Key::Quit,
        _ => return None,
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
        for (answer, wanted) in [
            ("", Key::Enter),
            ("Q", Key::Quit),
            ("ㅂ", Key::Quit),
            ("ｂ", Key::Back),
            ("예", Key::Yes),
        ] {
            assert_eq!(key(answer), Some(wanted), "{answer}");
        }
        assert_eq!(key("emails"), None);
        assert_eq!(number("１２"), Some(12));
        assert_eq!(number("x"), None);
    }

    #[test]
    fn no_answer_is_told_from_an_empty_one() {
        let mut output = Vec::new();
        let mut input: &[u8] = b"\n  two \n";
        let mut talk = Talk::new(&mut input, &mut output, false);
        assert_eq!(talk.ask("?").unwrap().as_deref(), Some(""));
        assert_eq!(talk.ask("?").unwrap().as_deref(), Some("two"));
        assert_eq!(talk.ask("?").unwrap(), None);
    }
}
