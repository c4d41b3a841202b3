//! Heads: any cut gives the same head, or the same error at the same octet; and where another parser takes a head as well, it
//! sees the same method, target, status and fields.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::error::Error;
use wireway::guard::HeadLimits;
use wireway::http1::head::{
    Field, FieldSink, Octets, RequestHead, ResponseHead, Scan, parse_request, parse_response, parse_trailers,
};
use wireway_fuzz::cuts;

fuzz_target!(|data: &[u8]| {
    let Some((&[kind, scale, seed], input)) = data.split_first_chunk() else { return };
    let limits = if kind & 4 == 0 { HeadLimits::DEFAULT } else { SMALL };
    let pieces = || cuts::chosen(scale, seed, input.len());
    match kind & 3 {
        0 | 3 => {
            let parse = |input: &[u8], scan: &mut Scan, table: &mut Table| parse_request(input, scan, &limits, table);
            let (parsed, fields) = same_however_cut(input, pieces(), parse);
            if let Ok(Some(head)) = parsed {
                compare_request(input, &head, &fields.0);
            }
        }
        1 => {
            let parse = |input: &[u8], scan: &mut Scan, table: &mut Table| parse_response(input, scan, &limits, table);
            let (parsed, fields) = same_however_cut(input, pieces(), parse);
            if let Ok(Some(head)) = parsed {
                compare_response(input, &head, &fields.0);
            }
        }
        _ => {
            let parse = |input: &[u8], scan: &mut Scan, table: &mut Table| parse_trailers(input, scan, &limits, table);
            let (parsed, fields) = same_however_cut(input, pieces(), parse);
            if let Ok(Some(len)) = parsed {
                compare_fields(&input[..len], &fields.0);
            }
        }
    }
});

const SMALL: HeadLimits =
    HeadLimits { method_max: 5, target_max: 12, line_max: 24, section_max: 64, fields_max: 3, ..HeadLimits::DEFAULT };

/// Room that never ends.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table(Vec<Field>);

impl FieldSink for Table {
    fn push(&mut self, field: Field) -> bool {
        self.0.push(field);
        true
    }
}

/// Parses the input whole, and growing by pieces with one scan, in an allocation of its own each time.
fn same_however_cut<T: PartialEq + std::fmt::Debug>(
    input: &[u8],
    mut pieces: impl Iterator<Item = usize>,
    parse: impl Fn(&[u8], &mut Scan, &mut Table) -> Result<Option<T>, Error>,
) -> (Result<Option<T>, Error>, Table) {
    let (mut scan, mut table) = (Scan::FRESH, Table::default());
    let whole = parse(input, &mut scan, &mut table);
    let (mut scan, mut cut_table, mut end) = (Scan::FRESH, Table::default(), 0);
    let cut = loop {
        end += pieces.next().unwrap_or(1).min(input.len() - end);
        let piece: Box<[u8]> = input[..end].into();
        let parsed = parse(&piece, &mut scan, &mut cut_table);
        if end == input.len() || !matches!(parsed, Ok(None)) {
            break parsed;
        }
    };
    assert_eq!(whole, cut);
    if matches!(whole, Ok(Some(_))) {
        assert_eq!(scan, Scan::FRESH, "success makes a scan fresh");
        assert_eq!(table, cut_table);
    }
    if whole.is_err() {
        assert_eq!(parse(input, &mut scan, &mut cut_table), whole, "an error stays");
    }
    (whole, table)
}

fn text(input: &[u8], offset: u32, len: u32) -> &[u8] {
    &input[offset as usize..][..len as usize]
}

fn part(input: &[u8], Octets { offset, len }: Octets) -> &[u8] {
    text(input, offset, len)
}

fn compare_request(input: &[u8], head: &RequestHead, fields: &[Field]) {
    let mut table = [httparse::EMPTY_HEADER; 128];
    let mut peer = httparse::Request::new(&mut table);
    // Elsewhere the other parser is stricter, or looser, than the RFCs; that is not compared.
    let Ok(httparse::Status::Complete(len)) = peer.parse(input) else { return };
    assert_eq!(len, head.head_len as usize);
    assert_eq!(peer.method.map(str::as_bytes), Some(part(input, head.method)));
    assert_eq!(peer.path.map(str::as_bytes), Some(part(input, head.target)));
    assert_eq!(peer.version, Some(head.version_minor));
    same_fields(input, peer.headers, fields);
}

fn compare_response(input: &[u8], head: &ResponseHead, fields: &[Field]) {
    let mut table = [httparse::EMPTY_HEADER; 128];
    let mut peer = httparse::Response::new(&mut table);
    let mut config = httparse::ParserConfig::default();
    config.allow_obsolete_multiline_headers_in_responses(true);
    let Ok(httparse::Status::Complete(len)) = config.parse_response(&mut peer, input) else { return };
    assert_eq!(len, head.head_len as usize);
    assert_eq!((peer.code, peer.version), (Some(head.status), Some(head.version_minor)));
    same_fields(input, peer.headers, fields);
}

fn compare_fields(section: &[u8], fields: &[Field]) {
    let mut table = [httparse::EMPTY_HEADER; 128];
    let Ok(httparse::Status::Complete((len, peer))) = httparse::parse_headers(section, &mut table) else { return };
    assert_eq!(len, section.len());
    same_fields(section, peer, fields);
}

fn same_fields(input: &[u8], peer: &[httparse::Header<'_>], fields: &[Field]) {
    let ours = fields.iter().map(|f| (text(input, f.name, u32::from(f.name_len)), text(input, f.value, f.value_len)));
    let theirs = peer.iter().map(|header| (header.name.as_bytes(), header.value));
    assert!(ours.eq(theirs), "the fields differ");
}
