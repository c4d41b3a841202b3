//! The handshake fields of a request, kept until it is answered: the decision may come when its octets are gone.

use crate::conn::http1::value_of;
use crate::conn::workspace::HeadSlab;
use crate::error::Error;
use crate::http1::head::{RequestHead, method};
use crate::memory::{NO_MEMORY, Vec};
use crate::websocket::handshake::{self, Field, KEY};

/// Keeps the fields that the handshake is made of, if the request can be one: a GET without content.
#[cold]
pub fn keep_handshake(slab: &mut HeadSlab, parsed: &RequestHead, bytes: &[u8], last: bool) -> Result<(), Error> {
    slab.handshake.clear();
    slab.has_content = !last;
    if parsed.method_id != method::GET || !last {
        return Ok(());
    }
    for field in slab.fields.as_slice() {
        let name = &bytes[field.name as usize..][..field.name_len.into()];
        if handshake::is_ours(name) {
            add_line(&mut slab.handshake, name, value_of(field, bytes))?;
        }
    }
    Ok(())
}

fn add_line(lines: &mut Vec<u8>, name: &[u8], value: &[u8]) -> Result<(), Error> {
    lines.try_reserve(name.len() + value.len() + 2).map_err(|_| NO_MEMORY)?;
    lines.extend_from_slice(name);
    lines.push(b':');
    lines.extend_from_slice(value);
    lines.push(b'\n');
    Ok(())
}

/// The fields kept, in order: neither a name nor a value can hold what they are set off by.
pub fn kept_fields(lines: &[u8]) -> impl Iterator<Item = Field<'_>> + Clone {
    let split = |line: &'_ [u8]| line.iter().position(|&octet| octet == b':');
    lines.split(|&octet| octet == b'\n').filter_map(move |line| split(line).map(|at| (&line[..at], &line[at + 1..])))
}

/// Whether the fields kept of a request make it a handshake, good or bad.
pub fn has_key(kept: &[u8]) -> bool {
    kept_fields(kept).any(|(name, _)| name.eq_ignore_ascii_case(KEY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Heap;

    #[test]
    fn a_line_has_room_for_all_of_it_or_is_not_kept() {
        let (name, value) = ([b'n'; 20], [b'v'; 20]);
        for budget in 0..42 {
            let mut lines = Vec::new_in(Heap::new(budget));
            assert_eq!((add_line(&mut lines, &name, &value), lines.len()), (Err(NO_MEMORY), 0), "{budget}");
        }
        let mut lines = Vec::new_in(Heap::new(42));
        assert_eq!(add_line(&mut lines, &name, &value), Ok(()));
        assert!(kept_fields(&lines).eq([(&name[..], &value[..])]));
    }
}
