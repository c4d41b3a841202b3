//! The chunk line as a table: `chunk-size [ chunk-ext ] CRLF` (RFC 9112 §7.1, §7.1.1), a row per state, a column per
//! octet class.

use crate::http1::octet::{self, HEXDIG, TCHAR, TEXT};

/// The state of the decoder. States up to [`State::Closed`] are inside a chunk line and have a row in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum State {
    /// Before the first digit of a chunk line.
    #[default]
    Start,
    /// After a digit.
    Size,
    /// After whitespace that only `;` may follow.
    Bws,
    /// After `;`.
    NameStart,
    /// In an extension's name.
    Name,
    /// After whitespace that follows a name: `=` or `;`.
    NameBws,
    /// After `=`.
    ValueStart,
    /// In a token value.
    Value,
    /// In a quoted value.
    Quoted,
    /// After `\` in a quoted value.
    Pair,
    /// After the closing quote.
    Closed,
    /// Before the LF of a chunk line.
    LineLf,
    /// In the content.
    Data,
    /// Before the CR after content.
    DataCr,
    /// Before the LF after content.
    DataLf,
    /// After the last-chunk.
    Done,
    // Errors. No transition leaves them.
    BadSize,
    BadSpace,
    Overflow,
    BadDataEnd,
    BadLineEnd,
    BadExtension,
    LongLine,
    LongExtensions,
}

impl State {
    /// Whether the octet that led here was part of a chunk extension.
    pub(super) const fn is_extension(self) -> bool {
        self as u8 >= State::Bws as u8 && self as u8 <= State::Closed as u8
    }
}

/// The next state inside a chunk line.
pub(super) fn next(state: State, octet: u8) -> State {
    TABLE[state as usize][CLASSES[octet as usize] as usize]
}

/// A misplaced CR is an error of what it cuts short. An LF without CR is always a line end error (H1-CHUNK-06).
#[rustfmt::skip]
static TABLE: [[State; 11]; 11] = {
    use State::*;
    const BAD: State = BadExtension;
    const END: State = BadLineEnd;
    [
        // hex      tchar      SP HTAB     ;          =           "         \         CR        LF   other     CTL
        [Size,      BadSize,   BadSize,    BadSize,   BadSize,    BadSize,  BadSize,  BadSize,  END, BadSize,  BadSize ], // Start
        [Size,      BadSize,   Bws,        NameStart, BadSize,    BadSize,  BadSize,  LineLf,   END, BadSize,  BadSize ], // Size
        [BadSpace,  BadSpace,  Bws,        NameStart, BadSpace,   BadSpace, BadSpace, BadSpace, END, BadSpace, BadSpace], // Bws
        [Name,      Name,      NameStart,  BAD,       BAD,        BAD,      BAD,      BAD,      END, BAD,      BAD     ], // NameStart
        [Name,      Name,      NameBws,    NameStart, ValueStart, BAD,      BAD,      LineLf,   END, BAD,      BAD     ], // Name
        [BAD,       BAD,       NameBws,    NameStart, ValueStart, BAD,      BAD,      BadSpace, END, BAD,      BAD     ], // NameBws
        [Value,     Value,     ValueStart, BAD,       BAD,        Quoted,   BAD,      BAD,      END, BAD,      BAD     ], // ValueStart
        [Value,     Value,     Bws,        NameStart, BAD,        BAD,      BAD,      LineLf,   END, BAD,      BAD     ], // Value
        [Quoted,    Quoted,    Quoted,     Quoted,    Quoted,     Closed,   Pair,     BAD,      END, Quoted,   BAD     ], // Quoted
        [Quoted,    Quoted,    Quoted,     Quoted,    Quoted,     Quoted,   Quoted,   BAD,      END, Quoted,   BAD     ], // Pair
        [BAD,       BAD,       Bws,        NameStart, BAD,        BAD,      BAD,      LineLf,   END, BAD,      BAD     ], // Closed
    ]
};

/// The column of every octet.
static CLASSES: [u8; 256] = {
    let mut table = [10; 256];
    let mut octet = 0;
    while octet < 256 {
        if octet::is(crate::narrow::octet(octet), TEXT) {
            table[octet] = 9;
        }
        if octet::is(crate::narrow::octet(octet), TCHAR) {
            table[octet] = 1;
        }
        if octet::is(crate::narrow::octet(octet), HEXDIG) {
            table[octet] = 0;
        }
        octet += 1;
    }
    let own = [(b' ', 2), (b'\t', 2), (b';', 3), (b'=', 4), (b'"', 5), (b'\\', 6), (b'\r', 7), (b'\n', 8)];
    let mut place = 0;
    while place < own.len() {
        table[own[place].0 as usize] = own[place].1;
        place += 1;
    }
    table
};
