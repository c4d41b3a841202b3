//! Golden output, and nothing written on errors.

mod fields;
mod heads;

use super::*;
use crate::error::Code;
use crate::http1::target::{HostText, MethodKind, RequestTarget, Url};

type Pairs<'a> = [(&'a str, &'a str)];

fn fields<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = FieldRef<'a>> + Clone {
    pairs.iter().map(|(name, value)| FieldRef { name: name.as_bytes(), value: value.as_bytes() })
}

/// Writes a planned head into a buffer of its exact size, and checks that every smaller buffer is refused and left
/// unchanged.
fn written(plan: HeadPlan<'_>, pairs: &Pairs<'_>) -> String {
    for room in [0, plan.size() / 2, plan.size() - 1] {
        let mut small = vec![0xaa; room];
        let error = plan.write(fields(pairs), &mut small).unwrap_err();
        assert_eq!((error.code(), error.offset), (Code::Buffer, plan.size() as u64));
        assert!(small.iter().all(|&octet| octet == 0xaa), "nothing is written");
    }
    let mut out = vec![0xaa; plan.size() + 3];
    assert_eq!(plan.write(fields(pairs), &mut out).unwrap(), plan.size());
    assert_eq!(out.split_off(plan.size()), [0xaa; 3], "nothing is written behind it");
    String::from_utf8(out).unwrap()
}

fn respond(
    status: u16,
    reason: Option<&str>,
    lines: LibraryLines<'_>,
    pairs: &Pairs<'_>,
) -> Result<String, (Code, &'static core::ffi::CStr)> {
    let facts = check_fields(fields(pairs)).unwrap();
    let head = ResponseHead { status, reason: reason.map(str::as_bytes), lines };
    let plan = head.plan(&facts).map_err(|error| (error.code(), error.fault.rule))?;
    Ok(written(plan, pairs))
}

fn refused(pairs: &Pairs<'_>) -> (Code, &'static core::ffi::CStr, u64) {
    let error = check_fields(fields(pairs)).unwrap_err();
    assert_eq!(error.fault.status, 0);
    (error.code(), error.fault.rule, error.offset)
}

const NO_LINES: LibraryLines<'static> =
    LibraryLines { host: None, date: None, body: BodyLine::None, connection: ConnectionLine::NONE };
