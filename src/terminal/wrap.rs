//! Lines that fit a terminal: broken between words instead of anywhere, and indented like the line that they go on with.

use unicode_width::UnicodeWidthChar;

/// Where there are fewer columns, breaking lines helps nobody.
const NARROWEST: usize = 40;

/// Marks that don't begin a line.
const CLOSING: &str = "、。，．・：；？！）」』】〉》〕ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// Marks that don't end a line.
const OPENING: &str = "（「『【〈《〔";

/// The text with every line broken to so many columns at the most. What is in backticks, a command to copy and a line of JSON
/// stay whole.
pub fn wrapped(text: &str, columns: usize) -> String {
    if columns < NARROWEST {
        return text.to_owned();
    }
    let lines: Vec<String> = text.split('\n').map(|line| broken(line, columns)).collect();
    lines.join("\n")
}

fn broken(line: &str, columns: usize) -> String {
    let start = line.trim_start();
    if seen(line) <= columns || start.starts_with("cardlift ") || start.starts_with('"') {
        return line.to_owned();
    }
    let hang = hanging(line, columns);
    let indent = " ".repeat(hang);
    let (mut text, mut width) = (String::with_capacity(line.len() + 16), 0);
    for piece in pieces(line) {
        let kept = piece.trim_end_matches(' ');
        if width > hang && width + seen(kept) > columns {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
            text.push_str(&indent);
            width = hang;
        }
        text.push_str(piece);
        width += seen(piece);
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

/// The columns by which the lines below are indented: to where the line begins, or its second column if it has one.
fn hanging(line: &str, columns: usize) -> usize {
    let start = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[start..];
    if let Some(gap) = rest.find("  ") {
        let text = rest[gap..].trim_start_matches(' ');
        let second = seen(&line[..line.len() - text.len()]);
        if !text.is_empty() && second <= columns / 2 {
            return second;
        }
    }
    start
}

/// A line in pieces that are not broken; the blanks between two belong to the first. `40 件` is one piece.
fn pieces(line: &str) -> Vec<&str> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    let mut quoted = false;
    let mut chars = line.char_indices().peekable();
    let mut before = ' ';
    while let Some((_, c)) = chars.next() {
        quoted ^= c == '`';
        let Some((at, next)) = chars.peek().copied() else {
            break;
        };
        let is_counted = before.is_ascii_digit() && is_ideographic(next);
        before = c;
        let between_words =
            c == ' ' && next != ' ' && !is_counted && !line[..at].trim_start().is_empty();
        if !quoted && (between_words || may_part(c, next)) {
            pieces.push(&line[from..at]);
            from = at;
        }
    }
    pieces.push(&line[from..]);
    pieces
}

/// Whether a line may end between two characters without a blank between them, as it may in Japanese and Chinese.
fn may_part(c: char, next: char) -> bool {
    let ends = "、。".contains(c) && next != '`' || (is_ideographic(c) && is_ideographic(next));
    ends && !OPENING.contains(c) && !CLOSING.contains(next)
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// The columns that a text takes, without the colours in it.
fn seen(text: &str) -> usize {
    let mut width = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(|c| *c == 'm');
        } else {
            width += c.width().unwrap_or(0);
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_between_words_and_indented_like_its_beginning() {
        assert_eq!(
            wrapped(
                "short\n  there is neither an e-mail nor a telephone; add one",
                42
            ),
            "short\n  there is neither an e-mail nor a\n  telephone; add one"
        );
        assert_eq!(
            wrapped(
                "  exists   it is there already and was not created again",
                40
            ),
            "  exists   it is there already and was\n           not created again"
        );
    }

    #[test]
    fn korean_is_broken_between_words_and_japanese_between_characters() {
        assert_eq!(
            wrapped(
                "  메일 주소도 전화번호도 없습니다. 메일 주소를 입력하세요",
                40
            ),
            "  메일 주소도 전화번호도 없습니다. 메일\n  주소를 입력하세요"
        );
        assert_eq!(
            wrapped(
                "メールアドレスも電話番号もありません。どちらかが必要です",
                40
            ),
            "メールアドレスも電話番号もありません。ど\nちらかが必要です"
        );
        assert_eq!(
            wrapped("メールアドレスも電話番号もありませんねえ。必要です", 40),
            "メールアドレスも電話番号もありませんね\nえ。必要です"
        );
        assert_eq!(
            wrapped("取り込まない値の数と、レコードの数は 40 件", 40),
            "取り込まない値の数と、レコードの数は\n40 件"
        );
    }

    #[test]
    fn what_is_copied_stays_whole_and_colours_take_no_room() {
        let command = format!("  cardlift import {}", "folder/".repeat(9));
        assert_eq!(wrapped(&command, 40), command);
        assert_eq!(
            wrapped("mend the file (`cardlift explain-code XY` says how)", 40),
            "mend the file\n(`cardlift explain-code XY` says how)"
        );
        let colored = "\u{1b}[31;1merror:\u{1b}[0m there is no token in here yet";
        assert_eq!(wrapped(colored, 40), colored);
    }
}
