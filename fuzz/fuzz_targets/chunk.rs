//! Chunked framing: any cut gives the same content, end and fault, and a decoder written from the grammar says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::guard::Limits;
use wireway::http1::chunk::{ChunkDecoder, ChunkStep};
use wireway_fuzz::cuts;

fuzz_target!(|data: &[u8]| {
    let Some((&[scale, seed], message)) = data.split_first_chunk() else { return };
    let whole = decode(message, cuts::whole());
    let cut = decode(message, cuts::chosen(scale, seed, message.len()));
    assert_eq!(whole, cut);
    let (content, end) = naive::decode(message);
    assert_eq!(whole.content, content);
    match end {
        // A line without its end; one that is nearly too long is left to the whole lines.
        naive::End::Within(start) if start.len() > 200 || message.len() > 4096 => {}
        naive::End::Within(start) => assert_eq!(whole.end == naive::End::Open, naive::could_be_line(start)),
        end => assert_eq!(whole.end, end),
    }
});

#[derive(Debug, Default, PartialEq, Eq)]
struct Decoded {
    content: Vec<u8>,
    end: naive::End<'static>,
    rule: String,
}

fn decode(message: &[u8], mut pieces: impl Iterator<Item = usize>) -> Decoded {
    let (mut decoder, mut decoded, mut at) = (ChunkDecoder::default(), Decoded::default(), 0);
    while at < message.len() {
        let end = at + pieces.next().unwrap_or(1).min(message.len() - at);
        while at < end {
            let piece: Box<[u8]> = message[at..end].into();
            match decoder.next(&piece, &Limits::DEFAULT) {
                Ok(ChunkStep::Data { offset, len }) => {
                    decoded.content.extend_from_slice(&piece[offset..offset + len]);
                    at += offset + len;
                }
                Ok(ChunkStep::NeedInput { consumed }) => {
                    assert_eq!(consumed, piece.len());
                    at = end;
                }
                Ok(ChunkStep::LastChunk { consumed }) => {
                    decoded.end = naive::End::Done(at + consumed);
                    return decoded;
                }
                Err(error) => {
                    let again = decoder.next(b"5\r\nhello", &Limits::DEFAULT).expect_err("an error stays");
                    assert_eq!((again.fault, again.offset), (error.fault, 0));
                    decoded.rule = error.fault.rule.to_string_lossy().into_owned();
                    decoded.end = naive::End::Bad;
                    return decoded;
                }
            }
        }
    }
    decoded
}

/// Line by line, straight from RFC 9112 §7.1.
mod naive {
    #[derive(Debug, Default, PartialEq, Eq)]
    pub enum End<'a> {
        /// Not yet, and nothing is wrong so far.
        #[default]
        Open,
        /// Not yet; this is the start of a chunk line, unless something is wrong with it.
        Within(&'a [u8]),
        /// After so many octets.
        Done(usize),
        Bad,
    }

    pub fn decode(message: &[u8]) -> (Vec<u8>, End<'_>) {
        let (mut content, mut at, mut extensions) = (Vec::new(), 0, 0);
        loop {
            let rest = &message[at..];
            let Some(line_end) = rest.iter().position(|&octet| octet == b'\n') else {
                return (content, if rest.is_empty() { End::Open } else { End::Within(rest) });
            };
            let Some((size, extension)) = line(&rest[..=line_end]).filter(|(_, more)| extensions + more <= 4096) else {
                return (content, End::Bad);
            };
            extensions += extension;
            at += line_end + 1;
            if size == 0 {
                return (content, End::Done(at));
            }
            let rest = &message[at..];
            let len = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
            content.extend_from_slice(&rest[..len]);
            at += len;
            match &message[at..] {
                [] => return (content, End::Open),
                b"\r" if len as u64 == size => return (content, End::Open),
                [b'\r', b'\n', ..] if len as u64 == size => at += 2,
                _ => return (content, End::Bad),
            }
        }
    }

    /// A whole line: its size, and the octets of its extensions.
    fn line(line: &[u8]) -> Option<(u64, usize)> {
        let line = line.strip_suffix(b"\r\n")?;
        let digits = line.iter().take_while(|octet| octet.is_ascii_hexdigit()).count();
        let (size, extensions) = line.split_at(digits);
        let size = size.iter().try_fold(0u64, |size, &digit| {
            size.checked_mul(16)?.checked_add(u64::from(char::from(digit).to_digit(16)?))
        });
        (digits != 0 && line.len() <= 256 && are_extensions(extensions)).then_some((size?, extensions.len()))
    }

    /// `*( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )`
    fn are_extensions(mut text: &[u8]) -> bool {
        while !text.is_empty() {
            let Some(rest) = bws(text).strip_prefix(b";") else { return false };
            let Some(rest) = token(bws(rest)) else { return false };
            text = match bws(rest).strip_prefix(b"=") {
                None => rest,
                Some(value) => match bws(value) {
                    [b'"', quoted @ ..] => match quoted_string(quoted) {
                        Some(rest) => rest,
                        None => return false,
                    },
                    value => match token(value) {
                        Some(rest) => rest,
                        None => return false,
                    },
                },
            };
        }
        true
    }

    fn bws(text: &[u8]) -> &[u8] {
        &text[text.iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count()..]
    }

    fn token(text: &[u8]) -> Option<&[u8]> {
        let is_tchar = |octet: &&u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(octet);
        let len = text.iter().take_while(is_tchar).count();
        (len != 0).then(|| &text[len..])
    }

    /// What follows the closing quote.
    fn quoted_string(text: &[u8]) -> Option<&[u8]> {
        let mut at = 0;
        loop {
            match text.get(at)? {
                b'"' => return Some(&text[at + 1..]),
                b'\\' if is_text(*text.get(at + 1)?) => at += 2,
                b'\\' => return None,
                &octet if is_text(octet) => at += 1,
                _ => return None,
            }
        }
    }

    fn is_text(octet: u8) -> bool {
        octet == b'\t' || (octet >= b' ' && octet != 0x7f)
    }

    /// Whether some octets behind `start` make a line of it: every way to end an unfinished one is tried.
    pub fn could_be_line(start: &[u8]) -> bool {
        const ENDINGS: [&[u8]; 7] = [b"\n", b"\r\n", b"0\r\n", b"\"\r\n", b";a\r\n", b"x\"\r\n", b"a\r\n"];
        ENDINGS.iter().any(|ending| line(&[start, ending].concat()).is_some())
    }
}
