//! The functions without a handle that are about targets, fields, contents and addresses; the first octet chooses which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway_fuzz::{addresses, contents, values};

fuzz_target!(|data: &[u8]| {
    let Some((&[choice, flags, one, other], octets)) = data.split_first_chunk() else { return };
    let number = octets.first_chunk().map_or(0, |first| u64::from_le_bytes(*first));
    let behind = octets.get(8..).unwrap_or_default();
    match choice % 14 {
        0 => values::target(octets),
        1 => values::percent(octets),
        2 => values::pairs(octets),
        3 => values::dates(number.cast_signed(), behind),
        4 => values::ranges(number >> (one % 64), usize::from(flags), behind),
        5 => values::preconditions(flags, number.cast_signed(), behind),
        6 => values::weights(octets),
        7 => values::media_types(octets),
        8 => values::base64(octets),
        9 => contents::multipart(flags & 1 != 0, one, other, octets),
        10 => contents::event_reader(one, other, octets),
        11 => contents::event_stream(flags, number as u32, behind),
        12 => addresses::text(octets),
        _ => addresses::value(octets),
    }
});
