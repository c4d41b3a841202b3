//! The C calls: from arguments to what the parser takes, and back.

use super::out::Out;
use super::table::Table;
use super::types::{self, ww_field, ww_head, ww_head_limits, ww_scan};
use crate::error::Code;
use crate::guard::HeadLimits;
use crate::http1::head::{HeadPlace, Scan, StartLine, parse_into};

/// The arguments of a call as they came.
#[derive(Clone, Copy)]
pub(super) struct Arguments {
    pub input: *const u8,
    pub len: usize,
    pub limits: *const ww_head_limits,
    pub scan: *mut ww_scan,
    pub fields: *mut ww_field,
    pub fields_cap: usize,
    pub head: *mut ww_head,
}

/// A call for heads that begin with a `T`; `defaults` are the limits when the caller has none.
///
/// # Safety
///
/// As `ww_parse_request`.
#[inline(always)]
pub(super) unsafe fn parse<T: StartLine>(arguments: Arguments, defaults: &HeadLimits) -> i32
where
    for<'a> Out<'a>: HeadPlace<T::Head>,
{
    let given;
    // SAFETY: what the caller promised.
    let limits = match unsafe { arguments.limits.as_ref() } {
        None => defaults,
        Some(limits) => match converted(limits, defaults) {
            None => return Code::Argument as i32,
            Some(limits) => {
                given = limits;
                &given
            }
        },
    };
    // SAFETY: what the caller promised.
    let call = unsafe { Call::new(&arguments) };
    let Some(Call { input, scan, mut table, mut out }) = call else { return Code::Argument as i32 };
    let room = u32::try_from(arguments.fields_cap).unwrap_or(u32::MAX);
    let parsed = parse_into::<T, _, _>(input, scan, limits, room, &mut table, &mut out);
    out.finish(parsed)
}

/// What is in a `ww_scan`. Any octets are one.
#[repr(C)]
pub(super) struct Held {
    pub scan: Scan,
    /// Where the input lay when the fields so far were written.
    input: usize,
}

const _: () = assert!(size_of::<Held>() <= size_of::<ww_scan>() && align_of::<Held>() <= align_of::<ww_scan>());

/// The checked arguments of one call.
struct Call<'a> {
    input: &'a [u8],
    scan: &'a mut Scan,
    table: Table,
    out: Out<'a>,
}

impl Call<'_> {
    /// `None` for arguments that are NULL or contradict each other.
    ///
    /// # Safety
    ///
    /// As `ww_parse_request`.
    #[inline(always)]
    unsafe fn new(arguments: &Arguments) -> Option<Self> {
        let Arguments { len, fields, fields_cap, .. } = *arguments;
        if !arguments.are_plausible() {
            return None;
        }
        // SAFETY: what the caller promised; any octets are a `Held`.
        let (held, head) = unsafe { (&mut *arguments.scan.cast::<Held>(), &mut *arguments.head) };
        let count = held.scan.fields() as usize;
        if len < held.scan.seen() as usize && held.scan.error().is_none() || fields_cap < count {
            return None;
        }
        // SAFETY: what the caller promised, and the lengths were checked.
        let input = if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(arguments.input, len) } };
        // SAFETY: what the caller promised: the fields so far were written by the calls before.
        let mut table = unsafe { Table::new(input.as_ptr(), fields, count, fields_cap) };
        if count != 0 && held.input != input.as_ptr() as usize {
            table.rebase(held.input, count);
        }
        let out = Out { input: input.as_ptr(), held_input: &mut held.input, fields, head };
        Some(Self { input, scan: &mut held.scan, table, out })
    }
}

impl Arguments {
    /// Nothing is NULL that must not be, and no length is beyond what memory can hold.
    #[inline(always)]
    fn are_plausible(&self) -> bool {
        let input = !self.input.is_null() || self.len == 0;
        let fields = !self.fields.is_null() || self.fields_cap == 0;
        input && fields && isize::try_from(self.len).is_ok() && !self.scan.is_null() && !self.head.is_null()
    }
}

/// The caller's limits; `None` for a struct of another size, and for a rule of targets that there is not.
///
/// Out of line, so that limits are read where they are: taken apart into registers, the defaults would cost more.
#[inline(never)]
fn converted(limits: &ww_head_limits, defaults: &HeadLimits) -> Option<HeadLimits> {
    let ww_head_limits { size, method_max, target_max, line_max, section_max, fields_max, target_rule } = *limits;
    let target = types::target_rule(target_rule)?;
    let or = |given: u32, default: u32| if given == 0 { default } else { given };
    let limits = HeadLimits {
        method_max: or(method_max, defaults.method_max),
        target_max: or(target_max, defaults.target_max),
        line_max: or(line_max, defaults.line_max),
        section_max: or(section_max, defaults.section_max),
        fields_max: or(fields_max, defaults.fields_max),
        target,
    };
    (size >= size_of::<ww_head_limits>()).then_some(limits)
}
