//! What can be said of output octets without a parser: heads are found by their start lines.

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// `output` without the interim 100, which may or may not be sent (H1-EXP-03).
pub fn without_continue(output: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(output.len());
    let mut rest = output;
    while let Some(at) = find(rest, CONTINUE) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + CONTINUE.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// The offset of the first `needle` in `haystack`.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Status codes in order, each with whether the response says `Connection: close`.
pub fn statuses(output: &[u8]) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let mut rest = output;
    while let Some(at) = find(rest, b"HTTP/1.1 ") {
        rest = &rest[at + 9..];
        let end = find(rest, b"\r\n\r\n").unwrap_or(rest.len());
        let head = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
        let closes = head.split("\r\n").any(|line| line.starts_with("connection:") && line.contains("close"));
        out.push((head.chars().take(3).collect(), closes));
        rest = &rest[end..];
    }
    out
}

/// `output` with the field lines of every head sorted, their names and Connection's options in lower case.
pub fn canonical(output: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = output;
    while let Some((fields, end)) = field_section(rest) {
        out.extend_from_slice(&rest[..fields]);
        let mut lines: Vec<Vec<u8>> = rest[fields..end].split_inclusive(|b| *b == b'\n').map(field_line).collect();
        lines.sort();
        out.extend(lines.concat());
        rest = &rest[end..];
    }
    out.extend_from_slice(rest);
    out
}

/// Where the field lines of the first head in `output` begin and end.
fn field_section(output: &[u8]) -> Option<(usize, usize)> {
    let version = find(output, b"HTTP/1.1")?;
    let first = version + find(&output[version..], b"\r\n")? + 2;
    let mut end = first;
    while !output[end..].starts_with(b"\r\n") {
        end += find(&output[end..], b"\r\n")? + 2;
    }
    Some((first, end))
}

fn field_line(line: &[u8]) -> Vec<u8> {
    let colon = line.iter().position(|b| *b == b':').unwrap_or(line.len());
    let mut out = line.to_vec();
    let lower = if line[..colon].eq_ignore_ascii_case(b"connection") { line.len() } else { colon };
    out[..lower].make_ascii_lowercase();
    out
}
