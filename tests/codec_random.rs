//! The functions about targets, fields and contents with seeded inputs: the checks of the fuzz target `codec`, with a stable compiler.
//! An input is put together from pieces that these functions take for something. `WIREWAY_LONG` multiplies the inputs.

#[path = "../fuzz/src/contents.rs"]
mod contents;
#[path = "../fuzz/src/cuts.rs"]
mod cuts;
#[path = "support/random.rs"]
mod random;
#[path = "../fuzz/src/values.rs"]
mod values;

use random::Random;

/// Choices of a test.
trait Choices {
    /// A number of any size: as many small ones as large ones.
    fn sized(&mut self) -> u64;
    /// Up to `most` of these pieces in a row; some are any octet.
    fn text(&mut self, pieces: &[&[u8]], most: usize) -> Vec<u8>;
}

impl Choices for Random {
    fn sized(&mut self) -> u64 {
        self.number() >> self.below(64)
    }

    fn text(&mut self, pieces: &[&[u8]], most: usize) -> Vec<u8> {
        let mut text = Vec::new();
        for _ in 0..self.below(most + 1) {
            match self.below(pieces.len() + 1) {
                0 => text.push(self.octet()),
                piece => text.extend_from_slice(pieces[piece - 1]),
            }
        }
        text
    }
}

/// Runs a check with many inputs; an input that fails is told by its number.
fn many(name: &str, mut check: impl FnMut(&mut Random)) {
    let count = if std::env::var_os("WIREWAY_LONG").is_some() { 200_000 } else { 2_000 };
    for number in 1..=count {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            check(&mut Random::new(number));
        }));
        assert!(outcome.is_ok(), "{name}, input {number}");
    }
}

const TARGETS: &[&[u8]] =
    &[b"/", b"a", b"?", b"%2f", b"http://", b"https://", b"*", b":80", b"[::1]", b"a.b", b"@", b"#", b" "];
const PAIRS: &[&[u8]] = &[b"a", b"=", b"&", b";", b" ", b"\"", b"+", b"%", b"%41", b"%2", b",", b"\t"];
const MONTHS: &[&[u8]] = &[b" Jan", b"-Feb-", b" Feb ", b" Nov ", b"-Dec-", b" Sun", b"29", b"31", b"30"];
const RANGES: &[&[u8]] =
    &[b"bytes=", b"0-", b"-", b"1", b"9", b",", b"0-0", b"18446744073709551615", b"-1", b" ", b"items="];
const FIELDS: &[&[u8]] = &[
    b"\n",
    b"\n0",
    b"\n1",
    b"\n2",
    b"\n3",
    b"\n4",
    b"\"a\"",
    b"W/",
    b"*",
    b",",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"Sun Nov  6 08:49:38 1994",
    b"Sunday, 06-Nov-94 08:49:36 GMT",
    b" ",
];
const TYPES: &[&[u8]] = &[
    b"text",
    b"/",
    b"html",
    b"*",
    b"*/*",
    b";",
    b"q=0.5",
    b"q=.2",
    b"q",
    b"a=b",
    b"a=\"b",
    b"\"",
    b"\\",
    b",",
    b" ",
    b"gzip",
    b"identity",
    b"de-CH",
    b"de",
    b"\n",
    b"text/html",
];
const PARTS: &[&[u8]] = &[
    b"\r\n--b",
    b"--b",
    b"\r",
    b"\n",
    b"\r\n",
    b"-",
    b"b",
    b"--",
    b"\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n",
    b"\r\n--b--",
    b"Content-Type: a/b\r\n",
    b"content",
    b"; filename=\"x\"",
    b"\r\n--a",
    b" ",
    b"\t",
];
const LINES: &[&[u8]] =
    &[b"\xff", b"\xff", b"\r", b"\n", b"\r\n", b"a", b": ", b" ", b"data", b"id", b"retry: 1", b"\0"];
const STREAM: &[&[u8]] = &[
    b"data: a\n",
    b"data",
    b"id",
    b"event",
    b"retry",
    b": ",
    b":",
    b"\r",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"1",
    b"ab",
    b"\0",
    b"\xef\xbb\xbf",
    b" ",
    b"id: 1\n",
    b"event: abc\n",
    b"data: ",
];
const LETTERS: &[&[u8]] = &[b"Zg==", b"Zm8=", b"Zm9v", b"=", b"-", b"_", b"+", b"/", b"A", b"g"];

/// A date in one of its forms, now and then with a piece too many.
fn date(random: &mut Random) -> Vec<u8> {
    let (day, year, time) =
        (1 + random.below(31), random.below(10_000), [random.below(24), random.below(60), random.below(61)]);
    let month = ["Jan", "Feb", "Apr", "Jun", "Sep", "Dec"][random.below(6)];
    let [hour, minute, second] = time;
    let mut text = match random.below(3) {
        0 => format!("Sun, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"),
        1 => format!("Sunday, {day:02}-{month}-{:02} {hour:02}:{minute:02}:{second:02} GMT", year % 100),
        _ => format!("Sun {month} {day:2} {hour:02}:{minute:02}:{second:02} {year:04}"),
    }
    .into_bytes();
    if random.below(4) == 0 {
        let at = random.below(text.len());
        text.splice(at..at, random.text(MONTHS, 1));
    }
    text
}

#[test]
fn h1_sem_01_and_02_targets_and_escapes_of_any_kind() {
    many("target", |random| values::target(&random.text(TARGETS, 8)));
    many("percent", |random| values::percent(&random.text(PAIRS, 12)));
}

#[test]
fn h1_sem_03_and_04_pairs_of_any_kind() {
    many("pairs", |random| values::pairs(&random.text(PAIRS, 16)));
}

#[test]
fn h1_sem_05_and_06_dates_of_any_kind() {
    many("date", |random| values::dates(random.sized().cast_signed(), &date(random)));
}

#[test]
fn h1_sem_08_and_09_verdicts_of_any_kind() {
    many("range", |random| {
        values::ranges(random.sized(), random.below(16), &[b"bytes=", &random.text(RANGES, 10)[..]].concat())
    });
    many("preconditions", |random| {
        values::preconditions(
            random.octet(),
            random.sized().cast_signed(),
            &[b"\"a\"", &random.text(FIELDS, 10)[..]].concat(),
        );
    });
}

#[test]
fn h1_sem_10_and_11_types_and_weights_of_any_kind() {
    many("weights", |random| values::weights(&[&random.text(TYPES, 16), &b"\ntext/html;a=b"[..]].concat()));
    many("weights", |random| values::weights(&random.text(TYPES, 16)));
    many("media type", |random| values::media_types(&[b"text/html", &random.text(TYPES, 12)[..]].concat()));
}

#[test]
fn h1_sem_12_base64_of_any_kind() {
    many("base64", |random| values::base64(&random.text(LETTERS, 6)));
}

#[test]
fn h1_sem_13_and_14_parts_of_any_kind() {
    many("multipart", |random| {
        contents::multipart(random.below(2) == 0, random.octet(), random.octet(), &random.text(PARTS, 16))
    });
}

#[test]
fn h1_sem_15_and_16_events_of_any_kind() {
    many("event reader", |random| contents::event_reader(random.octet(), random.octet(), &random.text(STREAM, 16)));
    many("event stream", |random| {
        contents::event_stream(random.octet(), random.number() as u32, &random.text(LINES, 16))
    });
}
