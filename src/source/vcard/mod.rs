//! Reads vCard 2.1, 3.0 and 4.0 as they are found in exports, not only as they are specified.
//!
//! [`survey`] looks at a whole file first, [`is_vcard`] tells one from rows. Reading has two stages, so that one thread can
//! feed many: a [`Cutter`] turns a stream of bytes into [`Chunk`]s of whole cards, of which huge photos are left out;
//! [`cards`] turns a chunk into [`Card`]s whose properties borrow from it wherever nothing had to be unfolded or decoded.
//! One bad line is a [`Finding`], never the card; one bad card is never the file. Whatever is not understood is said, with
//! its line.
//!
//! This module knows nothing of contacts: it gives properties with their decoded values, and leaves what they mean to
//! the mapping.
//!
//! Written after vCard 2.1 (versit, 1996), RFC 2426 (3.0), RFC 6350 (4.0) and RFC 6868 (parameter values).
//!
//! ```
//! use cardlift::source::vcard::{Charsets, Chunk, Cutter, cards};
//!
//! let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kim;Minji;;;\r\nTEL;TYPE=CELL:010-0000-0001\r\nEND:VCARD\r\n";
//! let (mut cutter, mut chunk) = (Cutter::new(file.as_bytes()), Chunk::default());
//! while cutter.next_chunk(&mut chunk)? {
//!     for card in cards(&chunk, Charsets::default()) {
//!         let name = card.first("N").expect("the sample has one");
//!         assert_eq!(name.components().nth(1).as_deref(), Some("Minji"));
//!         assert!(card.all("TEL").all(|telephone| telephone.has_type("cell")));
//!     }
//! }
//! # Ok::<(), std::io::Error>(())
//! ```

mod card;
mod charset;
mod chunk;
mod cut;
mod finding;
mod header;
#[cfg(test)]
mod laws;
mod mark;
mod opinion;
mod params;
mod parse;
mod quoted;
mod split;
mod survey;
mod text;

pub use card::{Card, Param, Property, Version};
pub use charset::Charsets;
pub use chunk::{Chunk, Outside};
pub use cut::Cutter;
pub use finding::{Finding, FindingKind};
pub use mark::is_vcard;
pub use opinion::opinions;
pub use parse::cards;
pub use survey::{MOST_OUTSIDE, Survey, survey};
pub use text::unescape;

/// Larger values are left out, even if they are text, in bytes.
pub const LONGEST_VALUE: usize = 256 * 1024;
/// Of larger cards, the rest is left out, in bytes without what is left out of them anyway.
const LONGEST_CARD: usize = 512 * 1024;
