//! Fields that owners send: good ones, ones that mean something to framing, malformed ones, and those of the list before, parted otherwise.

use crate::random::Random;
use wireway::http1::write::FieldRef;

/// Name and value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// Those that nothing is to be said against, which come most often.
const GOOD: [(&[u8], &[u8]); 6] = [
    (b"Content-Type", b"text/plain"),
    (b"A", b"b"),
    (b"Set-Cookie", b"c=d: e"),
    (b"X-Empty", b""),
    (b"X-Long", &[b'v'; 300]),
    (b"A-b", b"\xff\t:"),
];

/// Those that mean something to the writer or to framing, and those that must not be sent.
const OTHER: [(&[u8], &[u8]); 28] = [
    (b"", b""),
    (b"", b"b"),
    (b"A:", b"b"),
    (b"A b", b"c"),
    (b"A\0", b"b"),
    (b"\r\n", b""),
    (b"A", b"\r\n"),
    (b"A", b"\r"),
    (b"A", b"\n"),
    (b"A", b"\0"),
    (b"A", b"b\r\nA: b"),
    (b"A", b"\x7f"),
    (b"Date", b"x"),
    (b"date", b""),
    (b"Content-Length", b"0"),
    (b"content-length", b"5"),
    (b"Transfer-Encoding", b"chunked"),
    (b"Transfer-Encoding", b"gzip"),
    (b"Connection", b"close"),
    (b"connection", b"keep-alive, \"x"),
    (b"Connection", b""),
    (b"Connection", b"A"),
    (b"Upgrade", b"x"),
    (b"TE", b"chunked"),
    (b"Trailer", b"A"),
    (b"Expect", b"100-continue"),
    (b"Host", b"a b"),
    (b"Content\rLength", b"1"),
];

/// Octets around those that a name or a value may have.
const OCTETS: &[u8] = b"aZ-09.:; \t\r\n\0\x1f\x7e\x7f\x80\xff,\"@[`{/";

/// The lists of one connection.
#[derive(Default)]
pub struct Lists(Vec<Pair>);

impl Lists {
    /// The next list: a new one, that of before, or one of the same octets.
    pub fn next(&mut self, random: &mut Random) -> &[Pair] {
        match random.below(6) {
            0 | 1 => {}
            2 => self.0 = parted(&octets(&self.0), random).unwrap_or_default(),
            _ => self.0 = (0..random.below(4)).map(|_| some_field(random)).collect(),
        }
        &self.0
    }
}

pub fn refs(pairs: &[Pair]) -> impl Iterator<Item = FieldRef<'_>> + Clone {
    pairs.iter().map(|(name, value)| FieldRef { name, value })
}

/// The octets that the fields come to.
pub fn octets(pairs: &[Pair]) -> Vec<u8> {
    pairs.iter().flat_map(|(name, value)| [name, &b": "[..], value, b"\r\n"].concat()).collect()
}

fn some_field(random: &mut Random) -> Pair {
    let of = |(name, value): (&[u8], &[u8])| (name.to_vec(), value.to_vec());
    match random.below(16) {
        0..9 => of(GOOD[random.below(GOOD.len())]),
        9..11 => of(OTHER[random.below(OTHER.len())]),
        11..15 => (vec![b'n'; 1 + random.below(70)], vec![b'v'; random.below(70)]),
        _ => {
            let (mut name, mut value) = (vec![b'N'; random.below(70)], vec![b'v'; random.below(70)]);
            for text in [&mut name, &mut value] {
                if !text.is_empty() && random.below(2) == 0 {
                    let at = random.below(text.len());
                    text[at] = OCTETS[random.below(OCTETS.len())];
                }
            }
            (name, value)
        }
    }
}

/// Fields that come to `text`, parted anywhere that they can be: the end of a line or a colon may be within a value or a name.
fn parted(mut text: &[u8], random: &mut Random) -> Option<Vec<Pair>> {
    let mut pairs = Vec::new();
    while !text.is_empty() {
        let colon = one_of(&places(text, b": "), random)?;
        let (name, value) = (&text[..colon], &text[colon + 2..]);
        let end = one_of(&places(value, b"\r\n"), random)?;
        pairs.push((name.to_vec(), value[..end].to_vec()));
        text = &value[end + 2..];
    }
    Some(pairs)
}

fn places(text: &[u8], of: &[u8]) -> Vec<usize> {
    (0..text.len()).filter(|&at| text[at..].starts_with(of)).collect()
}

/// Mostly the first.
fn one_of(places: &[usize], random: &mut Random) -> Option<usize> {
    let at = if random.below(3) == 0 { random.below(places.len().max(1)) } else { 0 };
    places.get(at).copied()
}
